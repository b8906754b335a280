#include "formats/buttons.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "core/error.h"
#include "core/held_buttons.h"
#include "core/names.h"

namespace drift {
namespace {

std::vector<double> classes(const TomlReader& mouse, const char* key) {
    auto values = mouse.list<double>(key, most_mouse_classes);
    if (std::adjacent_find(values.begin(), values.end(), [](double a, double b) { return !(a < b); }) != values.end())
        throw Error(mouse.file(), std::string("expected mouse.") + key + " to rise, found values that do not");
    if (!tells_whole(values))
        throw Error(mouse.file(), std::string("expected mouse.") + key +
                                      " in values whose whole numbers differ, found some that are too close");
    return values;
}

}  // namespace

std::string digits(double number) {
    if (!std::isfinite(number)) return "";
    char text[32];
    return std::string(text, std::to_chars(text, text + sizeof text, number == 0 ? 0.0 : number).ptr);
}

std::string button_columns(const Buttons& buttons) {
    std::string text;
    for (const auto& button : buttons.buttons) text += (text.empty() ? "" : ",") + button.name;
    if (buttons.mouse()) text += std::string(text.empty() ? "" : ",") + mouse_x_column + "," + mouse_y_column;
    return text;
}

std::string button_fields(const Buttons& buttons, const HeldStep& step) {
    std::string text;
    for (std::size_t i = 0; i < buttons.buttons.size(); ++i)
        text += (text.empty() ? "" : ",") + std::string(step.held >> i & 1 ? "1" : "0");
    if (buttons.mouse()) text += (text.empty() ? "" : ",") + digits(step.mouse_x) + "," + digits(step.mouse_y);
    return text;
}

HeldStep held_step(const ActionSpace& actions, ActionCode code) {
    std::vector<float> ones(actions.inputs());
    actions.ones(code, ones);
    HeldStep step;
    const std::size_t buttons = actions.buttons();
    for (std::size_t i = 0; i < buttons; ++i) step.held |= (ones[i] != 0 ? 1u : 0u) << i;
    for (std::size_t i = 0; i < actions.mouse_x.size(); ++i)
        if (ones[buttons + i] != 0) step.mouse_x = actions.mouse_x[i];
    for (std::size_t i = 0; i < actions.mouse_y.size(); ++i)
        if (ones[buttons + actions.mouse_x.size() + i] != 0) step.mouse_y = actions.mouse_y[i];
    return step;
}

bool is_column_name(std::string_view name) {
    const std::string lower = lower_case(name);
    return !name.empty() && name.find_first_of(",;\t|\"\n\r") == name.npos && name.front() != ' ' &&
           name.back() != ' ' && lower != "frame" && lower != "rare" && lower != "action" && lower != mouse_x_column &&
           lower != mouse_y_column && printable(name) == name;
}

ActionSpace actions_of(const Buttons& buttons) {
    return actions_of_buttons(buttons.buttons, buttons.mouse_x, buttons.mouse_y);
}

Buttons buttons_of(const ActionSpace& actions) {
    if (actions.kind != ActionSpace::Kind::buttons) return {};
    const auto first = actions.entries.begin() + 1;
    return {{first, first + static_cast<std::ptrdiff_t>(actions.buttons())}, actions.mouse_x, actions.mouse_y};
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

ActionSpace read_action_space(const TomlReader& top) {
    const toml::table& table = top.table();
    const bool buttons = table.contains("buttons") || table.contains("mouse");
    if (buttons && table.contains("actions"))
        throw Error(top.file(),
                    "expected [[actions]], of which one is taken at a time, or [[buttons]] and [mouse], which are held "
                    "together, found both");
    return buttons ? actions_of(read_buttons(top)) : read_actions(top);
}

void insert_actions(toml::table& description, const ActionSpace& actions) {
    if (actions.kind == ActionSpace::Kind::joystick) description.insert("joystick", true);
    if (actions.kind != ActionSpace::Kind::buttons) {
        description.insert("actions", to_array(actions));
        return;
    }
    const Buttons buttons = buttons_of(actions);
    if (!buttons.buttons.empty()) description.insert("buttons", to_array(buttons.buttons));
    if (buttons.mouse())
        description.insert("mouse", toml::table{{"x", to_array(buttons.mouse_x)}, {"y", to_array(buttons.mouse_y)}});
}

}  // namespace drift
