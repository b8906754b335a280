// Keys and mouse from the UI thread to the step: a tap shorter than a step lands in exactly one step, and no motion of a play that runs is lost.
#pragma once

#include <algorithm>
#include <bitset>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
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
        rivals_ = actions.rivals;
        proposal_.reset();
    }
    // `at`: when the key's event came.
    void press(int button, Clock::time_point at = Clock::now()) {
        change(at, [&] {
            if (!known(button) || held_[place(button)]) return false;  // the system's key repeat is no new tap
            tapped_.set(place(button)), tapped_since_.set(place(button));
            held_.set(place(button));
            std::erase(pressed_, button);
            pressed_.push_back(button);
            return true;
        });
    }
    void release(int button, Clock::time_point at = Clock::now()) {
        change(at, [&] {
            const bool was = known(button) && held_[place(button)];
            if (was) held_.reset(place(button));
            return was;
        });
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
        if (still) proposal_.reset(), oldest_.reset(), newer_.reset();
    }
    void release_all() {
        change(Clock::now(), [&] {
            held_.reset(), tapped_.reset(), tapped_since_.reset();
            motion_.clear();
            pressed_.clear();
            return true;
        });
        std::lock_guard lock(mutex_);
        oldest_.reset(), newer_.reset(), proposal_.reset();
    }
    // The action of this step. Of worlds that take one button at a time: keys tapped and let go since the last step come first, then what is
    // held. Of others: all of them, but of rivals the one that was pressed first. Where one was proposed and that holds, it is that one.
    Action take(Clock::time_point now = Clock::now()) {
        std::lock_guard lock(mutex_);
        forget(now);
        if (!proposal_) propose_now(now);
        const Proposal taken = *std::exchange(proposal_, std::nullopt);
        // What came since belongs to the next step.
        tapped_ &= tapped_since_;
        motion_.erase(motion_.begin(),
                      motion_.begin() + static_cast<std::ptrdiff_t>(std::min(taken.motions, motion_.size())));
        std::erase_if(pressed_, [&](int button) { return !held_[place(button)] && !tapped_[place(button)]; });
        answered_ = taken.oldest;
        oldest_ = newer_;
        newer_.reset();
        return taken.action;
    }
    // What take() would say now. It will say so, if no key says otherwise until `due`; `changed` is told of one that does.
    Action propose(Clock::time_point due, Clock::time_point now = Clock::now()) {
        std::lock_guard lock(mutex_);
        forget(now);
        propose_now(due);
        return proposal_->action;
    }
    // Called on the thread of whoever pressed a key. Set before anybody does.
    void set_changed(std::function<void()> changed) { changed_ = std::move(changed); }
    // When the oldest key event came that the last action is an answer to; nullopt: none did, or it was asked already.
    std::optional<Clock::time_point> answered() {
        std::lock_guard lock(mutex_);
        return std::exchange(answered_, std::nullopt);
    }

private:
    using Buttons = std::bitset<buttons>;
    struct Proposal {
        Action action;
        Clock::time_point due;
        std::size_t motions = 0;
        std::optional<Clock::time_point> oldest;
    };
    static constexpr bool known(int button) { return button >= 0 && button < buttons; }
    static constexpr std::size_t place(int button) { return static_cast<std::size_t>(button); }

    template <class Key>
    void change(Clock::time_point at, Key key) {
        bool other = false;
        {
            std::lock_guard lock(mutex_);
            if (!key()) return;
            if (!oldest_) oldest_ = at;
            const bool in_time = proposal_ && at < proposal_->due;
            if (in_time && action() != proposal_->action) {
                proposal_.reset(), other = true;
            } else if (in_time) {  // this step has it, though it changes nothing
                tapped_since_.reset();
                if (!proposal_->oldest) proposal_->oldest = at;
            } else if (!newer_) {
                newer_ = at;
            }
        }
        if (other && changed_) changed_();
    }
    void propose_now(Clock::time_point due) {
        tapped_since_.reset(), newer_.reset();
        proposal_ = Proposal{action(), due, motion_.size(), oldest_};
    }
    Action action() const {
        const Buttons released = tapped_ & ~held_, wanted = together_ || released.none() ? held_ | released : released;
        std::uint64_t taken = 0;
        std::vector<int> beyond;  // the bits of an action
        for (int button : pressed_) {
            if (!wanted[place(button)]) continue;
            if (button >= Action::bits) {
                beyond.push_back(button);
                continue;
            }
            const std::uint64_t bit = std::uint64_t{1} << button;
            bool beaten = std::any_of(rivals_.begin(), rivals_.end(),
                                      [&](std::uint64_t group) { return (group & bit) && (group & taken); });
            if (!beaten) taken |= bit;
        }
        double x = 0, y = 0;
        for (const Motion& motion : motion_) x += motion.x, y += motion.y;
        Action action{taken, whole(x), whole(y)};
        if (!beyond.empty() && !together_)
            action =
                taken == 0 && beyond.size() == 1 ? Action::of(beyond.front()) : Action{};  // several cancel each other
        return action;
    }
    void forget(Clock::time_point now) {
        while (still_ && !motion_.empty() && motion_.front().at + recent < now) motion_.pop_front();
    }
    static std::int16_t whole(double motion) {
        return static_cast<std::int16_t>(std::lround(std::clamp(motion, -32767.0, 32767.0)));
    }

    std::mutex mutex_;
    Buttons held_, tapped_, tapped_since_;  // since the last step, and since the proposal
    std::vector<int> pressed_;              // in their order
    std::vector<std::uint64_t> rivals_;
    bool together_ = false;  // several buttons count at once
    struct Motion {
        Clock::time_point at;
        double x, y;
    };
    std::deque<Motion> motion_;  // since the last step
    bool still_ = false;
    std::optional<Proposal> proposal_;
    std::optional<Clock::time_point> oldest_, newer_, answered_;  // events since the last step, since the proposal
    std::function<void()> changed_;
};

}  // namespace drift
