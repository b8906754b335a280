// When the next step is due. Plain arithmetic on a monotonic clock: a stall or a suspended computer is forgiven, not caught up.
#pragma once

#include <chrono>

namespace drift {

class Pacer {
public:
    using Clock = std::chrono::steady_clock;

    // `rate` in steps a second, 0: as fast as it goes. A change counts from the last step on.
    void set_rate(double rate) {
        period_ = rate > 0 ? std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / rate))
                           : Clock::duration::zero();
    }
    Clock::time_point due() const { return last_ + period_; }
    // A step begins now. Steps that come a little late keep the beat; later than a whole period and the beat starts anew.
    void step(Clock::time_point now) { last_ = now < due() + period_ ? due() : now; }
    // The beat starts now: after a pause, say.
    void restart(Clock::time_point now) { last_ = now; }

private:
    Clock::time_point last_{};
    Clock::duration period_{};
};

}  // namespace drift
