#include "measure/sweep.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "core/error.h"

namespace drift {

SweepAxis parse_axis(std::string_view text) {
    std::size_t equals = text.find('=');
    if (equals == text.npos)
        throw Error("sweep: expected a setting and its values, such as start_scale=0.5,1,2, found \"" +
                    printable(text) + "\"");
    std::string name(text.substr(0, equals));
    std::replace(name.begin(), name.end(), '-', '_');  // as the option of that setting is spelt
    SweepAxis axis{find_setting(name), {}};
    if (!axis.field) {
        std::string known;
        for (const SettingField& field : setting_fields())
            known += (known.empty() ? "" : ", ") + std::string(field.name);
        throw Error("sweep: expected one of the settings " + known + ", found \"" + printable(name) + "\"");
    }
    auto rest = text.substr(equals + 1);
    while (true) {
        std::size_t comma = rest.find(',');
        SamplerSettings settings;
        auto typed = rest.substr(0, comma);
        if (typed.empty())
            throw Error("sweep: expected values with commas between them for " + name + ", found \"" + printable(text) +
                        "\"");
        set_setting(settings, name, typed);
        auto value = setting_text(settings, *axis.field);
        if (std::find(axis.values.begin(), axis.values.end(), value) != axis.values.end())
            throw Error("sweep: expected each value of " + name + " once, found " + value + " twice");
        axis.values.push_back(value);
        if (comma == rest.npos) return axis;
        rest.remove_prefix(comma + 1);
    }
}

std::vector<SweepPoint> cross(const SamplerSettings& base, const std::vector<SweepAxis>& axes) {
    std::vector<SweepPoint> points{{{}, base}};
    for (std::size_t a = 0; a < axes.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b)
            if (axes[a].field == axes[b].field)
                throw Error("sweep: expected each setting to be varied once, found " +
                            std::string(axes[a].field->name) + " twice");
        std::vector<SweepPoint> crossed;
        for (const SweepPoint& point : points)
            for (const std::string& value : axes[a].values) {
                crossed.push_back(point);
                crossed.back().values.push_back(value);
                set_setting(crossed.back().settings, axes[a].field->name, value);
            }
        points = std::move(crossed);
    }
    for (const SweepPoint& point : points) {
        std::vector<std::string> notes;
        clamped(point.settings, &notes);
        if (!notes.empty())
            throw Error("sweep: expected legal settings at each point, found some at " + point_name(axes, point) +
                        " that are not (" + notes.front() + ")");
    }
    return points;
}

std::string point_name(const std::vector<SweepAxis>& axes, const SweepPoint& point) {
    std::string name;
    for (std::size_t a = 0; a < axes.size(); ++a)
        name += (a ? ", " : "") + std::string(axes[a].field->name) + "=" + point.values[a];
    return name.empty() ? "the default settings" : name;
}

std::string SweepUnit::name() const {
    char text[64];
    std::snprintf(text, sizeof text, "point-%03d-episodes-%04d-%04d", point + 1, first + 1, first + count);
    return text;
}

std::vector<SweepUnit> sweep_units(const std::vector<SweepPoint>& points, int episodes, int batch) {
    std::vector<SweepUnit> units;
    for (std::size_t p = 0; p < points.size(); ++p)
        for (int first = 0; first < episodes; first += batch) {
            int count = std::min(batch, episodes - first);
            units.push_back({static_cast<int>(p), first, count, network_calls(points[p].settings)});
        }
    std::stable_sort(units.begin(), units.end(),
                     [](const SweepUnit& a, const SweepUnit& b) { return a.calls < b.calls; });
    return units;
}

Shard parse_shard(std::string_view text) {
    Shard shard;
    const char* end = text.data() + text.size();
    auto first = std::from_chars(text.data(), end, shard.index);
    bool slash = first.ec == std::errc{} && first.ptr != end && *first.ptr == '/';
    auto second = slash ? std::from_chars(first.ptr + 1, end, shard.of) : first;
    if (!slash || second.ec != std::errc{} || second.ptr != end || shard.index < 1 || shard.index > shard.of)
        throw Error("sweep: expected a shard such as 1/8 (the first of eight) to 8/8, found \"" + printable(text) +
                    "\"");
    return shard;
}

}  // namespace drift
