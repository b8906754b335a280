// A session as a data set to train on: the truth's frames and what was done, or a lane's.
#pragma once

#include <filesystem>
#include <optional>

#include "lab/options.h"

namespace drift {

struct DataSetExport {
    std::filesystem::path session;  // its log, or a master with the log beside it
    std::filesystem::path folder;   // a new data set, or one of the same game, which then gets more episodes
    std::optional<int> lane;        // from 0; nullopt: the truth
    WorldOptions world;             // that dreams the lane again; the log's own where none is named
};

// An episode for each stretch of play without a break: a new one begins where the session opened, went back, loaded or brought a lane back.
// Every frame is held against the log's hash first. Throws Error where the session has no truth (or lane), or does not give the same frames.
void export_data_set(const DataSetExport& what);

}  // namespace drift
