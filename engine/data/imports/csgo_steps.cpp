#include "data/imports/csgo_steps.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/csgo_action.h"
#include "core/error.h"

namespace drift {
namespace {

// In the order of the numbers, under the names that the recorder gives them.
const std::vector<ActionSpace::Entry>& names() {
    static const std::vector<ActionSpace::Entry> all = {{"w", {"W"}},
                                                        {"a", {"A"}},
                                                        {"s", {"S"}},
                                                        {"d", {"D"}},
                                                        {"space", {"Space"}},
                                                        {"ctrl", {"Left Ctrl"}},
                                                        {"shift", {"Left Shift"}},
                                                        {"1", {"1"}},
                                                        {"2", {"2"}},
                                                        {"3", {"3"}},
                                                        {"r", {"R"}},
                                                        {"left_click", {"Mouse Left"}},
                                                        {"right_click", {"Mouse Right"}}};
    return all;
}

}  // namespace

Buttons csgo_buttons() {
    const auto x = csgo_mouse_x(), y = csgo_mouse_y();
    return {names(), {x.begin(), x.end()}, {y.begin(), y.end()}};
}

HeldStep csgo_step(std::span<const double> numbers, const std::filesystem::path& file, std::size_t step) {
    std::vector<float> ones(numbers.begin(), numbers.end());
    if (!csgo_code_of(ones))
        throw Error(file, "expected " + std::to_string(csgo_vector_size) +
                              " zeros and ones with at most one class of each mouse axis, found others at step " +
                              std::to_string(step));
    HeldStep held;
    const std::size_t buttons = names().size();
    for (std::size_t i = 0; i < buttons; ++i) held.held |= (ones[i] != 0 ? 1u : 0u) << i;
    auto motion = [&](std::size_t first, std::span<const int> classes) {
        for (std::size_t i = 0; i < classes.size(); ++i)
            if (ones[first + i] != 0) return static_cast<double>(classes[i]);
        return 0.0;
    };
    held.mouse_x = motion(buttons, csgo_mouse_x());
    held.mouse_y = motion(buttons + csgo_mouse_x().size(), csgo_mouse_y());
    return held;
}

}  // namespace drift
