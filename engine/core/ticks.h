// Where the marks of an axis stand, and what is written at them: round numbers, 1, 2 or 5 times a power of ten.
#pragma once

#include <string>
#include <vector>

namespace drift {

// The distance between marks, so that at most `most` gaps fill the span; never below `least`. 0: the span is not a positive number.
double tick_step(double span, int most, double least = 0);

// All multiples of that distance from `low` to `high`, rising. One value alone is its own mark; none where the ends are no numbers or fall.
std::vector<double> ticks(double low, double high, int most, double least = 0);

// The same for a logarithmic axis that has room for `most` gaps of equal height: 1, 2 and 5 in each decade, else whole decades, else every
// so many-th of them. Both ends are above 0, or there are none.
std::vector<double> log_ticks(double low, double high, int most);

// A mark as it is written: "0.3", "-20", "12000"; ten digits at most.
std::string tick_label(double value);

}  // namespace drift
