#include "measure/sweep_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>

#include "measure/statistics.h"

namespace drift {
namespace {

struct Column {
    std::string name;
    std::function<double(const EpisodeRecord&, std::size_t horizon)> value;  // of one episode
    double (*statistic)(std::vector<double>) = mean;
};

bool any_known(const std::vector<std::optional<bool>>& within) {
    return std::any_of(within.begin(), within.end(), [](const auto& one) { return one.has_value(); });
}

// Of a game whose pictures nobody can read, nothing is told of objects and keys.
bool is_judged(const EpisodeRecord& e) {
    return std::any_of(e.at.begin(), e.at.end(), [](const HorizonRecord& at) { return any_known(at.within); });
}
bool is_read(const EpisodeRecord& e) { return e.at.back().readable > 0 || is_judged(e); }

std::vector<Column> make_columns(const std::vector<std::string>& objects, int tolerance,
                                 const std::vector<int>& horizons) {
    const std::string within = "within_" + std::to_string(tolerance) + "px_";
    std::vector<Column> columns;
    for (const DriftMeasure* measure : sweep_measures())
        columns.push_back({measure->name, [measure](const EpisodeRecord& e, std::size_t h) {
                               return e.at[h].drift.*(measure->value);
                           }});
    columns.push_back({"copy_psnr", [](const EpisodeRecord& e, std::size_t h) { return e.at[h].copy_psnr; }});
    for (std::size_t o = 0; o < objects.size(); ++o)
        columns.push_back({within + objects[o], [o](const EpisodeRecord& e, std::size_t h) {
                               return e.at[h].within[o] ? double(*e.at[h].within[o]) : Drift::unknown;
                           }});
    columns.push_back({within + "all", [](const EpisodeRecord& e, std::size_t h) {
                           const auto& within = e.at[h].within;
                           if (!any_known(within)) return Drift::unknown;
                           return std::find(within.begin(), within.end(), std::optional(false)) == within.end() ? 1.0
                                                                                                                : 0.0;
                       }});
    columns.push_back({"obeyed_so_far", [horizons](const EpisodeRecord& e, std::size_t h) {
                           return is_read(e) ? e.at[h].obeyed / static_cast<double>(horizons[h]) : Drift::unknown;
                       }});
    columns.push_back({"collapsed_so_far", [horizons](const EpisodeRecord& e, std::size_t h) {
                           return e.collapse_step && *e.collapse_step <= horizons[h] ? 1.0 : 0.0;
                       }});
    columns.push_back({"off_step",
                       [last = horizons.back()](const EpisodeRecord& e, std::size_t) {
                           return is_judged(e) ? static_cast<double>(e.off_step.value_or(last + 1)) : Drift::unknown;
                       },
                       median});
    return columns;
}

Estimate estimate(const Column& column, const std::vector<EpisodeRecord>& records, std::size_t horizon) {
    std::vector<double> known;
    for (const EpisodeRecord& record : records)
        if (double value = column.value(record, horizon); !std::isnan(value)) known.push_back(value);
    if (known.empty()) return {};
    auto [low, high] = bootstrap_interval(known, column.statistic);
    return {column.statistic(known), low, high};
}

std::string number(double value) {
    if (std::isnan(value)) return "";
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::general, 6).ptr};
}

}  // namespace

std::vector<const DriftMeasure*> sweep_measures() {
    std::vector<const DriftMeasure*> measures;
    for (const DriftMeasure& measure : drift_measures())
        if (measure.value != &Drift::main_psnr) measures.push_back(&measure);
    return measures;
}

std::optional<std::size_t> SweepTable::column(std::string_view name) const {
    auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

std::vector<EpisodesByNumber> episodes_of_points(const Sweep& sweep,
                                                 const std::vector<std::vector<EpisodeRecord>>& done) {
    std::vector<EpisodesByNumber> episodes(sweep.points.size());
    for (std::size_t u = 0; u < sweep.units.size(); ++u) {
        int number = sweep.units[u].first;
        for (const EpisodeRecord& record : done[u])
            episodes[static_cast<std::size_t>(sweep.units[u].point)].emplace(number++, record);
    }
    return episodes;
}

SweepTable sweep_table(const Sweep& sweep, const std::vector<std::vector<EpisodeRecord>>& done) {
    std::vector<std::vector<EpisodeRecord>> records;
    for (const EpisodesByNumber& episodes : episodes_of_points(sweep, done)) {
        records.emplace_back();
        for (const auto& [number, record] : episodes) records.back().push_back(record);
    }
    SweepTable table;
    const auto columns = make_columns(sweep.objects, sweep.tolerance, sweep.horizons);
    for (const Column& column : columns) table.columns.push_back(column.name);
    for (std::size_t p = 0; p < records.size(); ++p)
        for (std::size_t h = 0; h < sweep.horizons.size() && !records[p].empty(); ++h) {
            SweepTable::Row row{static_cast<int>(p), sweep.horizons[h], static_cast<int>(records[p].size()), {}};
            for (const Column& column : columns) row.estimates.push_back(estimate(column, records[p], h));
            table.rows.push_back(std::move(row));
        }
    return table;
}

std::string to_csv(const Sweep& sweep, const SweepTable& table) {
    std::string text;
    for (const SweepAxis& axis : sweep.axes) text += std::string(axis.field->name) + ",";
    text += "horizon,episodes";
    for (const std::string& name : table.columns) text += "," + name + "," + name + "_lo," + name + "_hi";
    text += "\n";
    for (const auto& row : table.rows) {
        for (const std::string& value : sweep.points[static_cast<std::size_t>(row.point)].values) text += value + ",";
        text += std::to_string(row.horizon) + "," + std::to_string(row.episodes);
        for (const Estimate& e : row.estimates)
            text += "," + number(e.value) + "," + number(e.low) + "," + number(e.high);
        text += "\n";
    }
    return text;
}

}  // namespace drift
