#include "measure/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "core/noise.h"

namespace drift {

double mean(std::vector<double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double known_mean(std::vector<double> values) {
    std::erase_if(values, [](double value) { return std::isnan(value); });
    return values.empty() ? std::numeric_limits<double>::quiet_NaN() : mean(std::move(values));
}

double median(std::vector<double> values) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

std::pair<double, double> bootstrap_interval(const std::vector<double>& values,
                                             double (*statistic)(std::vector<double>)) {
    constexpr int resamples = 1000;
    if (values.empty()) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    std::vector<double> found, resample(values.size());
    for (int r = 0; r < resamples; ++r) {
        for (std::size_t i = 0; i < values.size(); ++i)
            resample[i] = values[random_bits({0, static_cast<std::uint64_t>(r), 0}, draw_index(Draw::data, 7),
                                             static_cast<std::uint32_t>(i)) %
                                 values.size()];
        found.push_back(statistic(resample));
    }
    std::sort(found.begin(), found.end());
    return {found[resamples * 25 / 1000], found[resamples * 975 / 1000 - 1]};
}

std::optional<double> area_under_roc(const std::vector<float>& score, const std::vector<bool>& wrong) {
    std::vector<std::size_t> order(score.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return score[a] < score[b]; });
    double ranks = 0, positive = 0;
    for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && score[order[j]] == score[order[i]]) ++j;
        for (std::size_t k = i; k < j; ++k)
            if (wrong[order[k]]) ranks += (static_cast<double>(i) + static_cast<double>(j) + 1) / 2, ++positive;
        i = j;
    }
    const double negative = static_cast<double>(order.size()) - positive;
    if (positive == 0 || negative == 0) return std::nullopt;
    return (ranks - positive * (positive + 1) / 2) / (positive * negative);
}

}  // namespace drift
