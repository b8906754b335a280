// What the last frames cost: figures and plots for the panels, from Steps alone.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "core/step.h"

namespace drift {

class Meters {
public:
    static constexpr std::size_t kept = 300;

    // A step has come to the screen at `now`, in seconds of any monotonic clock. Openings and the past are not imagined, and cost nothing.
    void add(const Step& step, double now);
    // Time stood still: the rate must not count the gap.
    void pause() { arrivals_.clear(); }

    // Steps a second over the last two seconds, or the last three steps where these took longer; 0 where there is too little to say.
    double rate(double now) const;
    // Seconds since the last step; 0 where time stands still.
    double awaited(double now) const { return arrivals_.empty() ? 0 : now - arrivals_.back(); }
    // Milliseconds of a step that a share of the last steps stayed within: 0.5, 0.99. 0 where there are none.
    double step_ms(double share) const;
    double call_ms() const;  // median, of one network call
    // Means of the last frames, at most nine: what they cost as the settings are now.
    struct Recent {
        double call_ms = 0;    // of one network call; 0: none was made
        double beside_ms = 0;  // from one frame to the next besides the calls; waiting for the clock is among it
        double truth_ms = 0;   // of that, the real game's step
    };
    Recent recent() const;
    // A picture is on its way to the display: it is the first answer to a key event so long ago.
    void answer(double ms);
    // From a key's event to the swap of the first picture that answers it, ms, that a share of the last ones stayed within; 0: none was pressed.
    double answer_ms(double share) const;
    std::size_t answers() const { return answers_.size(); }
    const std::vector<float>& step_times() const { return times_; }  // ms, oldest first, at most `kept`

private:
    std::deque<double> arrivals_;
    std::vector<float> times_, calls_, truths_, answers_;
};

}  // namespace drift
