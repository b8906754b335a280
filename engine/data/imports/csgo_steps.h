// CSGO's 51 numbers of a step (Counter-Strike_Behavioural_Cloning, config.py and dm_infer_actions.py) as buttons and a mouse.
#pragma once

#include <span>

#include "data/imports/play.h"

namespace drift {

Buttons csgo_buttons();
// 51 zeros and ones. Throws Error naming the file and the step where they are not.
HeldStep csgo_step(std::span<const double> numbers, const std::filesystem::path& file, std::size_t step);

}  // namespace drift
