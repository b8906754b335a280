#include "train/dream_pool.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <iterator>
#include <numeric>
#include <sstream>
#include <utility>

#include "core/error.h"
#include "core/noise.h"
#include "model/bytes.h"
#include "model/sampling/sampler.h"

namespace drift {
namespace {

constexpr int episode_length = 1024, longest_k = 16;  // the truth is known so far ahead of the newest dreamed frame

// The place where an episode ends for a dream.
int end_of(const Episode& episode) { return episode.frames() - longest_k - 2; }

}  // namespace

int DreamPool::shortest_episode(int context_frames) { return context_frames + longest_k + 2; }

DreamPool::DreamPool(std::shared_ptr<const EpisodeSource> source, std::uint64_t seed, int dreams, int context_frames,
                     int lost_after, at::Device device)
    : source_(std::move(source)),
      seed_(seed),
      context_frames_(context_frames),
      lost_after_(lost_after),
      device_(device),
      dreams_(static_cast<std::size_t>(dreams)) {
    frames_ = at::empty({dreams, context_frames, 3, source_->height(), source_->width()},
                        at::TensorOptions(at::kByte).device(device_));
    for (std::size_t i = 0; i < dreams_.size(); ++i) {
        make_episode(i, 0);
        int spread = static_cast<int>(i * static_cast<std::size_t>(end_of(dreams_[i].episode()) - context_frames) /
                                      dreams_.size());
        stand(i, context_frames - 1 + spread);
    }
}

void DreamPool::make_episode(std::size_t dream, std::uint64_t number) {
    auto part = (number << 16 | dream) + (std::uint64_t{1} << 48);  // apart from the parts of plain segments
    dreams_[dream].number = number;
    auto set = source_->draw(seed_, part, 1, shortest_episode(context_frames_), episode_length + longest_k + 1);
    dreams_[dream].truth.emplace(set.episodes.front(), device_);
    dreams_[dream].rare.clear();
    for (const auto& [kind, places] : set.rare)
        for (const auto& place : places) dreams_[dream].rare.push_back({place.frame, kind});
}

std::map<int, std::vector<std::size_t>> DreamPool::before_events(const std::vector<std::size_t>& among,
                                                                 int frames) const {
    std::map<int, std::vector<std::size_t>> found;
    for (std::size_t i : among)
        for (const auto& [frame, kind] : dreams_[i].rare) {
            auto& such = found[kind];
            if (frame > dreams_[i].at && frame <= dreams_[i].at + frames && (such.empty() || such.back() != i))
                such.push_back(i);
        }
    std::erase_if(found, [](const auto& kind) { return kind.second.empty(); });
    return found;
}

void DreamPool::stand(std::size_t dream, int at) {
    auto& d = dreams_[dream];
    d.at = at, d.age = d.lost = 0;
    frames_[static_cast<std::int64_t>(dream)].copy_(d.truth->segment(at - context_frames_ + 1, context_frames_));
}

at::Tensor next_frames(const Denoiser& denoiser, const SamplerSettings& settings, const at::Tensor& frames,
                       const at::Tensor& actions) {
    at::NoGradGuard no_grad;
    Conditioning given;
    given.context = pixels_of_bytes(frames).flatten(1, 2);
    given.previous = given.context.slice(1, 3 * (frames.size(1) - 1));
    given.actions = actions;
    NoiseSource noise = [&](Draw, int, at::IntArrayRef shape) {
        return at::randn(shape, at::TensorOptions(frames.device()));
    };
    return bytes_of_pixels(
        sample(denoiser, given, start_frame(settings, given.previous, noise), sigmas(settings), settings, noise));
}

void DreamPool::advance(const Imagine& imagine) {
    const auto n = frames_.size(0), t = frames_.size(1);
    std::vector<std::int64_t> taken;
    for (std::int64_t i = 0; i < n; ++i) {
        const auto& d = dreams_[static_cast<std::size_t>(i)];
        for (std::int64_t j = 0; j < t; ++j)
            taken.push_back(d.episode().action(d.at - static_cast<int>(t) + 1 + static_cast<int>(j)));
    }
    auto dreamed = imagine(frames_, at::tensor(taken, at::kLong).view({n, t}).to(device_)).unsqueeze(1);
    frames_ = at::cat({frames_.slice(1, 1), dreamed}, 1).contiguous();

    const auto newest = dreamed.to(at::kCPU);  // waits for the device: what a dream shows decides what is learned next
    for (std::size_t i = 0; i < dreams_.size(); ++i) {
        auto& d = dreams_[i];
        ++d.at, ++d.age;
        d.lost = d.episode().follows(d.at, frame_of_bytes(newest[static_cast<std::int64_t>(i)][0])) ? 0 : d.lost + 1;
        if (d.at >= end_of(d.episode())) {
            make_episode(i, d.number + 1);
            stand(i, context_frames_ - 1);
        } else if (d.lost >= lost_after_) {
            stand(i, d.at);
        }
    }
}

Batch DreamPool::draw(std::uint64_t seed, std::uint64_t step, int n, int k, double rare_share, Located located) {
    if (k > longest_k || n > static_cast<int>(dreams_.size()))
        throw Error("training: expected segments of at most " + std::to_string(longest_k) +
                    " own frames from at most " + std::to_string(dreams_.size()) + " dreams, found " +
                    std::to_string(k) + " from " + std::to_string(n));
    std::vector<std::size_t> left(dreams_.size());
    std::iota(left.begin(), left.end(), 0);
    const int t = context_frames_, wanted = static_cast<int>(rare_share * n);
    std::vector<at::Tensor> segments, seen, objects;
    std::vector<std::int64_t> actions;
    for (int b = 0; b < n; ++b) {
        auto draw = [&](std::uint32_t number, std::size_t below) {
            return random_bits({seed, step, static_cast<std::uint32_t>(b)}, draw_index(Draw::data, 8), number) % below;
        };
        std::map<int, std::vector<std::size_t>> kinds;
        if (b < wanted) kinds = before_events(left, k + 1);
        const auto& among =
            kinds.empty() ? left : std::next(kinds.begin(), static_cast<std::ptrdiff_t>(draw(1, kinds.size())))->second;
        const std::size_t i = among[draw(0, among.size())];
        std::erase(left, i);
        const auto& d = dreams_[i];
        const int first = d.at - t + 1;
        seen.push_back(frames_[static_cast<std::int64_t>(i)]);
        segments.push_back(d.truth->segment(first, t + 1 + k));
        if (located != Located::nothing) objects.push_back(objects_of(d.episode(), first + t - 1, 2 + k, located));
        for (int j = 0; j < t + k; ++j) actions.push_back(d.episode().action(first + j));
    }
    return {at::stack(segments).contiguous(), at::tensor(actions, at::kLong).view({n, t + k}), at::stack(seen),
            objects.empty() ? at::Tensor() : at::stack(objects)};
}

double DreamPool::mean_age() const {
    double sum = 0;
    for (const auto& d : dreams_) sum += d.age;
    return dreams_.empty() ? 0 : sum / static_cast<double>(dreams_.size());
}

std::string DreamPool::state() const {
    std::ostringstream text;
    for (const auto& d : dreams_) text << d.number << ' ' << d.at << ' ' << d.age << ' ' << d.lost << '\n';
    return text.str();
}

void DreamPool::restore(const at::Tensor& frames, const std::string& state) {
    std::istringstream text(state);
    if (frames.sizes() != frames_.sizes() || frames.scalar_type() != at::kByte)
        throw Error("checkpoint: expected the frames of this recipe's dreams, found another shape or type");
    for (std::size_t i = 0; i < dreams_.size(); ++i) {
        auto& d = dreams_[i];
        if (!(text >> d.number >> d.at >> d.age >> d.lost))
            throw Error("checkpoint: expected the state of its dreams, found none that is sound");
        make_episode(i, d.number);
        if (d.at < context_frames_ - 1 || d.at >= end_of(d.episode()))
            throw Error("checkpoint: expected dreams within their episodes, found one beyond");
    }
    frames_ = frames.to(device_, at::kByte, false, true);
}

}  // namespace drift
