// What the last steps cost and how far they drifted: figures and plots for the panels, from Steps alone.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "core/step.h"

namespace drift {

class Meters {
public:
    static constexpr std::size_t kept = 300;

    // A step has come to the screen at `now`, in seconds of any monotonic clock. An opening begins the truth's figures anew.
    void add(const Step& step, double now);
    // Time stood still: the rate must not count the gap.
    void pause() { arrivals_.clear(); }

    // Steps a second over the last two seconds; 0 where there is too little to say.
    double rate(double now) const;
    // Milliseconds of a step that a share of the last steps stayed within: 0.5, 0.99. 0 where there are none.
    double step_ms(double share) const;
    double call_ms() const;      // median, of one network call
    double psnr_now() const { return psnr_.empty() ? 0 : psnr_.back(); }
    double psnr_mean() const { return measured_ > 0 ? psnr_sum_ / static_cast<double>(measured_) : 0; }  // of this episode
    const std::vector<float>& step_times() const { return times_; }  // ms, oldest first, at most `kept`
    const std::vector<float>& psnr() const { return psnr_; }         // dB, of this episode, oldest first, at most `kept`

private:
    std::deque<double> arrivals_;
    std::vector<float> times_, calls_, psnr_;
    double psnr_sum_ = 0;
    std::size_t measured_ = 0;
};

}  // namespace drift
