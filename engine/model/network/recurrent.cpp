#include "model/network/recurrent.h"

#include <ATen/ATen.h>

#include "core/error.h"
#include "model/network/network_shape.h"

namespace drift {

LstmCell::LstmCell(int in, int size)
    : weight_ih(at::empty({4 * size, in})),
      weight_hh(at::empty({4 * size, size})),
      bias_ih(at::empty({4 * size})),
      bias_hh(at::empty({4 * size})) {}

Recurrent LstmCell::operator()(const at::Tensor& x, const Recurrent& before) const {
    auto gates = at::linear(x, weight_ih, bias_ih) + at::linear(before.h, weight_hh, bias_hh);
    auto part = gates.chunk(4, 1);
    auto c = part[1].sigmoid() * before.c + part[0].sigmoid() * part[2].tanh();
    return {part[3].sigmoid() * c.tanh(), c};
}

at::Tensor RewardEnd::encode(const at::Tensor& before, const at::Tensor& after, const at::Tensor& action) const {
    auto cond = at::embedding(act_emb, action);
    auto x = conv_in(at::cat({before, after}, 1));
    for (std::size_t level = 0; level < blocks.size(); ++level) {
        if (level > 0 && level < downsamples.size()) x = downsamples[level](x);
        for (const ResBlock& block : blocks[level].blocks) x = block(x, cond);
    }
    return x;
}

RewardEnd::Said RewardEnd::operator()(const at::Tensor& before, const at::Tensor& after, const at::Tensor& action,
                                      const Recurrent& memory) const {
    Said said;
    said.memory = lstm(encode(before, after, action).flatten(1), memory);
    auto logits = head2(at::silu(head0(said.memory.h)));
    said.reward = logits.slice(1, 0, 3), said.end = logits.slice(1, 3);
    return said;
}

bool RewardEnd::fits(int width, int height) const {
    int halved = 1 << (downsamples.size() - 1);
    auto channels = blocks.back().blocks.back().conv2.weight.size(0);
    return width % halved == 0 && height % halved == 0 &&
           channels * (width / halved) * (height / halved) == lstm.weight_ih.size(1);
}

at::Tensor ActorCritic::encode(const at::Tensor& frame) const {
    auto x = conv_in(frame);
    for (const Level& level : levels) {
        auto skip = level.has_projection ? level.projection(x) : x;
        x = skip + level.conv(at::silu(level.norm(x)));
        if (level.halves) x = at::max_pool2d(x, {2, 2});
    }
    return x;
}

ActorCritic::Said ActorCritic::operator()(const at::Tensor& frame, const Recurrent& memory) const {
    Said said;
    said.memory = lstm(encode(frame).flatten(1), memory);
    said.actions = actor(said.memory.h);
    said.value = critic(said.memory.h).squeeze(1);
    return said;
}

bool ActorCritic::fits(int width, int height) const {
    for (const Level& level : levels)
        if (level.halves) width /= 2, height /= 2;
    return levels.back().conv.weight.size(0) * width * height == lstm.weight_ih.size(1);
}

RewardEnd reward_end_of(TensorMap& weights, const std::string& prefix, const std::filesystem::path& file) {
    WithoutValues shapes_alone;
    ShapeReader shapes(weights, prefix, file);
    RewardEnd net;
    const int cond = shapes.size("act_emb.weight", 1);
    int channels = shapes.size("encoder.conv_in.weight", 0);
    net.conv_in = Conv(shapes.size("encoder.conv_in.weight", 1), channels, 3);
    for (int level = 0; shapes.has("encoder.blocks." + std::to_string(level) + ".resblocks.0.conv1.weight"); ++level) {
        std::string name = "encoder.blocks." + std::to_string(level) + ".resblocks.";
        ResBlocks blocks;
        for (int k = 0; shapes.has(name + std::to_string(k) + ".conv1.weight"); ++k) {
            std::string block = name + std::to_string(k);
            int out = shapes.size(block + ".conv1.weight", 0);
            blocks.blocks.emplace_back(channels, out, cond, shapes.has(block + ".attn.qkv_proj.weight"));
            channels = out;
        }
        net.blocks.push_back(std::move(blocks));
    }
    net.downsamples.emplace_back();
    for (int level = 1; shapes.has("encoder.downsamples." + std::to_string(level) + ".conv.weight"); ++level) {
        int width = shapes.size("encoder.downsamples." + std::to_string(level) + ".conv.weight", 0);
        net.downsamples.emplace_back(width, width, 3, 2);
    }
    if (net.blocks.size() != net.downsamples.size() + 1)
        throw Error(file, "expected a reward model with one more group of blocks than of sizes, found " +
                              std::to_string(net.blocks.size()) + " and " + std::to_string(net.downsamples.size()));
    net.lstm = LstmCell(shapes.size("lstm.weight_ih_l0", 1), shapes.size("lstm.weight_hh_l0", 1));
    net.act_emb = at::empty({shapes.size("act_emb.weight", 0), cond});
    net.head0 = Linear(net.lstm.size(), shapes.size("head.0.weight", 0));
    net.head2.weight = at::empty({3 + 2, shapes.size("head.0.weight", 0)});
    shapes.fill(net);
    return net;
}

ActorCritic actor_critic_of(TensorMap& weights, const std::string& prefix, int width, int height,
                            const std::filesystem::path& file) {
    WithoutValues shapes_alone;
    ShapeReader shapes(weights, prefix, file);
    ActorCritic net;
    int channels = shapes.size("encoder.encoder.0.weight", 0);
    net.conv_in = Conv(shapes.size("encoder.encoder.0.weight", 1), channels, 3);
    constexpr int most = 64;  // of levels and pools together
    for (int index = 1; index < most; ++index) {
        std::string name = "encoder.encoder." + std::to_string(index);
        if (!shapes.has(name + ".f.2.weight")) {
            if (!net.levels.empty() && !net.levels.back().halves &&
                shapes.has("encoder.encoder." + std::to_string(index + 1) + ".f.2.weight")) {
                net.levels.back().halves = true;
                continue;
            }
            break;
        }
        ActorCritic::Level level;
        level.index = index;
        int out = shapes.size(name + ".f.2.weight", 0);
        level.norm = GroupNorm(channels);
        level.conv = Conv(channels, out, 3);
        level.has_projection = shapes.has(name + ".skip_projection.weight");
        if (level.has_projection) level.projection = Conv(channels, out, 1);
        channels = out;
        net.levels.push_back(std::move(level));
    }
    if (net.levels.empty()) throw Error(file, "expected a policy with an encoder of at least one level, found none");
    net.lstm = LstmCell(shapes.size("lstm.weight_ih", 1), shapes.size("lstm.weight_hh", 1));
    net.actor = Linear(net.lstm.size(), shapes.size("actor_linear.weight", 0));
    net.critic = Linear(net.lstm.size(), 1);
    shapes.fill(net);
    if (!net.fits(width, height)) net.levels.back().halves = true;
    return net;
}

}  // namespace drift
