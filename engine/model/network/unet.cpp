#include "model/network/unet.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <utility>

namespace drift {

UNet::UNet(const UNetConfig& config) {
    const auto& channels = config.channels;
    auto levels = static_cast<int>(channels.size());
    auto cond = config.cond_channels;
    downsamples.emplace_back();
    upsamples.emplace_back();
    for (int level = 0; level < levels; ++level) {
        int before = channels[static_cast<std::size_t>(std::max(0, level - 1))],
            here = channels[static_cast<std::size_t>(level)];
        auto n = static_cast<std::size_t>(config.depths[static_cast<std::size_t>(level)]);
        bool attention = config.attention[static_cast<std::size_t>(level)];
        std::vector<int> in(n, here), out(n, here);
        in[0] = before;
        down.emplace_back(in, out, cond, attention);
        std::vector<int> up_in(n, 2 * here), up_out(n, here);
        up_in.push_back(before + here), up_out.push_back(before);
        up.emplace(up.begin(), up_in, up_out, cond, attention);
        if (level > 0) {
            downsamples.emplace_back(before, before, 3, 2);
            upsamples.emplace(upsamples.begin() + 1, before, before, 3);
        }
    }
    middle = ResBlocks({channels.back(), channels.back()}, {channels.back(), channels.back()}, cond, true);
}

void UNet::make_fast(std::optional<at::ScalarType> pictures) {
    struct Visitor {
        std::optional<at::ScalarType> pictures;
        std::vector<at::Tensor> weights, biases;
        std::int64_t rows = 0;
        void operator()(Conv& conv) {
            if (pictures) conv.make_fast(*pictures);
        }
        void operator()(AdaGroupNorm& norm) {
            norm.from = std::exchange(rows, rows + norm.linear.weight.size(0)), norm.to = rows;
            weights.push_back(norm.linear.weight), biases.push_back(norm.linear.bias);
            norm.linear = {};
        }
        void operator()(const std::string&, const at::Tensor&) {}
    } visitor{pictures, {}, {}};
    visit("", visitor);
    conditioning.weight = at::cat(visitor.weights), conditioning.bias = at::cat(visitor.biases);
    if (pictures) conditioning.make_fast(*pictures);
}

at::Tensor UNet::operator()(const at::Tensor& input, const at::Tensor& given, const Hook& hook) const {
    auto cond = conditioning ? conditioning(given) : given;
    if (conditioning.fast) cond = cond.to(at::kFloat);  // once, as all norms' kernels read it
    auto tell = [&](const char* part, std::size_t level, std::size_t k, const at::Tensor& t) {
        if (hook) hook(std::string(part) + "_" + std::to_string(level) + "_" + std::to_string(k), t);
    };
    auto height = input.size(2), width = input.size(3);
    auto multiple = std::int64_t{1} << (down.size() - 1);
    auto pad = [&](std::int64_t n) { return (multiple - n % multiple) % multiple; };
    Features x = pad(width) || pad(height) ? at::constant_pad_nd(input, {0, pad(width), 0, pad(height)}) : input;

    std::vector<std::vector<Features>> skips(down.size());
    for (std::size_t level = 0; level < down.size(); ++level) {
        if (level > 0) x = downsamples[level](x);
        skips[level].push_back(x);
        tell("down", level, 0, x);
        for (std::size_t k = 0; k < down[level].blocks.size(); ++k) {
            x = down[level].blocks[k](x, cond);
            skips[level].push_back(x);
            tell("down", level, k + 1, x);
        }
    }
    for (std::size_t k = 0; k < middle.blocks.size(); ++k) {
        x = middle.blocks[k](x, cond);
        if (hook) hook("mid_" + std::to_string(k), x);
    }
    for (std::size_t level = 0; level < up.size(); ++level) {
        if (level > 0) x = upsamples[level](upsample_nearest(x));
        tell("up", level, 0, x);
        auto& skip = skips[up.size() - 1 - level];
        for (std::size_t k = 0; k < up[level].blocks.size(); ++k) {
            x = up[level].blocks[k](x, cond, skip.back());
            skip.pop_back();
            tell("up", level, k + 1, x);
        }
    }
    return x.x.size(2) == height && x.x.size(3) == width ? x.x : x.x.slice(2, 0, height).slice(3, 0, width);
}

}  // namespace drift
