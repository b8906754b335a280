#include "data/imports/csgo_steps.h"

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

Buttons csgo_buttons() { return {names(), csgo_actions().mouse_x, csgo_actions().mouse_y}; }

HeldStep csgo_step(std::span<const double> numbers, const std::filesystem::path& file, std::size_t step) {
    std::vector<float> ones(numbers.begin(), numbers.end());
    const auto code = csgo_actions().code_of(ones);
    if (!code)
        throw Error(file, "expected " + std::to_string(csgo_vector_size) +
                              " zeros and ones with at most one class of each mouse axis, found others at step " +
                              std::to_string(step));
    return held_step(csgo_actions(), *code);
}

}  // namespace drift
