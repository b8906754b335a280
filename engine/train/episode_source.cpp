#include "train/episode_source.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "core/noise.h"

namespace drift {
namespace {

constexpr float missed_from = 2.5f;  // pixels
constexpr float turned_from = 12;    // degrees
constexpr float nowhere = std::numeric_limits<float>::quiet_NaN();

// U8 [count, 3, H, W] on the host.
at::Tensor drawn(const Episode& episode, int first, int count) {
    Frame picture;
    at::Tensor interleaved;
    for (int i = 0; i < count; ++i) {
        episode.draw(first + i, picture);
        if (i == 0) interleaved = at::empty({count, picture.height, picture.width, 3}, at::kByte);
        std::copy(picture.rgb.begin(), picture.rgb.end(),
                  interleaved.data_ptr<std::uint8_t>() + static_cast<std::size_t>(i) * picture.rgb.size());
    }
    return interleaved.permute({0, 3, 1, 2});
}

}  // namespace

bool follows_truth(const Probe& dreamed, const Probe& real) {
    for (std::size_t i = 0; i < std::min(real.objects.size(), dreamed.objects.size()); ++i) {
        const auto &a = dreamed.objects[i], &b = real.objects[i];
        if (a.has_value() != b.has_value()) return false;
        if (b && (std::abs(a->x - b->x) > missed_from || std::abs(a->y - b->y) > missed_from)) return false;
    }
    return !real.heading ||
           (dreamed.heading && std::abs(std::remainder(*dreamed.heading - *real.heading, 360.0f)) < turned_from);
}

EpisodePictures::EpisodePictures(std::shared_ptr<const Episode> episode, at::Device device)
    : episode_(std::move(episode)) {
    if (!device.is_cpu()) held_ = drawn(*episode_, 0, episode_->frames()).to(device).contiguous();
}

at::Tensor EpisodePictures::segment(int first, int count) const {
    return held_.defined() ? held_.narrow(0, first, count) : drawn(*episode_, first, count);
}

at::Tensor objects_of(const Episode& episode, int first, int count, Located located) {
    constexpr Point none{nowhere, nowhere};
    const auto entrances = located == Located::entrances_too ? episode.entrances() : std::vector<std::vector<Point>>();
    std::vector<float> places;
    auto put = [&](const Point& place) { places.push_back(place.x), places.push_back(place.y); };
    for (int i = 0; i < count; ++i) {
        const auto seen = episode.objects(first + i);
        for (std::size_t o = 0; o < seen.size(); ++o) {
            put(seen[o].value_or(none));
            for (std::size_t e = 0; e < most_entrances && o < entrances.size(); ++e)
                put(!seen[o] && e < entrances[o].size() ? entrances[o][e] : none);
        }
    }
    return at::tensor(places, at::kFloat).view({count, static_cast<std::int64_t>(places.size()) / (2 * count), 2});
}

std::vector<EpisodePictures> pictures_of(const EpisodeSet& set, at::Device device) {
    std::vector<EpisodePictures> all;
    for (const auto& episode : set.episodes) all.emplace_back(episode, device);
    return all;
}

Batch draw_batch(const EpisodeSet& set, std::span<const EpisodePictures> pictures, std::uint64_t seed,
                 std::uint64_t step, int batch, int context_frames, int k, double rare_share, Located located) {
    const int frames = context_frames + 1 + k;
    std::vector<at::Tensor> segments, objects;
    std::vector<std::int64_t> actions;
    for (int b = 0; b < batch; ++b) {
        NoiseKey key{seed, step, static_cast<std::uint32_t>(b)};
        auto draw = [&](std::uint32_t i, std::size_t below) {
            return static_cast<int>(random_bits(key, draw_index(Draw::data, 4), i) % below);
        };
        int e = draw(0, set.episodes.size());
        int start = 0;
        bool rare = !set.rare.empty() && b < static_cast<int>(rare_share * batch);
        if (rare) {
            const auto& places = std::next(set.rare.begin(), draw(4, set.rare.size()))->second;
            const auto& place = places[static_cast<std::size_t>(draw(1, places.size()))];
            e = place.episode;
            start =
                place.frame - context_frames - (draw(2, static_cast<std::size_t>(k + 1 + place.after)) - place.after);
        }
        const EpisodePictures& played = pictures[static_cast<std::size_t>(e)];
        int last_start = played.episode().frames() - frames;
        start = rare ? std::clamp(start, 0, last_start) : draw(3, static_cast<std::size_t>(last_start + 1));
        segments.push_back(played.segment(start, frames));
        if (located != Located::nothing)
            objects.push_back(objects_of(played.episode(), start + context_frames - 1, 2 + k, located));
        for (int i = 0; i + 1 < frames; ++i) actions.push_back(played.episode().action(start + i));
    }
    auto all = at::stack(segments).contiguous();
    return {all, at::tensor(actions, at::kLong).view({batch, frames - 1}), all.slice(1, 0, context_frames),
            objects.empty() ? at::Tensor() : at::stack(objects)};
}

}  // namespace drift
