#include "core/action.h"

#include <bit>
#include <iterator>

#include "core/held_buttons.h"

namespace drift {
namespace {

constexpr std::int16_t by_number = INT16_MIN;  // in mouse_y: motion is clamped to one less

constexpr const char* part_names[] = {"up", "right", "left", "down", "fire"};
enum Part : unsigned { up = 1, right = 2, left = 4, down = 8, fire = 16 };

unsigned parts(std::string_view name) {
    unsigned found = 0;
    for (unsigned i = 0; i < std::size(part_names); ++i)
        if (name.find(part_names[i]) != name.npos) found |= 1u << i;
    return found;
}

int joystick_position(const ActionSpace& actions, Action action) {
    unsigned wanted = 0;
    for (std::size_t i = 0; i < actions.entries.size(); ++i)
        if (action.holds(static_cast<int>(i))) wanted |= parts(actions.entries[i].name);
    if ((wanted & (up | down)) == (up | down)) wanted &= ~unsigned(up | down);
    if ((wanted & (left | right)) == (left | right)) wanted &= ~unsigned(left | right);
    for (unsigned kept :
         {wanted, wanted & ~unsigned(fire), wanted & unsigned(left | right), wanted & unsigned(up | down)})
        for (int i = 1; i < actions.size(); ++i)
            if (kept != 0 && parts(actions.entries[static_cast<std::size_t>(i)].name) == kept) return i;
    return 0;
}

}  // namespace

Action Action::of(int button) {
    if (button <= 0 || button > INT16_MAX) return {};
    if (button < bits) return {std::uint64_t{1} << button};
    return {0, static_cast<std::int16_t>(button), by_number};
}

bool Action::holds(int button) const {
    return button >= 0 && ((button < bits && (held >> button & 1) != 0) || (button > 0 && beyond() == button));
}

int Action::beyond() const { return mouse_y == by_number && mouse_x > 0 ? mouse_x : 0; }

ActionCode ActionSpace::index(Action action) const {
    if (kind == Kind::buttons) return code_of_held(*this, action);
    if (kind == Kind::joystick) return joystick_position(*this, action);
    if (int button = action.beyond()) return button < size() ? button : 0;
    if (std::popcount(action.held) != 1) return 0;
    int button = std::countr_zero(action.held);
    return button < size() ? button : 0;
}

Action ActionSpace::action(ActionCode code) const {
    return kind == Kind::buttons ? held_of_code(*this, code) : Action::of(static_cast<int>(code));
}

ActionCode ActionSpace::alone(int entry) const {
    return kind == Kind::buttons ? index(Action::of(entry)) : ActionCode{entry};
}

bool ActionSpace::valid(ActionCode code) const {
    return kind == Kind::buttons ? valid_code(*this, code) : code >= 0 && code < size();
}

std::size_t ActionSpace::inputs() const {
    return kind == Kind::buttons ? buttons() + mouse_x.size() + mouse_y.size() : static_cast<std::size_t>(size());
}

std::string ActionSpace::name_of(ActionCode code) const {
    if (kind == Kind::buttons) return name_of_code(*this, code);
    return code >= 0 && code < static_cast<ActionCode>(entries.size()) ? entries[static_cast<std::size_t>(code)].name
                                                                       : "action " + std::to_string(code);
}

std::string ActionSpace::told() const {
    if (kind != Kind::buttons) return std::to_string(size()) + (size() == 1 ? " action" : " actions");
    const std::size_t count = buttons();
    std::string text = std::to_string(count) + (count == 1 ? " button" : " buttons");
    if (mouse())
        text +=
            " and a mouse of " + std::to_string(mouse_x.size()) + " by " + std::to_string(mouse_y.size()) + " classes";
    return text;
}

int ActionSpace::find(std::string_view name) const {
    for (int i = 0; i < size(); ++i)
        if (entries[static_cast<std::size_t>(i)].name == name) return i;
    return -1;
}

}  // namespace drift
