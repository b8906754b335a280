// The drift of all steps that were played, for plots, marks and the bar of time: figures and small pictures, from Steps alone.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "core/step.h"

namespace drift {

struct DriftSample {
    std::uint64_t position = 0, index = 0, episode = 0, seed = 0;
    int main = 0;                              // number of a lane
    std::vector<std::pair<int, Drift>> lanes;  // by number
    std::vector<std::string> marks;            // settings that changed before this step: "lane 2: steps 3 to 10"
    std::uint64_t line = 0;                    // which timeline: another one from where the last was left behind
    bool begins = true;  // not what the one before led on to: an opening, or a moment that was gone to
    Frame thumbnail;     // of every few steps

    const Drift* of(int lane) const;  // nullptr where there is none of that number
};

class DriftHistory {
public:
    static constexpr std::size_t kept = 20'000;  // 22 minutes at 15 steps a second
    static constexpr std::uint64_t thumbnail_every = 8;

    void add(const Step& step);

    const std::deque<DriftSample>& samples() const { return samples_; }
    const std::deque<DriftSample>& ghost() const { return ghost_; }  // the future that was left last
    std::uint64_t cursor() const { return cursor_; }                 // the position that is shown
    std::uint64_t first() const { return samples_.empty() ? 0 : samples_.front().position; }
    std::uint64_t end() const { return samples_.empty() ? 0 : samples_.back().position + 1; }
    const DriftSample* at(std::uint64_t position) const;  // nullptr where there is none
    // A lane in the episode that is shown, up to the frame that is shown, from where it was played without a gap.
    struct Episode {
        std::vector<float> psnr;  // dB, oldest first, the last `most`
        double mean = 0;          // of all of them; 0 where there is none
    };
    Episode episode(int lane, std::size_t most) const;
    const Frame* thumbnail(std::uint64_t position) const;  // the nearest at or before it

private:
    void mark_changes(DriftSample& sample, const Step& step);

    std::deque<DriftSample> samples_, ghost_;  // of consecutive positions
    std::uint64_t cursor_ = 0, line_ = 0;
    std::map<int, SamplerSettings> settings_;  // of the lanes of the step before
};

// Header and one line a lane and step, positions `first` to `last`.
void write_csv(std::ostream& out, const DriftHistory& history, std::uint64_t first, std::uint64_t last);

}  // namespace drift
