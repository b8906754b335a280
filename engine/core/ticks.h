// Where the marks of an axis stand.
#pragma once

#include <cmath>

namespace drift {

// 1, 2 or 5 times a power of ten, so that about `count` of them fill the span.
inline double tick_of(double span, int count) {
    double power = std::pow(10, std::floor(std::log10(span / count)));
    for (double factor : {1.0, 2.0, 5.0})
        if (span / (factor * power) <= count) return factor * power;
    return 10 * power;
}

}  // namespace drift
