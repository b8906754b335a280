#include "core/csgo_action.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace drift {
namespace {

constexpr int buttons = 13;  // keys and clicks, as the vector begins
constexpr int left = 14, right = 15, up = 16, down = 17;
constexpr std::array<int, 23> x_classes = {-1000, -500, -300, -200, -100, -60, -30, -20, -10, -4,  -2,  0,
                                           2,     4,    10,   20,   30,   60,  100, 200, 300, 500, 1000};
constexpr std::array<int, 15> y_classes = {-200, -100, -50, -20, -10, -4, -2, 0, 2, 4, 10, 20, 50, 100, 200};
constexpr int x_place = buttons, y_place = buttons + 5;  // bits; each holds its class + 1, 0 for none
constexpr std::uint32_t x_mask = 31, y_mask = 15;

constexpr std::uint32_t bit(int entry) { return 1u << entry; }
constexpr std::uint32_t exclude[] = {bit(1) | bit(3), bit(2) | bit(4), bit(8) | bit(9) | bit(10),
                                     bit(left) | bit(right), bit(up) | bit(down)};

// The index of the nearest; classes rise, so the first of two is the smaller.
template <std::size_t n>
std::uint32_t nearest(const std::array<int, n>& classes, int motion) {
    auto closer = [motion](int a, int b) { return std::abs(a - motion) < std::abs(b - motion); };
    return static_cast<std::uint32_t>(std::min_element(classes.begin(), classes.end(), closer) - classes.begin());
}

}  // namespace

ActionSpace csgo_actions() {
    ActionSpace actions;
    actions.kind = ActionSpace::Kind::csgo;
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
                       {"look left", {"Left"}},
                       {"look right", {"Right"}},
                       {"look up", {"Up"}},
                       {"look down", {"Down"}}};
    return actions;
}

std::span<const std::uint32_t> csgo_rivals() { return exclude; }
std::span<const int> csgo_mouse_x() { return x_classes; }
std::span<const int> csgo_mouse_y() { return y_classes; }

int csgo_code(Action action) {
    int x = action.mouse_x, y = action.mouse_y;
    if (action.held & bit(left)) x = -60;
    if (action.held & bit(right)) x = 60;
    if (action.held & bit(up)) y = -50;
    if (action.held & bit(down)) y = 50;
    std::uint32_t code = (action.held >> 1) & ((1u << buttons) - 1);
    code |= (nearest(x_classes, x) + 1) << x_place | (nearest(y_classes, y) + 1) << y_place;
    return static_cast<int>(code);
}

bool csgo_valid(int code) {
    auto bits = static_cast<std::uint32_t>(code);
    return code >= 0 && bits >> (y_place + 4) == 0 && (bits >> x_place & x_mask) <= x_classes.size() &&
           (bits >> y_place & y_mask) <= y_classes.size();
}

void csgo_vector(int code, std::span<float> ones) {
    auto bits = static_cast<std::uint32_t>(code);
    std::fill(ones.begin(), ones.end(), 0.0f);
    for (int i = 0; i < buttons; ++i) ones[static_cast<std::size_t>(i)] = static_cast<float>(bits >> i & 1);
    if (auto x = bits >> x_place & x_mask) ones[buttons + x - 1] = 1;
    if (auto y = bits >> y_place & y_mask) ones[buttons + x_classes.size() + y - 1] = 1;
}

std::optional<int> csgo_code_of(std::span<const float> ones) {
    if (ones.size() != csgo_vector_size) return std::nullopt;
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < ones.size(); ++i) {
        if (ones[i] != 0 && ones[i] != 1) return std::nullopt;
        if (ones[i] == 0) continue;
        constexpr std::size_t x_begin = buttons, y_begin = x_begin + x_classes.size();
        if (i < x_begin) {
            code |= 1u << i;
            continue;
        }
        const bool of_x = i < y_begin;
        const int place = of_x ? x_place : y_place;
        if (code >> place & (of_x ? x_mask : y_mask)) return std::nullopt;  // a second class
        code |= static_cast<std::uint32_t>(i - (of_x ? x_begin : y_begin) + 1) << place;
    }
    return static_cast<int>(code);
}

}  // namespace drift
