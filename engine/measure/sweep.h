// Sampler settings crossed: which points there are, which pieces of work, and who does which.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sampler_settings.h"

namespace drift {

struct SweepAxis {
    const SettingField* field = nullptr;
    std::vector<std::string> values;  // as setting_text() writes them
};

// "start_scale=0.25,0.5,1". Throws Error naming the setting or the value that is none.
SweepAxis parse_axis(std::string_view text);

struct SweepPoint {
    std::vector<std::string> values;  // one for each axis
    SamplerSettings settings;
};

// Every value of each axis with every value of the others, over `base`; the last axis runs fastest. No axis: base alone. Throws Error where
// two axes vary the same setting, or a point's settings are not legal: clamped, two points would be one.
std::vector<SweepPoint> cross(const SamplerSettings& base, const std::vector<SweepAxis>& axes);

// "start_scale=0.25, steps=1", for sentences.
std::string point_name(const std::vector<SweepAxis>& axes, const SweepPoint& point);

// A piece of work that is done or not: a fixed block of episodes at one point, in one network call a step, so that a figure's last bit does
// not depend on how the work was split over machines.
struct SweepUnit {
    int point = 0, first = 0, count = 0;  // episodes first .. first + count - 1
    int calls = 0;                        // network calls of a frame: what an episode costs
    std::string name() const;             // "point-003-episodes-0017-0032", counted from 1
};

// Those of all points, the cheapest first: dealt out in turns, each shard gets its part of the cheap and of the dear ones. The blocks of one
// point keep the episodes' order.
std::vector<SweepUnit> sweep_units(const std::vector<SweepPoint>& points, int episodes, int batch);

// What a sweep is made of, and the same on every machine that does a part of it.
struct Sweep {
    std::vector<SweepAxis> axes;
    std::vector<SweepPoint> points;
    std::vector<SweepUnit> units;
    std::vector<int> horizons;         // rising
    std::vector<std::string> objects;  // what the game is judged by (GameInfo::judged())
    int tolerance = 1;                 // px, of its objects
};

// The i-th of n, counted from 1, of a cluster's job array.
struct Shard {
    int index = 1, of = 1;
    bool has(std::size_t unit) const { return static_cast<int>(unit % static_cast<std::size_t>(of)) == index - 1; }
};
Shard parse_shard(std::string_view text);  // "2/8"; throws Error

}  // namespace drift
