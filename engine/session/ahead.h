// Work that was begun before it was due, and ends as soon as what it was begun for is no longer so.
#pragma once

#include <mutex>
#include <stop_token>

namespace drift {

class Ahead {
public:
    // From here on drop() stops what this token is given to.
    std::stop_token begin() {
        std::lock_guard lock(mutex_);
        work_ = {};
        return work_.get_token();
    }
    void drop() {
        std::lock_guard lock(mutex_);
        work_.request_stop();
    }

private:
    std::mutex mutex_;
    std::stop_source work_;
};

}  // namespace drift
