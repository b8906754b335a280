#include "core/held_buttons.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <utility>

namespace drift {
namespace {

// Where the parts of a code begin, and the bits of a class.
struct Layout {
    int x_place, y_place, end;
    std::uint64_t x_mask, y_mask;

    explicit Layout(const ActionSpace& actions)
        : x_place(static_cast<int>(actions.buttons())),
          y_place(x_place + std::bit_width(actions.mouse_x.size())),
          end(y_place + std::bit_width(actions.mouse_y.size())),
          x_mask((std::uint64_t{1} << (y_place - x_place)) - 1),
          y_mask((std::uint64_t{1} << (end - y_place)) - 1) {}
    std::uint64_t buttons(ActionCode code) const {
        return static_cast<std::uint64_t>(code) & ((std::uint64_t{1} << x_place) - 1);
    }
    // From 1 on; 0: none is told.
    std::size_t x_class(ActionCode code) const { return static_cast<std::uint64_t>(code) >> x_place & x_mask; }
    std::size_t y_class(ActionCode code) const { return static_cast<std::uint64_t>(code) >> y_place & y_mask; }
};

// The index of the nearest; classes rise, so the first of two is the smaller.
std::size_t nearest(const std::vector<double>& classes, double motion) {
    auto closer = [motion](double a, double b) { return std::abs(a - motion) < std::abs(b - motion); };
    return static_cast<std::size_t>(std::min_element(classes.begin(), classes.end(), closer) - classes.begin());
}

std::int16_t whole(double motion) {
    return static_cast<std::int16_t>(std::lround(std::clamp(motion, -32767.0, 32767.0)));
}
std::int16_t motion_of(const std::vector<double>& classes, std::size_t place) {
    return place == 0 || place > classes.size() ? std::int16_t{0} : whole(classes[place - 1]);
}

}  // namespace

std::size_t ActionSpace::buttons() const {
    return static_cast<std::size_t>(std::count_if(entries.begin() + (entries.empty() ? 0 : 1), entries.end(),
                                                  [](const Entry& entry) { return !entry.turns(); }));
}

ActionCode ActionSpace::code(std::uint64_t buttons, double x, double y) const {
    const Layout layout(*this);
    std::uint64_t code = buttons & ((std::uint64_t{1} << layout.x_place) - 1);
    if (mouse())
        code |= static_cast<std::uint64_t>(nearest(mouse_x, x) + 1) << layout.x_place |
                static_cast<std::uint64_t>(nearest(mouse_y, y) + 1) << layout.y_place;
    return static_cast<ActionCode>(code);
}

ActionCode code_of_held(const ActionSpace& actions, Action action) {
    double x = action.mouse_x, y = action.mouse_y;
    for (std::size_t i = actions.buttons() + 1; i < actions.entries.size(); ++i) {
        if (!action.holds(static_cast<int>(i))) continue;
        if (actions.entries[i].turn_x != 0) x = actions.entries[i].turn_x;
        if (actions.entries[i].turn_y != 0) y = actions.entries[i].turn_y;
    }
    return actions.code(action.held >> 1, x, y);
}

Action held_of_code(const ActionSpace& actions, ActionCode code) {
    const Layout layout(actions);
    return {layout.buttons(code) << 1, motion_of(actions.mouse_x, layout.x_class(code)),
            motion_of(actions.mouse_y, layout.y_class(code))};
}

bool valid_code(const ActionSpace& actions, ActionCode code) {
    const Layout layout(actions);
    return code >= 0 && static_cast<std::uint64_t>(code) >> layout.end == 0 &&
           layout.x_class(code) <= actions.mouse_x.size() && layout.y_class(code) <= actions.mouse_y.size();
}

void ActionSpace::ones(ActionCode code, std::span<float> vector) const {
    const Layout layout(*this);
    std::fill(vector.begin(), vector.end(), 0.0f);
    const std::size_t count = buttons();
    for (std::size_t i = 0; i < count; ++i) vector[i] = static_cast<float>(layout.buttons(code) >> i & 1);
    if (auto x = layout.x_class(code)) vector[count + x - 1] = 1;
    if (auto y = layout.y_class(code)) vector[count + mouse_x.size() + y - 1] = 1;
}

std::optional<ActionCode> ActionSpace::code_of(std::span<const float> ones) const {
    if (kind != Kind::buttons || ones.size() != inputs()) return std::nullopt;
    const Layout layout(*this);
    const std::size_t x_begin = buttons(), y_begin = x_begin + mouse_x.size();
    std::uint64_t code = 0;
    for (std::size_t i = 0; i < ones.size(); ++i) {
        if (ones[i] != 0 && ones[i] != 1) return std::nullopt;
        if (ones[i] == 0) continue;
        if (i < x_begin) {
            code |= std::uint64_t{1} << i;
            continue;
        }
        const bool of_x = i < y_begin;
        const int place = of_x ? layout.x_place : layout.y_place;
        if (code >> place & (of_x ? layout.x_mask : layout.y_mask)) return std::nullopt;  // a second class
        code |= static_cast<std::uint64_t>(i - (of_x ? x_begin : y_begin) + 1) << place;
    }
    return static_cast<ActionCode>(code);
}

std::string name_of_code(const ActionSpace& actions, ActionCode code) {
    const Action action = held_of_code(actions, code);
    std::string text;
    for (std::size_t i = 1; i <= actions.buttons(); ++i)
        if (action.holds(static_cast<int>(i))) text += (text.empty() ? "" : " ") + actions.entries[i].name;
    if (action.mouse_x != 0 || action.mouse_y != 0)
        text += (text.empty() ? "mouse " : " mouse ") + std::to_string(action.mouse_x) + " " +
                std::to_string(action.mouse_y);
    return text.empty() && !actions.entries.empty() ? actions.entries.front().name : text;
}

ActionSpace actions_of_buttons(std::vector<ActionSpace::Entry> buttons, std::vector<double> mouse_x,
                               std::vector<double> mouse_y) {
    ActionSpace actions;
    actions.kind = ActionSpace::Kind::buttons;
    actions.entries = {{"noop", {}}};
    auto uses = [&](const char* key) {
        return std::any_of(buttons.begin(), buttons.end(), [&](const ActionSpace::Entry& button) {
            return std::find(button.keys.begin(), button.keys.end(), key) != button.keys.end();
        });
    };
    const bool arrows_free = !uses("Left") && !uses("Right") && !uses("Up") && !uses("Down");
    for (ActionSpace::Entry& button : buttons) actions.entries.push_back(std::move(button));
    actions.mouse_x = std::move(mouse_x), actions.mouse_y = std::move(mouse_y);
    if (!actions.mouse() || !arrows_free) return actions;
    // A good way of a step: halfway between the middle and the ends, counted in classes.
    auto step = [](const std::vector<double>& classes, bool forward) {
        const std::size_t middle = nearest(classes, 0), end = forward ? classes.size() - 1 : 0;
        return static_cast<int>(whole(classes[forward ? (middle + end + 1) / 2 : (middle + end) / 2]));
    };
    const auto first = actions.entries.size();
    const ActionSpace::Entry turns[] = {{"look left", {"Left"}, step(actions.mouse_x, false), 0},
                                        {"look right", {"Right"}, step(actions.mouse_x, true), 0},
                                        {"look up", {"Up"}, 0, step(actions.mouse_y, false)},
                                        {"look down", {"Down"}, 0, step(actions.mouse_y, true)}};
    std::copy_if(std::begin(turns), std::end(turns), std::back_inserter(actions.entries),
                 [](const ActionSpace::Entry& entry) { return entry.turns(); });
    auto opposite = [&](bool sideways) {
        std::uint64_t group = 0;
        for (std::size_t i = first; i < actions.entries.size(); ++i)
            if ((actions.entries[i].turn_x != 0) == sideways) group |= std::uint64_t{1} << i;
        if (std::popcount(group) > 1) actions.rivals.push_back(group);
    };
    opposite(true), opposite(false);
    return actions;
}

bool tells_whole(const std::vector<double>& classes) {
    for (std::size_t i = 0; i < classes.size(); ++i)
        if (std::abs(classes[i]) > 32767 || nearest(classes, whole(classes[i])) != i) return false;
    return true;
}

}  // namespace drift
