// How long it takes from a key to the picture that shows what it did.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "capture/captured_window.h"

namespace drift {

// Only a picture that stood still before the key tells: what changes next is taken for the key's doing. Where the picture moves by itself (most
// play) nothing is measured; a menu, or a game that waits for its first key, will do.
class LagMeter {
public:
    static constexpr double still = 0.25,
                            longest = 1;  // seconds without a change before the key; until the change is not the key's

    void press(double time);
    // As the window looked at that time: unlike the last time?
    void picture(double time, bool changed);
    std::size_t presses() const { return presses_; }
    const std::vector<double>& lags() const { return lags_; }  // seconds

private:
    double changed_ = 0;  // when it did last
    bool seen_ = false;
    std::optional<double> pressed_;
    std::size_t presses_ = 0;
    std::vector<double> lags_;
};

struct KeyLag {
    std::vector<double> lags;  // seconds
    std::size_t presses = 0;
    double between = 0;  // seconds from one picture to the next, on the whole: no lag is known more closely
    bool closed = false;
};
// Looks at the window as often as it can, up to 250 times a second, until `go_on` says no or the window closes.
KeyLag measure_key_lag(CapturedWindow& window, const std::function<bool(const LagMeter&)>& go_on);

}  // namespace drift
