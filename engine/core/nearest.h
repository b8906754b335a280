// Which of the known names was meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace drift {

// The known name that the fewest letters make of `word` (put in, left out, exchanged, or two neighbours swapped; upper and lower case are one); empty where more
// than a third of them would have to change.
std::string nearest(std::string_view word, std::span<const std::string> known);
// ", did you mean \"bricks\"?", to be put after what was found; empty where none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> known);

}  // namespace drift
