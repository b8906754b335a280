#include "data/buttons.h"

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/names.h"

namespace drift {
namespace {

std::vector<double> classes(const TomlReader& mouse, const char* key) {
    auto values = mouse.list<double>(key, most_mouse_classes);
    if (std::adjacent_find(values.begin(), values.end(), [](double a, double b) { return !(a < b); }) != values.end())
        throw Error(mouse.file(), std::string("expected mouse.") + key + " to rise, found values that do not");
    return values;
}

}  // namespace

bool is_column_name(std::string_view name) {
    const std::string lower = lower_case(name);
    return !name.empty() && name.find_first_of(",;\t|\"\n\r") == name.npos && name.front() != ' ' &&
           name.back() != ' ' && lower != "frame" && lower != "rare" && lower != "action" && lower != mouse_x_column &&
           lower != mouse_y_column && printable(name) == name;
}

bool declares_buttons(const toml::table& description) {
    return description.contains("buttons") || description.contains("mouse");
}

Buttons read_buttons(const TomlReader& top) {
    Buttons all;
    if (top.table().contains("buttons")) all.buttons = read_entries(top, "buttons", most_buttons);
    std::set<std::string> names;
    for (const auto& button : all.buttons)
        if (!is_column_name(button.name) || !names.insert(lower_case(button.name)).second)
            throw Error(top.file(), "expected buttons of different names that are columns of a CSV file, found \"" +
                                        printable(button.name) + "\"");
    if (top.table().contains("mouse")) {
        const TomlReader mouse = top.section("mouse");
        all.mouse_x = classes(mouse, "x"), all.mouse_y = classes(mouse, "y");
    }
    return all;
}

void insert_buttons(toml::table& description, const Buttons& buttons) {
    if (!buttons.buttons.empty()) description.insert("buttons", to_array(buttons.buttons));
    if (buttons.mouse())
        description.insert("mouse", toml::table{{"x", to_array(buttons.mouse_x)}, {"y", to_array(buttons.mouse_y)}});
}

}  // namespace drift
