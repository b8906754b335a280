// How a training went so far, and what may be said of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "measure/evaluate.h"

namespace drift {

struct TrainingCourse {
    // Means since the point before; not a number where no sample fell into a band of sigma.
    struct Losses {
        std::int64_t step = 0;
        double minutes = 0;
        std::array<double, 3> bands{};  // low, middle, high sigma
    };
    // An evaluation, dB at each horizon.
    struct Look {
        std::int64_t step = 0;
        double minutes = 0;
        std::vector<int> horizons;
        std::vector<double> held, copy;  // on play that is held out; of repeating the last real frame there
        std::vector<double> known;       // on play that is learned from; empty where every episode is a new one
    };
    static constexpr std::size_t most_losses = 400;
    std::vector<Losses> losses;
    std::vector<Look> looks;

    // Where there are more than `most_losses`, two neighbours become one.
    void add(const Losses& point);
    void add(std::int64_t step, double minutes, const Evaluation& held, const Evaluation* known = nullptr);
};

// Is it enough, is it learned by heart, is play missing? Sentences, the most important first; one at least.
// What they rest on are the evaluations, which are of the same episodes each time.
std::vector<std::string> advice(const TrainingCourse& course);

}  // namespace drift
