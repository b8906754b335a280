// Hands every value from one thread to another; none is lost. Bounded: a full queue makes the sender wait.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace drift {

template <class T>
class Queue {
public:
    explicit Queue(std::size_t capacity = static_cast<std::size_t>(-1)) : capacity_(capacity) {}

    // Waits while the queue is full. False, and nothing is queued, once it is closed.
    bool push(T value) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || values_.size() < capacity_; });
        if (closed_) return false;
        values_.push_back(std::move(value));
        changed_.notify_all();
        return true;
    }
    // Waits for a value. nullopt once the queue is closed and empty.
    std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closed_ || !values_.empty(); });
        if (values_.empty()) return std::nullopt;
        T value = std::move(values_.front());
        values_.pop_front();
        changed_.notify_all();
        return value;
    }
    // All that is there, without waiting.
    std::vector<T> drain() {
        std::lock_guard lock(mutex_);
        std::vector<T> all(std::make_move_iterator(values_.begin()), std::make_move_iterator(values_.end()));
        values_.clear();
        changed_.notify_all();
        return all;
    }
    void close() {
        std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

private:
    std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<T> values_;
    bool closed_ = false;
};

}  // namespace drift
