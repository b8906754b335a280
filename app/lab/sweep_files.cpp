#include "lab/sweep_files.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/files.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int version = 1;  // of these files and of what their figures mean

Json settings_json(const SamplerSettings& settings) {
    Json json;
    for (const SettingField& field : setting_fields()) json[field.name] = setting_text(settings, field);
    return json;
}

Json plan_json(const SweepPlan& plan) {
    Json vary = Json::object();
    for (const SweepAxis& axis : plan.sweep.axes) vary[axis.field->name] = axis.values;
    return {{"version", version},
            {"world", plan.world},
            {"weights", plan.weights},
            {"game", plan.game},
            {"objects", plan.sweep.objects},
            {"tolerance", plan.sweep.tolerance},
            {"policy", plan.policy},
            {"seed", plan.seed},
            {"episodes", plan.episodes},
            {"batch", plan.batch},
            {"horizons", plan.sweep.horizons},
            {"vary", vary},
            {"settings", settings_json(plan.base)}};
}

// Its failures are named by the file; whatever a broken file makes of the values, they are checked or Errors.
template <class Read>
auto read_json(const fs::path& file, Read read) {
    InputFile input(file);
    std::string text(input.size(), '\0');
    input.read(text.data(), text.size());
    try {
        return read(Json::parse(text));
    } catch (const Json::exception& e) {
        throw Error(file, std::string("expected a file of a sweep, found ") + e.what());
    }
}

SweepPlan plan_of(const fs::path& file, const Json& json) {
    if (json.at("version") != version)
        throw Error(file, "expected version " + std::to_string(version) + " of a sweep's files, found " +
                              json.at("version").dump());
    SweepPlan plan;
    plan.world = json.at("world"), plan.weights = json.at("weights"), plan.game = json.at("game"),
    plan.policy = json.at("policy");
    plan.seed = json.at("seed"), plan.episodes = json.at("episodes"), plan.batch = json.at("batch");
    if (plan.episodes < 1 || plan.batch < 1)
        throw Error(file, "expected at least one episode and a batch of one, found fewer");
    plan.sweep.horizons = rising(json.at("horizons").get<std::vector<int>>());
    plan.sweep.objects = json.at("objects").get<std::vector<std::string>>();
    plan.sweep.tolerance = json.value("tolerance", 1);
    for (const auto& [name, value] : json.at("settings").items())
        set_setting(plan.base, name, value.get<std::string>());
    for (const auto& [name, values] : json.at("vary").items()) {
        std::string text;
        for (const auto& value : values) text += (text.empty() ? "" : ",") + value.get<std::string>();
        plan.sweep.axes.push_back(parse_axis(name + "=" + text));
    }
    plan.fill();
    return plan;
}

// The first fact in which two sweeps differ, as "key value" of each; empty where they are one.
std::pair<std::string, std::string> difference(const Json& wanted, const Json& found) {
    for (const auto& [key, value] : wanted.items()) {
        if (found.contains(key) && found.at(key) == value) continue;
        if (value.is_object() && found.contains(key) && found.at(key).is_object())
            if (auto inner = difference(value, found.at(key)); !inner.first.empty()) return inner;
        return {key + " " + value.dump(), found.contains(key) ? found.at(key).dump() : "none"};
    }
    for (const auto& [key, value] : found.items())
        if (!wanted.contains(key)) return {"no " + key, value.dump()};
    if (wanted.dump() != found.dump()) return {wanted.dump(), found.dump()};  // the varied settings in another order
    return {};
}

void expect_same(const fs::path& file, const Json& wanted, const Json& found) {
    auto [ours, theirs] = difference(wanted, found);
    if (!ours.empty())
        throw Error(file, "expected the same sweep or a new folder, but it is another one: " + ours +
                              " was asked for, " + theirs + " found");
}

fs::path unit_file(const fs::path& folder, const SweepUnit& unit) { return folder / "units" / (unit.name() + ".json"); }

Json episode_json(const SweepPlan& plan, int index, const EpisodeRecord& record) {
    auto optional = [](const std::optional<int>& value) { return value ? Json(*value) : Json(); };
    Json json{{"seed", plan.seed + static_cast<std::uint64_t>(index)},
              {"off_step", optional(record.off_step)},
              {"collapse_step", optional(record.collapse_step)}};
    for (const HorizonRecord& at : record.at) {
        for (const DriftMeasure* measure : sweep_measures())
            json[measure->name].push_back(at.drift.*(measure->value));  // not a number: null
        json["copy_psnr"].push_back(at.copy_psnr);
        json["actions_obeyed"].push_back(at.obeyed);
        Json within = Json::array();
        for (const auto& right : at.within) within.push_back(right ? Json(*right) : Json());  // not known: null
        json["within_1px"].push_back(std::move(within));
    }
    return json;
}

EpisodeRecord episode_of(const Json& json, const SweepPlan& plan) {
    auto optional = [&](const char* key) {
        return json.at(key).is_null() ? std::nullopt : std::optional<int>(json.at(key).get<int>());
    };
    EpisodeRecord record{{}, optional("off_step"), optional("collapse_step")};
    for (std::size_t h = 0; h < plan.sweep.horizons.size(); ++h) {
        HorizonRecord at;
        for (const DriftMeasure* measure : sweep_measures())
            if (json.contains(measure->name))  // a sweep of before has not all of them
                if (const auto& value = json.at(measure->name).at(h); !value.is_null())
                    at.drift.*(measure->value) = value.get<double>();
        at.copy_psnr = json.at("copy_psnr").at(h), at.obeyed = json.at("actions_obeyed").at(h);
        for (const auto& right : json.at("within_1px").at(h))
            at.within.push_back(right.is_null() ? std::nullopt : std::optional(right.get<bool>()));
        at.within.resize(plan.sweep.objects.size());
        record.at.push_back(std::move(at));
    }
    return record;
}

std::string missing_name(const SweepPlan& plan, const SweepUnit& unit) {
    return fmt::format("{}, episodes {} to {}",
                       point_name(plan.sweep.axes, plan.sweep.points[static_cast<std::size_t>(unit.point)]),
                       unit.first + 1, unit.first + unit.count);
}

}  // namespace

void SweepPlan::fill() {
    sweep.points = cross(base, sweep.axes);
    sweep.units = sweep_units(sweep.points, episodes, batch);
}

SweepPlan read_plan(const fs::path& folder) {
    return read_json(folder / sweep_json, [&](const Json& json) { return plan_of(folder / sweep_json, json); });
}

void expect_same_sweep(const fs::path& folder, const SweepPlan& plan) {
    read_json(folder / sweep_json, [&](const Json& json) { expect_same(folder / sweep_json, plan_json(plan), json); });
}

void claim_folder(const fs::path& folder, const SweepPlan& plan) {
    std::error_code failure;
    fs::create_directories(folder / "units", failure);
    if (failure) throw Error(folder, "expected a folder that can be written, found none (" + failure.message() + ")");
    if (fs::exists(folder / sweep_json)) expect_same_sweep(folder, plan);
    else write_file(folder / sweep_json, plan_json(plan).dump(2) + "\n");
}

void write_unit(const fs::path& folder, const SweepPlan& plan, const SweepUnit& unit, const DoneUnit& done) {
    const auto& point = plan.sweep.points[static_cast<std::size_t>(unit.point)];
    Json json{{"sweep", plan_json(plan)},
              {"settings", settings_json(point.settings)},
              {"device", done.device},
              {"episodes", Json::array()}};
    for (std::size_t e = 0; e < done.episodes.size(); ++e)
        json["episodes"].push_back(episode_json(plan, unit.first + static_cast<int>(e), done.episodes[e]));
    write_file(unit_file(folder, unit), json.dump() + "\n");
}

std::optional<DoneUnit> read_unit(const fs::path& folder, const SweepPlan& plan, const SweepUnit& unit) {
    auto file = unit_file(folder, unit);
    if (!fs::exists(file)) return std::nullopt;
    return read_json(file, [&](const Json& json) {
        expect_same(file, plan_json(plan), json.at("sweep"));
        DoneUnit done{{}, json.at("device")};
        for (const auto& episode : json.at("episodes")) done.episodes.push_back(episode_of(episode, plan));
        if (static_cast<int>(done.episodes.size()) != unit.count)
            throw Error(file, "expected " + std::to_string(unit.count) + " episodes, found " +
                                  std::to_string(done.episodes.size()));
        return std::optional(std::move(done));
    });
}

DoneSweep read_done(const std::vector<fs::path>& folders, const SweepPlan& plan) {
    DoneSweep all;
    all.units.resize(plan.sweep.units.size());
    for (std::size_t u = 0; u < all.units.size(); ++u) {
        std::optional<DoneUnit> unit;
        for (std::size_t f = 0; f < folders.size() && !unit; ++f)
            unit = read_unit(folders[f], plan, plan.sweep.units[u]);
        if (!unit) {
            all.missing.push_back(missing_name(plan, plan.sweep.units[u]));
            continue;
        }
        if (std::find(all.devices.begin(), all.devices.end(), unit->device) == all.devices.end())
            all.devices.push_back(unit->device);
        all.units[u] = std::move(unit->episodes);
    }
    return all;
}

void write_results(const fs::path& folder, const SweepPlan& plan, const SweepTable& table,
                   const std::vector<std::string>& missing, const std::vector<std::string>& devices) {
    Json json{{"sweep", plan_json(plan)}, {"devices", devices}, {"missing", missing}, {"points", Json::array()}};
    for (const auto& row : table.rows) {
        const auto& point = plan.sweep.points[static_cast<std::size_t>(row.point)];
        if (row.horizon == plan.sweep.horizons.front()) {
            Json varied = Json::object();
            for (std::size_t a = 0; a < plan.sweep.axes.size(); ++a)
                varied[plan.sweep.axes[a].field->name] = point.values[a];
            json["points"].push_back(
                {{"varied", varied}, {"episodes", row.episodes}, {"horizons", plan.sweep.horizons}});
        }
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            Json& measure = json["points"].back()[table.columns[c]];
            const Estimate& estimate = row.estimates[c];
            measure["value"].push_back(estimate.value), measure["lo"].push_back(estimate.low),
                measure["hi"].push_back(estimate.high);
        }
    }
    write_file(folder / "results.json", json.dump(1) + "\n");
    write_file(folder / "results.csv", to_csv(plan.sweep, table));
}

}  // namespace drift
