// A session on its way into an export: what a session tells of its steps, so that who draws them needs to know of nothing else.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/frame.h"

namespace drift {

// Pictures that stand beside each other, from left to right: lanes, then the truth.
struct ShotColumn {
    std::string name;  // "Lane 1"
    int lane = -1;     // its number; -1: the truth
};

// One step of it.
struct Shot {
    std::uint64_t step = 0;           // of the session, counted from 0
    std::vector<Frame> frames;        // by column; empty where that lane is not there in this step
    std::vector<std::string> labels;  // by column: what sets it apart
    std::string settings;             // what all lanes have in common
    std::vector<bool> held;           // by key
    int mouse_x = 0, mouse_y = 0;     // how far the mouse went
};

// How long the line is that shows how far the mouse went, from 0.45 of its room for the shortest way to all of it.
inline double mouse_line(double way) { return std::min(1.0, 0.45 + std::log10(way) / 4); }

// What holds for all of them: known before the first is drawn.
struct ShotList {
    std::string title;                // the world's name
    int width = 0, height = 0;        // of a frame
    int rate = 15;                    // steps a second
    std::uint64_t first = 0;          // step of shot 0
    std::vector<ShotColumn> columns;  // at least one
    std::vector<std::string> keys;    // as SDL spells them, of the world's actions
    bool mouse = false;               // the world takes one
    std::string measure, unit;  // what `values` are: "PSNR to the truth", "dB"; empty where nothing can be measured
    std::vector<std::vector<double>> values;    // by column, then by shot; NaN where there is none
    std::vector<std::size_t> turned;            // shots from which on other settings count
    std::vector<std::string> labels, settings;  // all there are, each once

    std::size_t count() const { return values.empty() ? 0 : values.front().size(); }
};

}  // namespace drift
