#include "train/loss.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "model/bytes.h"
#include "model/sampling/denoiser.h"

namespace drift {
namespace {

constexpr float lowest_sigma = 0.002f, highest_sigma = 20.0f;  // the reference's clip
constexpr float changed_threshold = 4 * 2 / 255.0f;            // four byte levels
constexpr float error_threshold = 16 * 2 / 255.0f;  // of the network's own frames, in levels that are plain to see
constexpr float mend_threshold = 2 * 2 / 255.0f;    // two byte levels: what rounding cannot have done
constexpr float object_radius = 3;                  // pixels
constexpr std::int64_t motion = 3;                  // pixels that things go in a frame, more or less
constexpr std::int64_t stain_cells = 8;             // a stain's patches: as many across the picture

at::Tensor draw_sigma(const TrainingRecipe& recipe, std::int64_t n, const at::TensorOptions& on) {
    auto lognormal =
        (at::randn({n}, on) * recipe.sigma_std + recipe.sigma_mean).exp().clamp(lowest_sigma, highest_sigma);
    auto high = (at::rand({n}, on) * std::log(10.0f)).exp();
    return at::where(at::rand({n}, on) < recipe.high_sigma_share, high, lognormal);
}

// [B], 0 where a sample has no context noise.
at::Tensor draw_sigma_cond(const TrainingRecipe& recipe, std::int64_t n, const at::TensorOptions& on) {
    if (recipe.context_noise_share <= 0) return at::zeros({n}, on);
    float low = std::log(lowest_sigma), high = std::log(recipe.context_noise_max);
    auto level = (at::rand({n}, on) * (high - low) + low).exp();
    return at::where(at::rand({n}, on) < recipe.context_noise_share, level, at::zeros({n}, on));
}

at::Tensor wide(const at::Tensor& per_sample) { return per_sample.view({-1, 1, 1, 1}); }

// Plane waves of any direction and frequency, a phase for each colour. [B, 3, H, W], -1 to 1
at::Tensor draw_waves(std::int64_t n, std::int64_t height, std::int64_t width, const at::TensorOptions& on) {
    auto turns = [&](std::int64_t pixels) {
        return at::arange(pixels, on) * (at::rand({n, 1, 1}, on) - 0.5);
    };  // half a turn a pixel at most
    auto phase = at::rand({n, 3, 1, 1}, on);
    return ((turns(height).view({n, 1, height, 1}) + turns(width).view({n, 1, 1, width}) + phase) *
            (2 * std::numbers::pi))
        .cos();
}

// What drift looks like after many steps: patches of the picture off in colour, as a whole and pixel by pixel, and regular patterns, which are
// what grows where nothing moves. [B, 3, H, W], 0 where a sample has none.
at::Tensor draw_stain(const TrainingRecipe& recipe, std::int64_t n, std::int64_t height, std::int64_t width,
                      const at::TensorOptions& on) {
    auto patches = [&](const at::Tensor& cells) { return at::upsample_nearest2d(cells, {height, width}); };
    auto where = patches((at::rand({n, 1, stain_cells, stain_cells}, on) < at::rand({n, 1, 1, 1}, on)).to(at::kFloat));
    auto colour = at::randn({n, 3, 1, 1}, on) * at::rand({n, 1, 1, 1}, on) +
                  patches(at::randn({n, 3, stain_cells, stain_cells}, on)) * at::rand({n, 1, 1, 1}, on) +
                  at::randn({n, 3, height, width}, on) * at::rand({n, 1, 1, 1}, on) +
                  draw_waves(n, height, width, on) * at::rand({n, 1, 1, 1}, on);
    auto amplitude = (at::rand({n}, on) * std::log(recipe.drift_max / 0.01f)).exp() * 0.01f *
                     (at::rand({n}, on) < recipe.drift_share);
    return where * colour * wide(amplitude);
}

at::Tensor differs(const at::Tensor& a, const at::Tensor& b, float threshold) {
    return (a - b).abs().amax(1, true) > threshold;
}

at::Tensor widened(const at::Tensor& pixels, std::int64_t by) {
    return at::max_pool2d(pixels.to(at::kFloat), {2 * by + 1, 2 * by + 1}, {1, 1}, {by, by});
}

// `weight` on these pixels; less where they are more than a `part` of the picture (a new board), so that one such sample does not drown the
// others.
at::Tensor shared(const at::Tensor& pixels, float weight, float part) {
    return pixels * (weight * part / pixels.mean({1, 2, 3}, true).clamp_min(part));
}

// 1 within so many pixels of an object, else 0. objects [B, N, 2] -> [B, 1, H, W]
at::Tensor around_objects(const at::Tensor& objects, float radius, std::int64_t height, std::int64_t width) {
    auto near = [&](int axis, std::int64_t size) {  // [B, N, size]; what is NaN is near to nothing
        auto pixels = at::arange(size, objects.options()) + 0.5;
        return (objects.select(2, axis).unsqueeze(2) - pixels).abs() <= radius;
    };
    return (near(1, height).unsqueeze(3) & near(0, width).unsqueeze(2)).any(1, true).to(at::kFloat);
}

// What the weights of a frame go by, each [B, 3, H, W].
struct LearnedFrame {
    const at::Tensor &x0, &true_previous;
    const at::Tensor &own_previous, &shown_previous;  // the network's own, and as it was given, stains and all
    const at::Tensor& shown_before;                   // the one before that
    at::Tensor objects;  // [B, 2, N, 2] of the previous frame and this one, if they have a weight
};

// [B, 1, H, W]: 1, and the recipe's extra weights.
at::Tensor pixel_weight(const TrainingRecipe& recipe, const LearnedFrame& frame) {
    const auto& x0 = frame.x0;
    const bool by_context = recipe.weigh_by_context;
    auto changed = by_context ? widened(differs(frame.shown_previous, frame.shown_before, changed_threshold), motion)
                              : widened(differs(x0, frame.true_previous, changed_threshold) |
                                            differs(x0, frame.own_previous, error_threshold),
                                        1);
    auto weight = 1 + shared(changed, recipe.changed_weight, recipe.changed_part);
    if (recipe.mend_weight > 0)
        weight = weight + shared(differs(x0, frame.shown_previous, mend_threshold).to(at::kFloat), recipe.mend_weight,
                                 recipe.mend_part);
    if (recipe.object_weight > 0)
        weight = weight + recipe.object_weight * around_objects(frame.objects.select(1, by_context ? 0 : 1),
                                                                by_context ? object_radius + motion : object_radius,
                                                                x0.size(2), x0.size(3));
    return weight;
}

}  // namespace

at::Tensor noised_toward_previous(const at::Tensor& x0, const at::Tensor& p, const at::Tensor& n,
                                  const at::Tensor& sigma) {
    const float sigma_ref = SamplerSettings{}.sigma_max;
    return x0 + sigma * (n + (sigma_ref / sigma).clamp_max(1) * (p - x0) / sigma_ref);
}

void put_starts(const TrainingRecipe& recipe, at::Tensor& sigma, at::Tensor& x) {
    const auto n = sigma.size(0);
    const auto on = sigma.options();
    const auto begins = at::rand({n}, on) < recipe.start_share;
    const auto first = (at::rand({n}, on) * std::log(4.0f)).exp() * 2.5f;  // 2.5 to 10
    const auto start = at::randn(x.sizes(), on) * (first * 0.4f * at::rand({n}, on)).view({-1, 1, 1, 1});
    sigma = at::where(begins, first, sigma);
    x = at::where(begins.view({-1, 1, 1, 1}), start, x);
}

SegmentLoss segment_loss(const InnerModel& model, const TrainingRecipe& recipe, const Batch& batch, at::Device device) {
    const auto& p = recipe.preconditioning;
    const auto n = batch.frames.size(0), t = std::int64_t(recipe.network.context_frames),
               learned = batch.frames.size(1) - t;
    const auto on = at::TensorOptions(at::kFloat).device(device);
    auto frames = pixels_of_bytes(batch.frames.to(device));
    auto actions = batch.actions.to(device);
    auto objects = recipe.object_weight > 0 ? batch.objects.to(device) : at::Tensor();
    std::vector<at::Tensor> seen =
        frames.unbind(1);  // the context's frames; learned ones are replaced by the network's own
    const auto truth = seen;
    auto shown = pixels_of_bytes(batch.seen.to(device)).unbind(1);
    std::copy(shown.begin(), shown.end(), seen.begin());
    if (recipe.drift_share > 0) {
        auto stain = draw_stain(recipe, n, frames.size(3), frames.size(4), on);
        for (std::int64_t i = 0; i < t; ++i)
            seen[static_cast<std::size_t>(i)] = (seen[static_cast<std::size_t>(i)] + stain).clamp(-1, 1);
    }

    SegmentLoss loss{at::zeros({}, on), at::zeros({3, 2}, on)};
    for (std::int64_t i = 0; i < learned; ++i) {
        const auto& x0 = truth[static_cast<std::size_t>(t + i)];
        const auto &previous = seen[static_cast<std::size_t>(t + i - 1)],
                   &real_previous = truth[static_cast<std::size_t>(t + i - 1)];
        auto context = at::cat(std::vector<at::Tensor>(seen.begin() + i, seen.begin() + i + t), 1);

        auto sigma = draw_sigma(recipe, n, on), sigma_cond = draw_sigma_cond(recipe, n, on);
        auto offset = at::randn({n, 3, 1, 1}, on) * p.sigma_offset;
        auto noise = at::randn(x0.sizes(), on);
        auto x = offset + (recipe.centred_starts ? noised_toward_previous(x0, previous, noise, wide(sigma))
                                                 : x0 + noise * wide(sigma));
        if (recipe.start_share > 0) put_starts(recipe, sigma, x);
        if (recipe.context_noise_share > 0) context = context + at::randn(context.sizes(), on) * wide(sigma_cond);
        auto c_noise_cond = at::where(sigma_cond > 0, sigma_cond.clamp_min(1e-8).log() / 4, at::zeros_like(sigma_cond));

        auto c = coefficients(p, sigma);
        auto cond = model.condition(c.c_noise, c_noise_cond, actions.slice(1, i, i + t));
        auto [f, around, moves] = predict(model, p, x, c.c_in, cond, folded_context(model, p, context), previous);
        auto base = around.defined() ? around.detach() : at::zeros_like(previous);
        auto target = (x0 - base - c.c_skip * (x - base)) / c.c_out;

        auto squared = (f - target).square();
        auto weight = pixel_weight(recipe, {x0, real_previous, i > 0 ? previous : shown.back(), previous,
                                            seen[static_cast<std::size_t>(std::max<std::int64_t>(0, t + i - 2))],
                                            recipe.object_weight > 0 ? objects.slice(1, i, i + 2) : at::Tensor()});
        loss.total = loss.total + (squared * weight).mean() / double(learned);
        // F could paint all of it, and would leave the moves no error to learn from: so these answer for their own, in the units of F's, and
        // hear nothing of F's, which is mostly noise to them. And they answer for how they move the real previous frame: of a stained one a blur
        // is closer to the truth. Without all three they stay undecided, a blur that F paints over in every frame.
        if (p.base == Preconditioning::Base::moved) {
            const auto carried = moved_frame(moves, real_previous, recipe.network.space_to_depth);
            loss.total = loss.total + ((carried - x0) / p.sigma_data).square().mean() / double(learned);
        }

        at::NoGradGuard no_grad;
        auto each = squared.detach().mean({1, 2, 3});
        auto low = sigma < sigma_bands[0], high = sigma >= sigma_bands[1];
        auto inside = at::stack({low, ~(low | high), high}).to(at::kFloat);  // [3, B]
        loss.by_band += at::stack({inside.matmul(each), inside.sum(1)}, 1);
        seen[static_cast<std::size_t>(t + i)] =
            quantise(base + c.c_skip * (x - base) + c.c_out * f.detach(), p.rounding);
    }
    return loss;
}

}  // namespace drift
