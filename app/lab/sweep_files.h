// A sweep's folder: sweep.json says what it is, units/ holds what is done of it, one file each, results.* what came out.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "measure/sweep.h"
#include "measure/sweep_table.h"

namespace drift {

// All that decides a sweep's figures.
struct SweepPlan {
    std::string world, weights, game, policy;
    SamplerSettings base;
    std::uint64_t seed = 0;
    int episodes = 0, batch = 0;
    Sweep sweep;

    void fill();  // points and units, from the rest
};

inline constexpr const char* sweep_json = "sweep.json";  // what a folder is the sweep of

struct DoneUnit {
    std::vector<EpisodeRecord> episodes;
    std::string device;
};

// Makes the folder one of this sweep. Throws Error where it holds another one, and says in what they differ.
void claim_folder(const std::filesystem::path& folder, const SweepPlan& plan);
SweepPlan read_plan(const std::filesystem::path& folder);
void expect_same_sweep(const std::filesystem::path& folder, const SweepPlan& plan);

// Whole or not at all; nullopt where it is not done yet. Throws Error where it is of another sweep.
void write_unit(const std::filesystem::path& folder, const SweepPlan& plan, const SweepUnit& unit,
                const DoneUnit& done);
std::optional<DoneUnit> read_unit(const std::filesystem::path& folder, const SweepPlan& plan, const SweepUnit& unit);

// What is done of a sweep, in any of its folders.
struct DoneSweep {
    std::vector<std::vector<EpisodeRecord>> units;  // none where it is missing
    std::vector<std::string> missing, devices;
};
DoneSweep read_done(const std::vector<std::filesystem::path>& folders, const SweepPlan& plan);

// results.csv and results.json; `missing` and `devices` are said in the latter.
void write_results(const std::filesystem::path& folder, const SweepPlan& plan, const SweepTable& table,
                   const std::vector<std::string>& missing, const std::vector<std::string>& devices);

}  // namespace drift
