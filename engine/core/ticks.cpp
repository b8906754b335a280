#include "core/ticks.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace drift {
namespace {

// So near to a mark that only the arithmetic lies between.
constexpr double grain = 1e-6;

// factor * 10^power, to the last bit what the literal says: 0.1 is not exact, its inverse is.
double scaled(double factor, int power) {
    return power < 0 ? factor / std::pow(10.0, -power) : factor * std::pow(10.0, power);
}

}  // namespace

double tick_step(double span, int most, double least) {
    if (!(span > 0) || !std::isfinite(span)) return 0;
    const double wanted = span / std::max(most, 1);
    const int power = static_cast<int>(std::floor(std::log10(wanted)));
    double step = scaled(10, power);
    for (double factor : {5.0, 2.0, 1.0})
        if (scaled(factor, power) >= wanted * (1 - grain)) step = scaled(factor, power);
    return std::isnormal(step) ? std::max(step, least) : 0;
}

std::vector<double> ticks(double low, double high, int most, double least) {
    if (!std::isfinite(low) || !std::isfinite(high) || low > high) return {};
    if (low == high) return {low};
    const double step = tick_step(high - low, most, least);
    if (step == 0) return {};
    // A step of 0.1 is no double, but its inverse is: divided by that, the third mark is 0.3 and not 0.30000000000000004.
    const double inverse = std::round(1 / step);
    const bool divides = std::abs(inverse * step - 1) < grain;
    const double first = std::ceil(low / step - grain), last = std::floor(high / step + grain);
    std::vector<double> marks;
    for (double n = first; n <= last; ++n) {
        const double mark = n == 0 ? 0 : divides ? n / inverse : n * step;
        if (!marks.empty() && mark <= marks.back()) break;  // the step is finer than the numbers here
        marks.push_back(mark);
        if (n + 1 == n) break;
    }
    return marks;
}

std::vector<double> log_ticks(double low, double high, int most) {
    if (!(low > 0) || !std::isfinite(high) || low > high) return {};
    most = std::max(most, 1);
    const double decades = std::log10(high / low);
    const int first = static_cast<int>(std::floor(std::log10(low))),
              last = static_cast<int>(std::ceil(std::log10(high)));
    const bool fine = decades / std::log10(2.0) <= most;  // the narrowest of their gaps is from 1 to 2
    const int every = fine ? 1 : std::max(1, static_cast<int>(std::ceil(decades / most - grain)));
    std::vector<double> marks;
    for (int power = first; power <= last; ++power) {
        if (power % every != 0) continue;
        for (double factor : {1.0, 2.0, 5.0}) {
            const double mark = scaled(factor, power);
            if (mark >= low * (1 - grain) && mark <= high * (1 + grain)) marks.push_back(mark);
            if (!fine) break;
        }
    }
    return marks;
}

std::string tick_label(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

}  // namespace drift
