#include "measure/paired.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "measure/statistics.h"

namespace drift {

PointName parse_point(std::string_view text) {
    PointName name;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const SweepAxis axis = parse_axis(text.substr(0, comma));
        if (axis.values.size() != 1)
            throw Error(std::string(axis.field->name) + ": expected one value, found " +
                        std::to_string(axis.values.size()));
        name.emplace_back(axis.field, axis.values.front());
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return name;
}

std::optional<std::size_t> counterpart(const Sweep& sweep, std::size_t point, const Sweep& other,
                                       const PointName& name) {
    std::vector<std::string> wanted;
    for (const SweepAxis& axis : other.axes) {
        const auto named =
            std::find_if(name.begin(), name.end(), [&](const auto& part) { return part.first == axis.field; });
        const auto own = std::find_if(sweep.axes.begin(), sweep.axes.end(),
                                      [&](const SweepAxis& mine) { return mine.field == axis.field; });
        if (named != name.end()) wanted.push_back(named->second);
        else if (own != sweep.axes.end())
            wanted.push_back(sweep.points[point].values[static_cast<std::size_t>(own - sweep.axes.begin())]);
        else throw Error(std::string(axis.field->name) + ": expected a value of it to compare with, found none");
    }
    const auto found = std::find_if(other.points.begin(), other.points.end(),
                                    [&](const SweepPoint& each) { return each.values == wanted; });
    if (found == other.points.end()) return std::nullopt;
    return static_cast<std::size_t>(found - other.points.begin());
}

std::size_t pairs_of(const EpisodesByNumber& those, const EpisodesByNumber& others) {
    return static_cast<std::size_t>(
        std::count_if(those.begin(), those.end(), [&](const auto& one) { return others.contains(one.first); }));
}

Estimate paired_gain(const EpisodesByNumber& those, const EpisodesByNumber& others, std::size_t horizon) {
    std::vector<double> gains;
    for (const auto& [number, record] : those) {
        const auto other = others.find(number);
        if (other == others.end()) continue;
        if (double gain = record.at[horizon].drift.psnr - other->second.at[horizon].drift.psnr; std::isfinite(gain))
            gains.push_back(gain);
    }
    if (gains.empty()) return {};
    const auto [low, high] = bootstrap_interval(gains);
    return {mean(gains), low, high};
}

}  // namespace drift
