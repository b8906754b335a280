#include "model/network/network_shape.h"

#include <ATen/ATen.h>

#include <sstream>

#include "core/error.h"

namespace drift {
namespace {

std::string text_of(at::IntArrayRef shape) {
    std::ostringstream text;
    text << shape;
    return text.str();
}

}  // namespace

int ShapeReader::size(const std::string& name, int dimension) const {
    constexpr std::int64_t most = 1 << 20;
    auto found = weights_.find(prefix_ + name);
    if (found == weights_.end()) throw Error(file_, "expected the tensor " + prefix_ + name + ", found none");
    if (found->second.dim() <= dimension || found->second.size(dimension) < 1 || found->second.size(dimension) > most)
        throw Error(file_, "expected the tensor " + prefix_ + name + " in another shape, found " +
                               text_of(found->second.sizes()));
    return static_cast<int>(found->second.size(dimension));
}

void ShapeReader::take(const std::string& name, at::Tensor& tensor, std::string& differences, int& count) {
    auto differ = [&](const std::string& sentence) {
        differences += (differences.empty() ? "" : "; ") + prefix_ + name + sentence;
        ++count;
    };
    auto found = weights_.find(prefix_ + name);
    if (found == weights_.end()) return differ(" is missing");
    at::Tensor read = std::move(found->second);
    weights_.erase(found);
    // What has no shape of its own yet (an embedding, an LSTM) takes the file's.
    if (tensor.defined() && read.sizes() != tensor.sizes())
        return differ(": expected shape " + text_of(tensor.sizes()) + ", found " + text_of(read.sizes()));
    if (!read.is_floating_point()) return differ(": expected floating point, found another type");
    if (!at::isfinite(read).all().item<bool>()) return differ(" holds values that are not finite");
    tensor = read.to(at::kFloat).contiguous();
}

void ShapeReader::finish(const std::string& differences, int count) const {
    if (count > 0)
        throw Error(file_, "the tensors make no network of DIAMOND's (" + std::to_string(count) + "): " + differences);
}

InnerModel inner_model_of(TensorMap& weights, const std::string& prefix, const std::filesystem::path& file) {
    ShapeReader shapes(weights, prefix, file);
    NetworkConfig config;
    config.unet.cond_channels = 2 * shapes.size("noise_emb.weight", 1);
    config.unet.channels.clear(), config.unet.depths.clear(), config.unet.attention.clear();
    for (int level = 0; shapes.has("unet.d_blocks." + std::to_string(level) + ".resblocks.0.conv1.weight"); ++level) {
        std::string blocks = "unet.d_blocks." + std::to_string(level) + ".resblocks.";
        int depth = 1;
        while (shapes.has(blocks + std::to_string(depth) + ".conv1.weight")) ++depth;
        config.unet.channels.push_back(shapes.size(blocks + "0.conv1.weight", 0));
        config.unet.depths.push_back(depth);
        config.unet.attention.push_back(shapes.has(blocks + "0.attn.qkv_proj.weight"));
    }
    if (config.unet.channels.empty()) throw Error(file, "expected a U-Net under " + prefix + "unet, found none");
    config.context_channels = shapes.size("conv_in.weight", 1) - 3;
    if (config.context_channels < 3 || config.context_channels % 3 != 0)
        throw Error(file, "expected " + prefix + "conv_in for whole frames of context, found " +
                              std::to_string(config.context_channels + 3) + " channels");
    config.context_frames = config.context_channels / 3;
    config.num_actions = shapes.has("act_emb.0.weight") ? shapes.size("act_emb.0.weight", 0) : 0;
    config.noise_cond = shapes.has("noise_cond_emb.weight");
    WithoutValues shapes_alone;
    InnerModel model(config);
    shapes.fill(model);
    return model;
}

}  // namespace drift
