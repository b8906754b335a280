// Keys and mouse from the UI thread to the step: a tap shorter than a step lands in exactly one step, and no motion of a play that runs is lost.
#pragma once

#include <algorithm>
#include <bitset>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "core/action.h"

namespace drift {

class KeyLatch {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr int buttons = most_actions;
    static constexpr auto recent = std::chrono::milliseconds(250);

    // Whose actions these are from now on: do several buttons count at once, and which of them exclude each other?
    void begin(const ActionSpace& actions) {
        std::lock_guard lock(mutex_);
        together_ = actions.kind != ActionSpace::Kind::one;
        rivals_.assign(actions.rivals().begin(), actions.rivals().end());
    }
    void press(int button) {
        std::lock_guard lock(mutex_);
        if (!known(button) || held_[place(button)]) return;  // the system's key repeat is no new tap
        tapped_.set(place(button));
        held_.set(place(button));
        std::erase(pressed_, button);
        pressed_.push_back(button);
    }
    void release(int button) {
        std::lock_guard lock(mutex_);
        if (known(button)) held_.reset(place(button));
    }
    // Adds to the motion of the step that comes.
    void move(double x, double y, Clock::time_point now = Clock::now()) {
        std::lock_guard lock(mutex_);
        forget(now);
        motion_.push_back({now, x, y});
    }
    // While the play stands still only recent motion is kept: a hand that moved the mouse meanwhile does not fling the view around later.
    void stand_still(bool still, Clock::time_point now = Clock::now()) {
        std::lock_guard lock(mutex_);
        forget(now);
        still_ = still;
    }
    void release_all() {
        std::lock_guard lock(mutex_);
        held_.reset(), tapped_.reset();
        motion_.clear();
        pressed_.clear();
    }
    // The action of this step. Of worlds that take one button at a time: keys tapped and let go since the last step come first, then what is
    // held. Of others: all of them, but of rivals the one that was pressed first.
    Action take(Clock::time_point now = Clock::now()) {
        std::lock_guard lock(mutex_);
        forget(now);
        const Buttons released = tapped_ & ~held_, wanted = together_ || released.none() ? held_ | released : released;
        std::uint32_t taken = 0;
        std::vector<int> beyond;  // the bits of an action
        for (int button : pressed_) {
            if (!wanted[place(button)]) continue;
            if (button >= Action::bits) {
                beyond.push_back(button);
                continue;
            }
            const std::uint32_t bit = 1u << button;
            bool beaten = std::any_of(rivals_.begin(), rivals_.end(),
                                      [&](std::uint32_t group) { return (group & bit) && (group & taken); });
            if (!beaten) taken |= bit;
        }
        double x = 0, y = 0;
        for (const Motion& motion : motion_) x += motion.x, y += motion.y;
        Action action{taken, whole(x), whole(y)};
        if (!beyond.empty() && !together_)
            action =
                taken == 0 && beyond.size() == 1 ? Action::of(beyond.front()) : Action{};  // several cancel each other
        tapped_.reset();
        motion_.clear();
        std::erase_if(pressed_, [&](int button) { return !held_[place(button)]; });
        return action;
    }

private:
    using Buttons = std::bitset<buttons>;
    static constexpr bool known(int button) { return button >= 0 && button < buttons; }
    static constexpr std::size_t place(int button) { return static_cast<std::size_t>(button); }
    void forget(Clock::time_point now) {
        while (still_ && !motion_.empty() && motion_.front().at + recent < now) motion_.pop_front();
    }
    static std::int16_t whole(double motion) {
        return static_cast<std::int16_t>(std::lround(std::clamp(motion, -32767.0, 32767.0)));
    }

    std::mutex mutex_;
    Buttons held_, tapped_;
    std::vector<int> pressed_;  // in their order
    std::vector<std::uint32_t> rivals_;
    bool together_ = false;  // several buttons count at once
    struct Motion {
        Clock::time_point at;
        double x, y;
    };
    std::deque<Motion> motion_;  // since the last step
    bool still_ = false;
};

}  // namespace drift
