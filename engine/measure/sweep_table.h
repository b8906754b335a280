// What a sweep found: every measure at every point and horizon, with its interval over episodes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measure/episodes.h"
#include "measure/sweep.h"

namespace drift {

// drift_measures() without the main lane's: in a sweep each dream is a main lane.
std::vector<const DriftMeasure*> sweep_measures();

// A mean (or median) over the episodes whose value is known, and its 95 % bootstrap interval. Not a number where none is known.
struct Estimate {
    double value = Drift::unknown, low = Drift::unknown, high = Drift::unknown;
};

struct SweepTable {
    struct Row {
        int point = 0, horizon = 0, episodes = 0;
        std::vector<Estimate> estimates;  // one for each column
    };
    std::vector<std::string> columns;  // sweep_measures(), then those listed at sweep_table()
    std::vector<Row> rows;             // by point, then horizon; a point without episodes has none

    std::optional<std::size_t> column(std::string_view name) const;
};

// The episodes of each point, by their number; those that are not done are missing.
using EpisodesByNumber = std::map<int, EpisodeRecord>;
std::vector<EpisodesByNumber> episodes_of_points(const Sweep& sweep,
                                                 const std::vector<std::vector<EpisodeRecord>>& done);

// `done` holds the records of each of the sweep's units, none where it is not done. Beside sweep_measures() the columns are
//   copy_psnr        dB, of repeating the last real frame
//   within_1px_NAME  share of episodes in which that object stands within 1 px of the truth at the horizon; within_1px_all: in which all do
//   obeyed_so_far    share of actions obeyed up to the horizon; unreadable counts as not, unless all of the episode is
//   collapsed_so_far share of episodes that had begun to collapse by the horizon
//   off_step         median over episodes of the first step at which an object is more than 1 px off, the same at each horizon;
//                    an episode that is never off counts as the last horizon + 1
SweepTable sweep_table(const Sweep& sweep, const std::vector<std::vector<EpisodeRecord>>& done);

// Settings, horizon, episodes, then NAME, NAME_lo, NAME_hi for each column; unknown is left empty. Six digits.
std::string to_csv(const Sweep& sweep, const SweepTable& table);

}  // namespace drift
