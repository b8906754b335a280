#include "data/frame_facts.h"

#include <algorithm>
#include <cstdlib>

namespace drift {
namespace {

constexpr float least_jump = 16, usual_times = 10;  // levels; times the median change that is one
constexpr std::uint64_t fnv_begin = 14695981039346656037u, fnv_times = 1099511628211u;

}  // namespace

void FrameWatch::see(const Frame& frame) {
    std::uint64_t sum = 0, hash = facts_.frames == 0 ? fnv_begin : facts_.fingerprint;
    std::uint8_t peak = 0;
    for (std::uint8_t level : frame.rgb) sum += level, hash = (hash ^ level) * fnv_times, peak = std::max(peak, level);
    facts_.fingerprint = hash, facts_.peak = std::max(facts_.peak, int{peak});
    const double mean = static_cast<double>(sum) / static_cast<double>(std::max<std::size_t>(frame.rgb.size(), 1));
    sum_ += mean;
    facts_.darkest = facts_.frames == 0 ? mean : std::min(facts_.darkest, mean);
    facts_.brightest = std::max(facts_.brightest, mean);
    if (facts_.frames > 0 && frame.rgb.size() == last_.rgb.size()) {
        std::uint64_t change = 0;
        for (std::size_t i = 0; i < frame.rgb.size(); ++i)
            change += static_cast<std::uint64_t>(std::abs(int{frame.rgb[i]} - int{last_.rgb[i]}));
        changes_.push_back(static_cast<float>(change) / static_cast<float>(frame.rgb.size()));
        still_ = change == 0 ? still_ + 1 : 1;
        facts_.repeated += change == 0 ? 1 : 0;
        if (still_ > facts_.longest_still)
            facts_.longest_still = still_, facts_.still_from = facts_.frames + 1 - still_;
    } else {
        changes_.push_back(0);
    }
    ++facts_.frames;
    last_ = frame;
}

FrameFacts FrameWatch::facts() const {
    FrameFacts facts = facts_;
    if (facts.frames == 0) return facts;
    facts.brightness = sum_ / static_cast<double>(facts.frames);
    std::vector<float> moved;
    for (float change : changes_)
        if (change > 0) moved.push_back(change);
    if (moved.empty()) return facts;
    const auto middle = moved.begin() + static_cast<std::ptrdiff_t>(moved.size() / 2);
    std::nth_element(moved.begin(), middle, moved.end());
    for (std::size_t i = 0; i < changes_.size(); ++i)
        if (changes_[i] > std::max(least_jump, usual_times * *middle)) facts.jumps.push_back(i);
    return facts;
}

}  // namespace drift
