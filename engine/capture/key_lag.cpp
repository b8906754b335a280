#include "capture/key_lag.h"

#include <algorithm>
#include <utility>

namespace drift {

void LagMeter::press(double time) {
    ++presses_;
    if (!pressed_ && seen_ && time - changed_ >= still) pressed_ = time;
}

void LagMeter::picture(double time, bool changed) {
    if (pressed_ && time - *pressed_ > longest) pressed_.reset();
    if (!seen_ || changed) changed_ = time;
    seen_ = true;
    if (!changed || !pressed_ || time < *pressed_) return;
    lags_.push_back(time - *pressed_);
    pressed_.reset();
}

KeyLag measure_key_lag(CapturedWindow& window, const std::function<bool(const LagMeter&)>& go_on) {
    constexpr double least = 0.004;
    LagMeter meter;
    HeldInput focus;  // presses elsewhere are none
    KeyLag found;
    Frame last;
    double first = 0, time = 0;
    std::size_t pictures = 0;
    while (go_on(meter)) {
        window.wait_until(time + least);
        const auto view = window.view();
        if (view == CapturedWindow::View::closed) {
            found.closed = true;
            break;
        }
        auto picture = view == CapturedWindow::View::seen ? window.picture() : std::nullopt;
        time = picture ? picture->time : window.now();
        // Presses and pictures in the order of their times: a press may have come while the picture was taken.
        std::vector<double> later;
        for (const InputEvent& event : window.take_events()) {
            focus.add(event);
            if (event.what != InputEvent::What::press || !focus.has_focus()) continue;
            if (event.time < time) meter.press(event.time);
            else later.push_back(event.time);
        }
        if (picture) {
            if (pictures++ == 0) first = time;
            meter.picture(time, picture->frame != last);
            last = std::move(picture->frame);
            found.between = (time - first) / static_cast<double>(std::max<std::size_t>(1, pictures - 1));
        }
        for (double pressed : later) meter.press(pressed);
    }
    found.lags = meter.lags(), found.presses = meter.presses();
    return found;
}

}  // namespace drift
