#include "player/meters.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace drift {
namespace {

constexpr double window_seconds = 2;

void push(std::vector<float>& values, double value) {
    if (values.size() == Meters::kept) values.erase(values.begin());
    values.push_back(static_cast<float>(value));
}

double quantile(std::vector<float> values, double share) {
    if (values.empty()) return 0;
    auto rank = static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<std::size_t>(rank)];
}

}  // namespace

void Meters::add(const Step& step, double now) {
    if (step.kind == Step::Kind::recalled || step.kind == Step::Kind::loaded) return;
    if (step.index == 0) return;
    arrivals_.push_back(now);
    // Three are enough to say something, however slowly they came.
    while (arrivals_.size() > 3 && arrivals_.front() < now - window_seconds) arrivals_.pop_front();
    push(times_, step.seconds * 1000);
    push(truths_, step.truth_seconds * 1000);
    if (step.calls > 0) push(calls_, step.seconds * 1000 / step.calls);
}

double Meters::rate(double now) const {
    if (arrivals_.size() < 3) return 0;
    double age = now - arrivals_.back();
    double span = arrivals_.back() - arrivals_.front();
    double steps = static_cast<double>(arrivals_.size() - 1);
    if (span <= 0) return 0;
    double rate = steps / span;
    // A step that is late by more than two of the usual gaps: the rate falls while one looks at it.
    return age > 2 / rate ? (steps + 1) / (span + age) : rate;
}

double Meters::step_ms(double share) const { return quantile(times_, share); }
void Meters::answer(double ms) { push(answers_, ms); }
double Meters::answer_ms(double share) const { return quantile(answers_, share); }
double Meters::call_ms() const { return quantile(calls_, 0.5); }

Meters::Recent Meters::recent() const {
    constexpr std::size_t most = 9;
    Recent recent;
    if (const auto count = static_cast<std::ptrdiff_t>(std::min(calls_.size(), most)); count > 0)
        recent.call_ms = std::accumulate(calls_.end() - count, calls_.end(), 0.0) / static_cast<double>(count);
    // A gap ends with the frame that it brought.
    if (arrivals_.size() < 2 || times_.empty()) return recent;
    const auto gaps = static_cast<std::ptrdiff_t>(std::min({arrivals_.size() - 1, times_.size(), most}));
    const double all = (arrivals_.back() - *(arrivals_.end() - 1 - gaps)) * 1000,
                 calls = std::accumulate(times_.end() - gaps, times_.end(), 0.0);
    recent.beside_ms = std::max(0.0, (all - calls) / static_cast<double>(gaps));
    recent.truth_ms = std::accumulate(truths_.end() - gaps, truths_.end(), 0.0) / static_cast<double>(gaps);
    return recent;
}

}  // namespace drift
