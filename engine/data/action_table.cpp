#include "data/action_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "data/csv.h"
#include "formats/text.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest = 256u << 20;  // bytes: more frames than memory holds

// "7", and "7.0" as programs write it that keep numbers as fractions.
std::optional<int> whole_number(std::string_view text) {
    if (auto point = text.find('.'); point != text.npos && point > 0 && point + 1 < text.size() &&
                                     text.find_first_not_of('0', point + 1) == text.npos)
        text = text.substr(0, point);
    int value = 0;
    auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<bool> truth(std::string_view text) {
    const std::string lower = lower_case(text);
    if (lower == "1" || lower == "true" || whole_number(text) == 1) return true;
    if (lower == "0" || lower == "false" || whole_number(text) == 0) return false;
    return std::nullopt;
}

std::string known(const ActionSpace& actions) {
    std::string all;
    for (const ActionSpace::Entry& entry : actions.entries) all += (all.empty() ? "" : ", ") + printable(entry.name);
    return all;
}

// By its name, in other letters where that is one action alone, or by its number. -1 where it is none.
int find_action(const ActionSpace& actions, const std::string& text) {
    if (int found = actions.find(text); found >= 0) return found;
    if (auto number = whole_number(text); number && *number >= 0 && *number < actions.size()) return *number;
    int found = -1;
    for (int i = 0; i < actions.size(); ++i) {
        if (lower_case(actions.entries[static_cast<std::size_t>(i)].name) != lower_case(text)) continue;
        if (found >= 0) return -1;
        found = i;
    }
    return found;
}

// What is wrong in a table: the same thing in many lines is one sentence.
class LineProblems {
public:
    void add(std::size_t line, const std::string& expected, std::string_view found) {
        std::string what = "expected " + expected + ", found \"" + printable(found.substr(0, 60)) + "\"";
        auto same = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one.what == what; });
        if (same != all_.end()) ++same->more;
        else if (all_.size() < most) all_.push_back({line, std::move(what), 0});
        else ++others_;
    }
    bool none() const { return all_.empty(); }
    void tell(const fs::path& file, Problems& problems) const {
        for (const auto& one : all_)
            problems.add(file, "line " + std::to_string(one.line) + ": " + one.what +
                                   (one.more > 0 ? ", and in " + std::to_string(one.more) +
                                                       (one.more > 1 ? " more lines" : " more line")
                                                 : ""));
        if (others_ > 0) problems.add(file, "and " + std::to_string(others_) + " more lines cannot be read");
    }

private:
    static constexpr std::size_t most = 5;
    struct One {
        std::size_t line;
        std::string what;
        std::size_t more;
    };
    std::vector<One> all_;
    std::size_t others_ = 0;
};

// The columns of buttons and a mouse.
class HeldColumns {
public:
    HeldColumns(const CsvReader& csv, const Buttons& buttons, const fs::path& file) {
        auto add = [&](const std::string& name) {
            columns_.push_back(csv.column(lower_case(name)));
            if (columns_.back() == csv.names().size())
                throw Error(file, "expected a column " + shown_name(name) + " as data.toml has it, found none");
        };
        for (const auto& button : buttons.buttons) add(button.name);
        if (buttons.mouse()) add(mouse_x_column), add(mouse_y_column);
        held_ = buttons.buttons.size();
    }
    template <class Refuse>
    HeldStep read(const std::vector<std::string>& fields, Refuse refuse) const {
        HeldStep step;
        for (std::size_t i = 0; i < held_; ++i) {
            const auto down = truth(fields[columns_[i]]);
            if (!down) refuse("0 or 1 for a button", fields[columns_[i]]);
            step.held |= (down.value_or(false) ? 1u : 0u) << i;
        }
        for (std::size_t i = held_; i < columns_.size(); ++i) {
            const std::string& text = fields[columns_[i]];
            double& motion = i == held_ ? step.mouse_x : step.mouse_y;
            auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), motion);
            if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(motion))
                refuse("how far the mouse went", text), motion = 0;
        }
        return step;
    }

private:
    std::vector<std::size_t> columns_;
    std::size_t held_ = 0;
};

ActionTable read_rows(CsvReader& csv, const ActionSpace& actions, const std::optional<HeldColumns>& held,
                      LineProblems& wrong) {
    const std::size_t width = csv.names().size(), action = csv.column("action"), frame = csv.column("frame"),
                      rare = csv.column("rare");
    ActionTable table;
    std::vector<std::string> fields;
    for (int next = 0; csv.next(fields); ++next) {
        auto refuse = [&](const std::string& expected, std::string_view found) {
            wrong.add(csv.line(), expected, found);
        };
        if (csv.after_bare_row()) refuse("no empty rows but at the end", "more rows after one");
        while (fields.size() > width && fields.back().empty()) fields.pop_back();  // separators at the end of a line
        if (fields.size() != width) {
            refuse(std::to_string(width) + " columns", std::to_string(fields.size()) + " of them");
            continue;
        }
        if (frame < width) {
            const auto number = whole_number(fields[frame]);
            if (!table.first) {
                if (!number || *number < 0) refuse("the number of a frame", fields[frame]);
                table.first = next = std::max(0, number.value_or(0));
            } else if (number != next) {
                refuse("frame " + std::to_string(next), fields[frame]);
                next = number.value_or(next);
            }
        }
        const ActionCode found = held || actions.entries.empty() ? 0 : find_action(actions, fields[action]);
        if (found < 0) refuse("an action of data.toml (" + known(actions) + ") or its number", fields[action]);
        std::optional<bool> seldom = rare < width ? truth(fields[rare]) : false;
        if (!seldom) refuse("0 or 1 in the column rare", fields[rare]);
        table.rare.push_back(seldom.value_or(false));
        if (held) {
            const HeldStep step = table.held.emplace_back(held->read(fields, refuse));
            table.actions.push_back(actions.code(step.held, step.mouse_x, step.mouse_y));
        } else {
            table.actions.push_back(std::max(ActionCode{0}, found));
        }
    }
    return table;
}

}  // namespace

std::optional<ActionTable> read_action_table(const fs::path& file, const ActionSpace& actions, Problems& problems) {
    const Buttons buttons = buttons_of(actions);
    std::optional<ActionTable> table;
    LineProblems wrong;
    const bool read = problems.attempt([&] {
        const std::string needed = buttons.none()            ? "action"
                                   : buttons.buttons.empty() ? mouse_x_column
                                                             : lower_case(buttons.buttons.front().name);
        CsvReader csv(read_text(file, largest), file, needed);
        const auto held = buttons.none() ? std::nullopt : std::optional(HeldColumns(csv, buttons, file));
        table = read_rows(csv, actions, held, wrong);
    });
    wrong.tell(file, problems);
    return read && wrong.none() ? std::move(table) : std::nullopt;
}

void write_action_table(const fs::path& file, const ActionSpace& actions, const Clip& clip) {
    const Buttons buttons = buttons_of(actions);
    std::string text = "frame," + (buttons.none() ? "action" : button_columns(buttons)) + ",rare\n";
    for (std::size_t i = 0; i < clip.actions.size(); ++i) {
        const ActionCode action = clip.actions[i];
        bool rare = std::binary_search(clip.rare.begin(), clip.rare.end(), static_cast<int>(i) + 1);
        text += std::to_string(i) + "," +
                (buttons.none() ? actions.name_of(action) : button_fields(buttons, held_step(actions, action))) +
                (rare ? ",1\n" : ",0\n");
    }
    write_file(file, text);
}

}  // namespace drift
