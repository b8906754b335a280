#include "train/dream_pool.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include "core/error.h"
#include "core/noise.h"
#include "model/bytes.h"
#include "model/sampler.h"

namespace drift {
namespace {

constexpr int episode_length = 1024, longest_k = 16;  // the truth is known so far ahead of the newest dreamed frame
constexpr int lost_after = 8;                         // frames on end with an object missed
constexpr float missed_from = 2.5f;                   // pixels
constexpr float turned_from = 12;                     // degrees

bool found(const Probe& seen, const Probe& real) {
    for (std::size_t i = 0; i < real.objects.size(); ++i) {
        const auto &a = seen.objects[i], &b = real.objects[i];
        if (b && (!a || std::abs(a->x - b->x) > missed_from || std::abs(a->y - b->y) > missed_from)) return false;
    }
    return !real.heading || (seen.heading && std::abs(std::remainder(*seen.heading - *real.heading, 360.0f)) < turned_from);
}

}  // namespace

DreamPool::DreamPool(const RolloutSource& source, std::uint64_t seed, int dreams, int context_frames)
    : source_(source), seed_(seed), context_frames_(context_frames), game_(source_.make_game()), dreams_(static_cast<std::size_t>(dreams)) {
    const auto& info = game_->info();
    frames_ = at::empty({dreams, context_frames, 3, info.height, info.width}, at::kByte);
    for (std::size_t i = 0; i < dreams_.size(); ++i) {
        int spread = static_cast<int>(i * (episode_length - context_frames) / dreams_.size());
        begin(i, 0, context_frames - 1 + spread);
    }
}

void DreamPool::make_episode(std::size_t dream) {
    auto part = (dreams_[dream].episode << 16 | dream) + (std::uint64_t{1} << 48);  // apart from the parts of plain roll-outs
    dreams_[dream].rollouts = roll_out(source_, seed_, part, 1, episode_length + longest_k + 1);
}

void DreamPool::begin(std::size_t dream, std::uint64_t episode, int at) {
    auto& d = dreams_[dream];
    d.episode = episode, d.at = at, d.age = d.lost = 0;
    make_episode(dream);
    for (int i = 0; i < context_frames_; ++i)
        true_frame(d, at - context_frames_ + 1 + i, frames_[static_cast<std::int64_t>(dream)][i].data_ptr<std::uint8_t>());
}

void DreamPool::true_frame(const Dream& dream, int place, std::uint8_t* into) {
    Frame picture;
    game_->load(dream.rollouts.episodes[0].states[static_cast<std::size_t>(place)]);
    game_->render(picture);
    auto bytes = bytes_of_frame(picture);
    std::copy_n(bytes.data_ptr<std::uint8_t>(), bytes.numel(), into);
}

void DreamPool::advance(const Denoiser& denoiser, const SamplerSettings& settings, at::Device device) {
    at::NoGradGuard no_grad;
    const auto n = frames_.size(0), t = frames_.size(1), height = frames_.size(3), width = frames_.size(4);
    auto actions = at::empty({n, t}, at::kLong);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto& d = dreams_[static_cast<std::size_t>(i)];
        for (std::int64_t j = 0; j < t; ++j) actions[i][j] = d.rollouts.episodes[0].actions[static_cast<std::size_t>(d.at - t + 1 + j)];
    }
    Conditioning given;
    given.context = pixels_of_bytes(frames_.to(device)).view({n, 3 * t, height, width});
    given.previous = given.context.slice(1, 3 * (t - 1));
    given.actions = actions.to(device);
    NoiseSource noise = [&](Draw, int, at::IntArrayRef shape) { return at::randn(shape).to(device); };
    auto x = sample(denoiser, given, start_frame(settings, given.previous, noise), sigmas(settings), settings, noise);
    auto dreamed = bytes_of_pixels(x.to(at::kCPU)).unsqueeze(1);
    frames_ = at::cat({frames_.slice(1, 1), dreamed}, 1).contiguous();

    for (std::size_t i = 0; i < dreams_.size(); ++i) {
        auto& d = dreams_[i];
        ++d.at, ++d.age;
        game_->load(d.rollouts.episodes[0].states[static_cast<std::size_t>(d.at)]);
        auto seen = game_->probe(frame_of_bytes(frames_[static_cast<std::int64_t>(i)][t - 1]));
        d.lost = found(seen, game_->probe()) ? 0 : d.lost + 1;
        if (d.at >= episode_length) begin(i, d.episode + 1, context_frames_ - 1);
        else if (d.lost >= lost_after) begin(i, d.episode, d.at);
    }
}

Batch DreamPool::draw(std::uint64_t seed, std::uint64_t step, int n, int k) {
    if (k > longest_k || n > static_cast<int>(dreams_.size()))
        throw Error("training: expected segments of at most " + std::to_string(longest_k) + " own frames from at most " + std::to_string(dreams_.size()) +
                    " dreams, found " + std::to_string(k) + " from " + std::to_string(n));
    std::vector<std::size_t> order(dreams_.size());
    std::iota(order.begin(), order.end(), 0);
    const auto t = frames_.size(1);
    Batch batch{at::empty({n, t + 1 + k, 3, frames_.size(3), frames_.size(4)}, at::kByte), at::empty({n, t + k}, at::kLong), at::empty({n, t, 3, frames_.size(3), frames_.size(4)}, at::kByte)};
    for (int b = 0; b < n; ++b) {
        auto pick = random_bits({seed, step, static_cast<std::uint32_t>(b)}, draw_index(Draw::data, 8), 0) % (order.size() - static_cast<std::size_t>(b));
        std::swap(order[static_cast<std::size_t>(b)], order[static_cast<std::size_t>(b) + pick]);
        auto i = order[static_cast<std::size_t>(b)];
        const auto& d = dreams_[i];
        batch.seen[b].copy_(frames_[static_cast<std::int64_t>(i)]);
        for (std::int64_t j = 0; j < t + 1 + k; ++j) {
            int place = d.at - static_cast<int>(t) + 1 + static_cast<int>(j);
            true_frame(d, place, batch.frames[b][j].data_ptr<std::uint8_t>());
            if (j < t + k) batch.actions[b][j] = d.rollouts.episodes[0].actions[static_cast<std::size_t>(place)];
        }
    }
    return batch;
}

double DreamPool::mean_age() const {
    double sum = 0;
    for (const auto& d : dreams_) sum += d.age;
    return dreams_.empty() ? 0 : sum / static_cast<double>(dreams_.size());
}

std::string DreamPool::state() const {
    std::ostringstream text;
    for (const auto& d : dreams_) text << d.episode << ' ' << d.at << ' ' << d.age << ' ' << d.lost << '\n';
    return text.str();
}

void DreamPool::restore(const at::Tensor& frames, const std::string& state) {
    std::istringstream text(state);
    if (frames.sizes() != frames_.sizes() || frames.scalar_type() != at::kByte) throw Error("checkpoint: expected the frames of this recipe's dreams, found another shape or type");
    for (std::size_t i = 0; i < dreams_.size(); ++i) {
        auto& d = dreams_[i];
        if (!(text >> d.episode >> d.at >> d.age >> d.lost) || d.at < context_frames_ - 1 || d.at >= episode_length) throw Error("checkpoint: expected the state of its dreams, found none that is sound");
        make_episode(i);
    }
    frames_ = frames.clone();
}

}  // namespace drift
