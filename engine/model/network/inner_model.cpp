#include "model/network/inner_model.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace drift {
namespace {

constexpr double move_gain =
    4;  // of the logits of moves: a softmax that is to decide wants larger numbers than layers are made for

int taps(const NetworkConfig& c) { return c.moves > 0 ? (2 * c.moves + 1) * (2 * c.moves + 1) + 1 : 0; }

// I64 [B, T] ActionCodes of buttons and a mouse -> ones [B, T, A], as ActionSpace::ones() has them.
at::Tensor ones_of(const at::Tensor& codes, const NetworkConfig& c) {
    auto code = codes.unsqueeze(-1);
    std::vector<at::Tensor> parts{code.bitwise_right_shift(at::arange(c.buttons, code.options())).bitwise_and(1)};
    int place = c.buttons;
    for (int classes : {c.mouse_x, c.mouse_y}) {
        const int bits = std::bit_width(static_cast<unsigned>(classes));
        auto told = code.bitwise_right_shift(place).bitwise_and((1 << bits) - 1);
        parts.push_back(told.eq(at::arange(1, classes + 1, code.options())).to(at::kLong));
        place += bits;
    }
    return at::cat(parts, -1);
}

}  // namespace

void set_actions(NetworkConfig& config, const ActionSpace& actions) {
    const bool vectors = actions.kind == ActionSpace::Kind::buttons;
    config.num_actions = static_cast<int>(actions.inputs());
    config.buttons = vectors ? static_cast<int>(actions.buttons()) : 0;
    config.mouse_x = vectors ? static_cast<int>(actions.mouse_x.size()) : 0;
    config.mouse_y = vectors ? static_cast<int>(actions.mouse_y.size()) : 0;
}

FourierFeatures::FourierFeatures(int channels) : weight(at::randn({1, channels / 2})) {}

at::Tensor FourierFeatures::operator()(const at::Tensor& c) const {
    auto f = 2 * std::numbers::pi * at::matmul(c.unsqueeze(1), weight);
    return at::cat({f.cos(), f.sin()}, -1);
}

InnerModel::InnerModel(const NetworkConfig& c)
    : config(c),
      noise_emb(c.unet.cond_channels),
      cond_proj0(c.unet.cond_channels, c.unet.cond_channels),
      cond_proj2(c.unet.cond_channels, c.unet.cond_channels),
      conv_in((c.context_channels + 3) * c.space_to_depth * c.space_to_depth, c.unet.channels[0], 3),
      conv_out(c.unet.channels[0], 3 * c.space_to_depth * c.space_to_depth + taps(c), 3),
      unet(c.unet),
      norm_out(c.unet.channels[0]) {
    if (c.noise_cond) noise_cond_emb = FourierFeatures(c.unet.cond_channels);
    if (c.num_actions > 0) act_emb = at::randn({c.num_actions, c.unet.cond_channels / c.recent()});
    set_zero(conv_out.weight);
    if (c.moves > 0) {
        move_proj = Linear(c.unet.cond_channels, taps(c));
        set_zero(move_proj.weight);
        set_zero(move_proj.bias);
    }
}

at::Tensor InnerModel::embed_actions(const at::Tensor& all) const {
    const auto act = all.slice(1, std::max<std::int64_t>(0, all.size(1) - config.recent()));
    const bool vectors = config.buttons + config.mouse_x + config.mouse_y > 0;
    if (act.dim() == 2 && !vectors) return at::embedding(act_emb, act).flatten(1);
    const auto ones = act.dim() == 2 ? ones_of(act, config) : act;
    return at::matmul(ones.to(act_emb.scalar_type()), act_emb).flatten(1);
}

at::Tensor InnerModel::condition(const at::Tensor& c_noise, const at::Tensor& c_noise_cond,
                                 const at::Tensor& act) const {
    auto embedding = noise_emb(c_noise);
    if (config.noise_cond) embedding = embedding + noise_cond_emb(c_noise_cond);
    if (config.num_actions > 0) embedding = embedding + embed_actions(act);
    return cond_proj2(at::silu(cond_proj0(embedding.to(type()))));
}

at::Tensor InnerModel::folded(const at::Tensor& pictures) const {
    const auto fold = config.space_to_depth;
    const auto typed = pictures.to(type());
    return fold > 1 ? at::pixel_unshuffle(typed, fold) : typed;
}

NetworkOutput InnerModel::forward_folded(const at::Tensor& x, const at::Tensor& cond) const {
    const auto fold = config.space_to_depth;
    auto y = conv_in(conv_in.fast ? x : x.contiguous(conv_in.weight.suggest_memory_format()));
    y = activated_conv(conv_out, norm_out, unet(y, cond));
    auto unfolded = [&](const at::Tensor& f) { return fold > 1 ? at::pixel_shuffle(f, fold) : f; };
    if (config.moves == 0) return {unfolded(y), {}};
    return {unfolded(y.slice(1, 0, 3 * fold * fold)),
            (y.slice(1, 3 * fold * fold) + move_proj(cond).unsqueeze(-1).unsqueeze(-1)) * move_gain};
}

at::Tensor moved_frame(const at::Tensor& moves, const at::Tensor& p, int fold) {
    auto weights = moves.to(at::kFloat).softmax(1).unsqueeze(2);
    auto width = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(moves.size(1) - 1)))),
         r = width / 2;
    auto folded = fold > 1 ? at::pixel_unshuffle(p, fold) : p;
    auto padded = at::replication_pad2d(folded, {r, r, r, r});
    std::vector<at::Tensor> from;
    for (std::int64_t y = 0; y < width; ++y)
        for (std::int64_t x = 0; x < width; ++x)
            from.push_back(padded.slice(2, y, y + folded.size(2)).slice(3, x, x + folded.size(3)));
    auto mixed = (at::stack(from, 1) * weights.slice(1, 0, width * width)).sum(1);
    return fold > 1 ? at::pixel_shuffle(mixed, fold) : mixed;
}

std::vector<std::pair<std::string, at::Tensor>> named_tensors(const InnerModel& model) {
    std::vector<std::pair<std::string, at::Tensor>> all;
    InnerModel shared = model;
    shared.visit([&](const std::string& name, at::Tensor& tensor) { all.emplace_back(name, tensor); });
    return all;
}

InnerModel cast(const InnerModel& model, at::ScalarType type, at::Device device, bool channels_last) {
    InnerModel copy = model;
    copy.visit([&](const std::string& name, at::Tensor& tensor) {
        if (!tensor.defined()) return;  // is held in another form
        // Noise levels are embedded in fp32: 2 pi c w has too many turns for eight bits of mantissa.
        bool embedding = name.starts_with("noise") || name.starts_with("act_emb");
        auto format =
            channels_last && tensor.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
        tensor = tensor.to(device, embedding ? at::kFloat : type, false, false, format);
    });
    return copy;
}

InnerModel cast_for_inference(const InnerModel& model, at::ScalarType type, at::Device device) {
    at::NoGradGuard no_grad;
    InnerModel copy = model;
    if (device.is_cpu()) {
        copy.unet.make_fast(type);
        copy.conv_in.make_fast(type), copy.conv_out.make_fast(type);
        copy.cond_proj0.make_fast(type), copy.cond_proj2.make_fast(type);
    } else {
        copy.unet.make_fast({});
    }
    return cast(copy, type, device, true);
}

std::int64_t count_parameters(const InnerModel& model) {
    std::int64_t count = 0;
    for (const auto& [name, tensor] : named_tensors(model)) count += tensor.numel();
    return count;
}

}  // namespace drift
