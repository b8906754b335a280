// Hands the newest value from one thread to another; older ones are forgotten.
#pragma once

#include <mutex>
#include <optional>
#include <utility>

namespace drift {

template <class T>
class Latest {
public:
    void put(T value) {
        std::lock_guard lock(mutex_);
        value_ = std::move(value);
    }
    // The newest value, once: nullopt until the next put.
    std::optional<T> take() {
        std::lock_guard lock(mutex_);
        return std::exchange(value_, std::nullopt);
    }

private:
    std::mutex mutex_;
    std::optional<T> value_;
};

}  // namespace drift
