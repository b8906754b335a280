#include "core/frames.h"

namespace drift {

std::vector<Frame> Frames::part(std::size_t first, std::size_t count) const {
    std::vector<Frame> frames;
    for (std::size_t i = first; i < first + count; ++i) frames.push_back((*this)[i]);
    return frames;
}

Frames Frames::cut_tail(std::size_t count) {
    const std::size_t kept = size() - count;
    Frames tail;
    if (read_) {
        tail = *this;
        tail.first_ += kept, tail.count_ = count, count_ = kept;
    } else {
        const auto cut = held_.begin() + static_cast<std::ptrdiff_t>(kept);
        tail.held_.assign(std::make_move_iterator(cut), std::make_move_iterator(held_.end()));
        held_.erase(cut, held_.end());
    }
    return tail;
}

}  // namespace drift
