// Steps on their way to the screen: the sender never waits. Where the screen sleeps the oldest lose their pictures, not their figures.
#pragma once

#include <cstddef>
#include <deque>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

#include "core/step.h"

namespace drift {

class StepFeed {
public:
    explicit StepFeed(std::size_t capacity = 256) : capacity_(capacity) {}

    void put(Step step) {
        std::lock_guard lock(mutex_);
        if (steps_.size() >= capacity_) strip(steps_[steps_.size() - capacity_]);
        steps_.push_back(std::move(step));
    }
    // All that is there, oldest first.
    std::vector<Step> drain() {
        std::lock_guard lock(mutex_);
        std::vector<Step> all(std::make_move_iterator(steps_.begin()), std::make_move_iterator(steps_.end()));
        steps_.clear();
        return all;
    }

private:
    static void strip(Step& step) {
        for (LaneStep& lane : step.lanes) lane.frame = {};
        step.truth = step.ghost = {};
        step.film.reset();
    }

    std::size_t capacity_;
    std::mutex mutex_;
    std::deque<Step> steps_;
};

}  // namespace drift
