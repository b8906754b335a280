#include "core/csgo_action.h"

namespace drift {
namespace {

constexpr std::uint64_t bit(int entry) { return std::uint64_t{1} << entry; }

ActionSpace made() {
    ActionSpace actions;
    actions.kind = ActionSpace::Kind::buttons;
    actions.entries = {{"noop", {}},
                       {"forward", {"W"}},
                       {"strafe left", {"A"}},
                       {"back", {"S"}},
                       {"strafe right", {"D"}},
                       {"jump", {"Space"}},
                       {"crouch", {"Left Ctrl"}},
                       {"walk", {"Left Shift"}},
                       {"weapon 1", {"1"}},
                       {"weapon 2", {"2"}},
                       {"weapon 3", {"3"}},
                       {"reload", {"R"}},
                       {"fire", {"Mouse Left"}},
                       {"aim", {"Mouse Right"}},
                       {"look left", {"Left"}, -60, 0},
                       {"look right", {"Right"}, 60, 0},
                       {"look up", {"Up"}, 0, -50},
                       {"look down", {"Down"}, 0, 50}};
    actions.mouse_x = {-1000, -500, -300, -200, -100, -60, -30, -20, -10, -4,  -2,  0,
                       2,     4,    10,   20,   30,   60,  100, 200, 300, 500, 1000};
    actions.mouse_y = {-200, -100, -50, -20, -10, -4, -2, 0, 2, 4, 10, 20, 50, 100, 200};
    actions.rivals = {bit(1) | bit(3), bit(2) | bit(4), bit(8) | bit(9) | bit(10), bit(14) | bit(15),
                      bit(16) | bit(17)};
    return actions;
}

}  // namespace

const ActionSpace& csgo_actions() {
    static const ActionSpace actions = made();
    return actions;
}

}  // namespace drift
