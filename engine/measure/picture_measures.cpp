#include "measure/picture_measures.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "core/error.h"

namespace drift {
namespace {

constexpr int window = smallest_for_ssim, radius = window / 2;

struct Plane {
    int width, height;
    std::vector<float> values;
    float at(int x, int y) const { return values[static_cast<std::size_t>(y) * width + x]; }
};

Plane luma(const Frame& frame) {
    Plane plane{frame.width, frame.height, {}};
    plane.values.reserve(static_cast<std::size_t>(frame.width) * frame.height);
    for (std::size_t i = 0; i < frame.rgb.size(); i += 3)
        plane.values.push_back(0.299f * frame.rgb[i] + 0.587f * frame.rgb[i + 1] + 0.114f * frame.rgb[i + 2]);
    return plane;
}

const std::array<float, window>& gaussian() {
    static const auto weights = [] {
        std::array<float, window> w;
        float sum = 0;
        for (int i = 0; i < window; ++i)
            sum += w[i] = std::exp(-0.5f * static_cast<float>((i - radius) * (i - radius)) / (1.5f * 1.5f));
        for (float& each : w) each /= sum;
        return w;
    }();
    return weights;
}

// Windowed mean of a b, where the window fits: columns are summed first, then rows.
Plane windowed(const Plane& a, const Plane* b) {
    const auto& w = gaussian();
    Plane columns{a.width, a.height - window + 1,
                  std::vector<float>(static_cast<std::size_t>(a.width) * (a.height - window + 1))};
    for (int y = 0; y < columns.height; ++y)
        for (int i = 0; i < window; ++i) {
            const float* row = &a.values[static_cast<std::size_t>(y + i) * a.width];
            const float* other = b ? &b->values[static_cast<std::size_t>(y + i) * a.width] : nullptr;
            float* into = &columns.values[static_cast<std::size_t>(y) * a.width];
            for (int x = 0; x < a.width; ++x) into[x] += w[i] * row[x] * (other ? other[x] : 1.0f);
        }
    Plane both{a.width - window + 1, columns.height,
               std::vector<float>(static_cast<std::size_t>(a.width - window + 1) * columns.height)};
    for (int y = 0; y < both.height; ++y)
        for (int i = 0; i < window; ++i)
            for (int x = 0; x < both.width; ++x)
                both.values[static_cast<std::size_t>(y) * both.width + x] += w[i] * columns.at(x + i, y);
    return both;
}

void expect_same_size(const Frame& a, const Frame& b, const char* measure) {
    if (a.width != b.width || a.height != b.height || a.empty())
        throw Error(std::string(measure) + ": expected two pictures of one size, found " + std::to_string(a.width) +
                    "x" + std::to_string(a.height) + " and " + std::to_string(b.width) + "x" +
                    std::to_string(b.height));
}

}  // namespace

double ssim(const Frame& a, const Frame& b) {
    expect_same_size(a, b, "SSIM");
    if (a.width < window || a.height < window)
        throw Error("SSIM: expected at least 11x11 pixels, found " + std::to_string(a.width) + "x" +
                    std::to_string(a.height));
    constexpr double c1 = (0.01 * 255) * (0.01 * 255), c2 = (0.03 * 255) * (0.03 * 255);
    auto x = luma(a), y = luma(b);
    auto mean_x = windowed(x, nullptr), mean_y = windowed(y, nullptr);
    auto xx = windowed(x, &x), yy = windowed(y, &y), xy = windowed(x, &y);
    double sum = 0;
    for (std::size_t i = 0; i < xx.values.size(); ++i) {
        double mx = mean_x.values[i], my = mean_y.values[i];
        double vx = xx.values[i] - mx * mx, vy = yy.values[i] - my * my, covariance = xy.values[i] - mx * my;
        sum += (2 * mx * my + c1) * (2 * covariance + c2) / ((mx * mx + my * my + c1) * (vx + vy + c2));
    }
    return sum / static_cast<double>(xx.values.size());
}

double moving_psnr(const Frame& dream, const Frame& truth, const Frame& before) {
    for (const Frame* other : {&dream, &before})
        if (other->width != truth.width || other->height != truth.height)
            throw Error("PSNR of what moves: expected frames of equal size, found others");
    double sum = 0;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < truth.rgb.size(); i += 3) {
        bool moved = false;
        for (std::size_t c = i; c < i + 3; ++c) moved = moved || std::abs(truth.rgb[c] - before.rgb[c]) > moved_levels;
        if (!moved) continue;
        for (std::size_t c = i; c < i + 3; ++c) {
            const double off = dream.rgb[c] - truth.rgb[c];
            sum += off * off;
        }
        bytes += 3;
    }
    if (bytes == 0) return std::numeric_limits<double>::quiet_NaN();
    if (sum == 0) return psnr_ceiling;
    return std::min(psnr_ceiling, 10 * std::log10(255.0 * 255.0 * static_cast<double>(bytes) / sum));
}

double sharpness(const Frame& frame) {
    auto plane = luma(frame);
    double sum = 0;
    for (int y = 0; y + 1 < plane.height; ++y)
        for (int x = 0; x + 1 < plane.width; ++x)
            sum += std::hypot(plane.at(x + 1, y) - plane.at(x, y), plane.at(x, y + 1) - plane.at(x, y));
    int places = (plane.width - 1) * (plane.height - 1);
    return places > 0 ? sum / places : 0;
}

ColourHistogram colour_histogram(const Frame& frame) {
    ColourHistogram histogram{};
    const float share = frame.empty() ? 0.0f : 3.0f / static_cast<float>(frame.rgb.size());
    for (std::size_t i = 0; i < frame.rgb.size(); i += 3)
        histogram[(frame.rgb[i] >> 6) * 16u + (frame.rgb[i + 1] >> 6) * 4u + (frame.rgb[i + 2] >> 6)] += share;
    return histogram;
}

double histogram_distance(const ColourHistogram& a, const ColourHistogram& b) {
    double common = 0;
    for (std::size_t i = 0; i < a.size(); ++i) common += std::min(a[i], b[i]);
    return 1 - common;
}

double motion(const Frame& before, const Frame& after) {
    expect_same_size(before, after, "motion");
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < before.rgb.size(); ++i)
        sum += static_cast<std::uint64_t>(std::abs(before.rgb[i] - after.rgb[i]));
    return static_cast<double>(sum) / static_cast<double>(before.rgb.size());
}

std::vector<float> standard_deviation(std::span<const Frame> frames) {
    std::vector<float> deviation;
    if (frames.empty()) return deviation;
    deviation.resize(frames.front().rgb.size());
    const double n = static_cast<double>(frames.size());
    for (std::size_t k = 0; k < deviation.size(); ++k) {
        double mean = 0, square = 0;
        for (const Frame& frame : frames) {
            const double value = frame.rgb[k];
            mean += value / n, square += value * value / n;
        }
        deviation[k] = static_cast<float>(std::sqrt(std::max(0.0, square - mean * mean)));
    }
    return deviation;
}

}  // namespace drift
