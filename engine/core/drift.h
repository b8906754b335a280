// What is measured of a dream at one step, and the one list of these measures that plots, tables and files read.
#pragma once

#include <limits>
#include <span>
#include <string_view>

namespace drift {

// Each with its formula in drift_measures(). NaN: it cannot be told (no game, no truth, the main lane against itself).
struct Drift {
    static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    double psnr = unknown;
    double moving_psnr = unknown;
    double ssim = unknown;
    double object_error = unknown;
    double obeyed = unknown;
    double likeness = unknown;
    double main_psnr = unknown;
    double sharpness = unknown;
    double colours = unknown;
    double motion = unknown;
};

struct DriftMeasure {
    const char* name;     // as in files
    const char* label;    // as on a plot
    const char* unit;     // empty: a bare number
    const char* meaning;  // what it is, with its formula
    double low, high;     // what a plot shows at first
    double Drift::*value;
    bool needs_truth;  // unknown in worlds without a game
};

std::span<const DriftMeasure> drift_measures();
const DriftMeasure* find_measure(std::string_view name);  // nullptr where there is none

}  // namespace drift
