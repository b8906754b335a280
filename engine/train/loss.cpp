#include "train/loss.h"

#include <torch/torch.h>

#include <cmath>

#include "model/bytes.h"
#include "model/denoiser.h"

namespace drift {
namespace {

constexpr float lowest_sigma = 0.002f, highest_sigma = 20.0f;  // the reference's clip
constexpr float changed_threshold = 4 * 2 / 255.0f;            // four byte levels

at::Tensor draw_sigma(const Recipe& recipe, std::int64_t n) {
    auto lognormal = (at::randn({n}) * recipe.sigma_std + recipe.sigma_mean).exp().clamp(lowest_sigma, highest_sigma);
    auto high = (at::rand({n}) * std::log(10.0f)).exp();
    return at::where(at::rand({n}) < recipe.high_sigma_share, high, lognormal);
}

// [B], 0 where a sample has no context noise.
at::Tensor draw_sigma_cond(const Recipe& recipe, std::int64_t n) {
    if (recipe.context_noise_share <= 0) return at::zeros({n});
    float low = std::log(lowest_sigma), high = std::log(recipe.context_noise_max);
    auto level = (at::rand({n}) * (high - low) + low).exp();
    return at::where(at::rand({n}) < recipe.context_noise_share, level, at::zeros({n}));
}

// 1 + changed_weight around pixels that differ from the previous frame; less where much of the picture does (a new board), so that one
// such sample does not drown the others. [B, 1, H, W]
at::Tensor pixel_weight(const Recipe& recipe, const at::Tensor& x0, const at::Tensor& previous) {
    auto changed = ((x0 - previous).abs().amax(1, true) > changed_threshold).to(at::kFloat);
    auto around = at::max_pool2d(changed, {3, 3}, {1, 1}, {1, 1});
    auto part = around.mean({1, 2, 3}, true);
    auto weight = recipe.changed_weight * (recipe.changed_part / part.clamp_min(recipe.changed_part));
    return 1 + around * weight;
}

at::Tensor wide(const at::Tensor& per_sample) { return per_sample.view({-1, 1, 1, 1}); }

}  // namespace

SegmentLoss segment_loss(const InnerModel& model, const Recipe& recipe, const Batch& batch, at::Device device) {
    const auto& p = recipe.preconditioning;
    const bool around_previous = p.base == Preconditioning::Base::previous;
    const auto n = batch.frames.size(0), t = std::int64_t(recipe.network.context_frames), learned = batch.frames.size(1) - t;
    auto frames = pixels_of_bytes(batch.frames.to(device));
    auto actions = batch.actions.to(device);
    std::vector<at::Tensor> seen = frames.unbind(1);  // the context's frames; learned ones are replaced by the network's own
    const auto truth = seen;

    SegmentLoss loss{at::zeros({}, device), at::zeros({3, 2}, device)};
    for (std::int64_t i = 0; i < learned; ++i) {
        const auto& x0 = truth[static_cast<std::size_t>(t + i)];
        const auto& previous = seen[static_cast<std::size_t>(t + i - 1)];
        auto context = at::cat(std::vector<at::Tensor>(seen.begin() + i, seen.begin() + i + t), 1);

        auto sigma = draw_sigma(recipe, n).to(device), sigma_cond = draw_sigma_cond(recipe, n).to(device);
        auto offset = at::randn({n, 3, 1, 1}).to(device) * p.sigma_offset;
        auto x = x0 + offset + at::randn(x0.sizes()).to(device) * wide(sigma);
        if (recipe.context_noise_share > 0) context = context + at::randn(context.sizes()).to(device) * wide(sigma_cond);
        auto c_noise_cond = at::where(sigma_cond > 0, sigma_cond.clamp_min(1e-8).log() / 4, at::zeros_like(sigma_cond));

        auto c = coefficients(p, sigma);
        auto base = around_previous ? previous : at::zeros_like(previous);
        auto target = (x0 - base - c.c_skip * (x - base)) / c.c_out;
        float scale = around_previous ? context_scale : p.sigma_data;
        auto input = at::cat({context / scale, (x - base) * c.c_in}, 1).to(model.conv_in.weight.scalar_type());
        auto cond = model.condition(c.c_noise, c_noise_cond, actions.slice(1, i, i + t));
        auto f = model.forward(input, cond).to(at::kFloat);

        auto squared = (f - target).square();
        loss.total = loss.total + (squared * pixel_weight(recipe, x0, previous)).mean() / double(learned);

        at::NoGradGuard no_grad;
        auto each = squared.detach().mean({1, 2, 3});
        for (int band = 0; band < 3; ++band) {
            auto inside = at::ones_like(sigma);
            if (band > 0) inside = inside * (sigma >= sigma_bands[static_cast<std::size_t>(band) - 1]);
            if (band < 2) inside = inside * (sigma < sigma_bands[static_cast<std::size_t>(band)]);
            loss.by_band[band][0] += (each * inside).sum();
            loss.by_band[band][1] += inside.sum();
        }
        seen[static_cast<std::size_t>(t + i)] = quantise(base + c.c_skip * (x - base) + c.c_out * f.detach(), p.rounding);
    }
    return loss;
}

}  // namespace drift
