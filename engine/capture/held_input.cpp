#include "capture/held_input.h"

namespace drift {

void HeldInput::add(const InputEvent& event) {
    using What = InputEvent::What;
    if (event.what == What::focus) focus_ = true;
    if (!focus_) return;
    Change change{event.time + lag_, 0, 0, 0, 0};
    const std::uint32_t bit =
        event.button >= 0 && event.button < static_cast<int>(most_buttons) ? std::uint32_t{1} << event.button : 0;
    switch (event.what) {
        case What::press: change.down = bit; break;
        case What::release: change.up = bit; break;
        case What::motion: change.x = event.x, change.y = event.y; break;
        case What::focus: return;
        case What::focus_lost:
            focus_ = false;
            change.up = ~std::uint32_t{0};
            break;
        case What::pause_key: paused_ = !paused_; return;
    }
    changes_.push_back(change);
}

HeldStep HeldInput::until(double time) {
    HeldStep step{held_, 0, 0};
    for (; !changes_.empty() && changes_.front().time < time; changes_.pop_front()) {
        const Change& change = changes_.front();
        held_ = (held_ | change.down) & ~change.up;
        step.held |= held_;
        step.mouse_x += change.x, step.mouse_y += change.y;
    }
    return step;
}

}  // namespace drift
