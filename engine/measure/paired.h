// Points of sweeps over the same episodes, compared episode by episode: they share games, keys and noise, so a difference is surer than two means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "measure/sweep_table.h"

namespace drift {

// A point as it is named: "start_scale=1,steps=3" -> name and value. Throws Error where a setting or a value is none.
using PointName = std::vector<std::pair<const SettingField*, std::string>>;
PointName parse_point(std::string_view text);

// The point of `other` that a point of `sweep` is compared with: the one of that name, whose settings that are not named are as in the point itself.
// nullopt where there is none.
std::optional<std::size_t> counterpart(const Sweep& sweep, std::size_t point, const Sweep& other,
                                       const PointName& name);

// PSNR of `those` minus that of `others`, dB: mean over the episodes that both have, with its 95 % bootstrap interval.
Estimate paired_gain(const EpisodesByNumber& those, const EpisodesByNumber& others, std::size_t horizon);
// How many both have.
std::size_t pairs_of(const EpisodesByNumber& those, const EpisodesByNumber& others);

}  // namespace drift
