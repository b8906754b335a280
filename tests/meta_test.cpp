// What runs on a GPU runs here on LibTorch's meta device, whose tensors have shapes and no values: an operator that is given a tensor of the host
// beside one of the device throws, and so does whoever asks for a value, which on a GPU is waiting for it.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/library.h>

#include <array>
#include <optional>
#include <tuple>
#include <vector>

#include "core/error.h"
#include "games/bricks.h"
#include "model/world/in_parts.h"
#include "recorded_play.h"
#include "train/dream_pool.h"
#include "train/recorded.h"
#include "train/trainer.h"

// Operators whose shapes LibTorch knows in Python alone: what they give, from devices that must agree.
namespace {

const at::Tensor& there(const at::Tensor& tensor) {
    TORCH_CHECK(tensor.is_meta() || tensor.dim() == 0, "expected a tensor of the device, found one of the host");
    return tensor;
}

at::Tensor where(const at::Tensor& condition, const at::Tensor& a, const at::Tensor& b) {
    return at::empty_like(there(condition).to(at::result_type(there(a), there(b))) + a + b);
}

at::Tensor& where_out(const at::Tensor& condition, const at::Tensor& a, const at::Tensor& b, at::Tensor& out) {
    out.resize_(::where(condition, a, b).sizes());
    return out;
}

at::Tensor& same_out(const at::Tensor& x, at::Tensor& out) {
    out.resize_(there(x).sizes());
    return out;
}

at::Tensor index_select(const at::Tensor& x, std::int64_t dim, const at::Tensor& index) {
    auto sizes = there(x).sizes().vec();
    sizes[static_cast<std::size_t>(dim)] = there(index).numel();
    return at::empty(sizes, x.options());
}

at::Tensor embedding_backward(const at::Tensor& slope, const at::Tensor& index, std::int64_t count, std::int64_t,
                              bool) {
    there(index);
    return at::empty({count, there(slope).size(-1)}, slope.options());
}
void adamw(at::TensorList values, at::TensorList slopes, at::TensorList first, at::TensorList second, at::TensorList,
           at::TensorList steps, double, double, double, double, double, bool, bool, const std::optional<at::Tensor>&,
           const std::optional<at::Tensor>&) {
    for (const auto& list : {values, slopes, first, second, steps})
        for (const at::Tensor& tensor : list) there(tensor);
}

std::vector<std::int64_t> convolved(const at::Tensor& x, const at::Tensor& weight, at::IntArrayRef stride,
                                    at::IntArrayRef padding) {
    std::vector<std::int64_t> sizes{there(x).size(0), there(weight).size(0)};
    TORCH_CHECK(x.size(1) == weight.size(1) && x.scalar_type() == weight.scalar_type());
    for (std::int64_t d = 0; d < 2; ++d)
        sizes.push_back((x.size(d + 2) + 2 * padding[static_cast<std::size_t>(d)] - weight.size(d + 2)) /
                            stride[static_cast<std::size_t>(d)] +
                        1);
    return sizes;
}
at::Tensor convolution(const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias,
                       at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef, bool, at::IntArrayRef,
                       std::int64_t) {
    if (bias) there(*bias);
    return at::empty(convolved(x, weight, stride, padding), x.options());
}
std::tuple<at::Tensor, at::Tensor, at::Tensor> convolution_backward(const at::Tensor& slope, const at::Tensor& x,
                                                                    const at::Tensor& weight, at::IntArrayRef stride,
                                                                    at::IntArrayRef padding, at::IntArrayRef, bool,
                                                                    at::IntArrayRef, std::int64_t,
                                                                    std::array<bool, 3>) {
    TORCH_CHECK(there(slope).sizes() == at::IntArrayRef(convolved(x, weight, stride, padding)));
    return {at::empty_like(x), at::empty_like(weight), at::empty({weight.size(0)}, weight.options())};
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> group_norm(const at::Tensor& x, const std::optional<at::Tensor>& weight,
                                                          const std::optional<at::Tensor>& bias, std::int64_t n,
                                                          std::int64_t, std::int64_t, std::int64_t groups, double) {
    for (const auto& given : {weight, bias})
        if (given && given->defined()) there(*given);
    return {at::empty_like(there(x)), at::empty({n, groups}, x.options()), at::empty({n, groups}, x.options())};
}
std::tuple<at::Tensor, at::Tensor, at::Tensor> group_norm_backward(const at::Tensor& slope, const at::Tensor& x,
                                                                   const at::Tensor& mean, const at::Tensor& rate,
                                                                   const std::optional<at::Tensor>& weight,
                                                                   std::int64_t, std::int64_t channels, std::int64_t,
                                                                   std::int64_t, std::array<bool, 3>) {
    there(slope), there(mean), there(rate);
    if (weight && weight->defined()) there(*weight);
    return {at::empty_like(there(x)), at::empty({channels}, x.options()), at::empty({channels}, x.options())};
}

}  // namespace
TORCH_LIBRARY_IMPL(aten, Meta, library) {
    library.impl("where.self", where);
    library.impl("where.self_out", where_out);
    library.impl("abs.out", same_out);
    library.impl("embedding_dense_backward", embedding_backward);
    library.impl("_fused_adamw_", adamw);
    library.impl("index_select", index_select);
    library.impl("convolution_overrideable", convolution);
    library.impl("convolution_backward_overrideable", convolution_backward);
    library.impl("native_group_norm", group_norm);
    library.impl("native_group_norm_backward", group_norm_backward);
}

namespace drift {
namespace {

const at::Device meta(at::kMeta);

NetworkConfig small_network() {
    NetworkConfig config;
    config.unet = {32, {8, 16}, {1, 1}, {false, true}};
    config.num_actions = 3, config.noise_cond = true, config.space_to_depth = 2;
    config.context_channels = 3 * config.context_frames;
    return config;
}

TEST(Meta, IsStrict) {
    auto there = at::empty({2, 2}, at::TensorOptions(meta));
    EXPECT_ANY_THROW(there + at::ones({2, 2})) << "a tensor of the host";
    EXPECT_ANY_THROW(there.sum().item<float>()) << "a value";
    EXPECT_ANY_THROW(there.to(at::kCPU));
}

TEST(Meta, AFrameIsImaginedWithoutWaiting) {
    auto config = small_network();
    const auto frames = at::empty({2, config.context_frames, 3, 16, 16}, at::TensorOptions(meta).dtype(at::kByte)),
               actions = at::empty({2, config.context_frames}, at::TensorOptions(meta).dtype(at::kLong));
    for (auto base : {Preconditioning::Base::previous, Preconditioning::Base::zero, Preconditioning::Base::moved}) {
        config.moves = base == Preconditioning::Base::moved;
        const InnerModel model(config);
        for (auto type : {at::kFloat, at::kBFloat16}) {
            const NetworkDenoiser denoiser(cast_for_inference(model, type, meta),
                                           {base, 0.5f, 0.3f, Preconditioning::Rounding::nearest});
            for (auto solver : {Solver::euler, Solver::heun, Solver::dpmpp_2m}) {
                SamplerSettings settings;
                settings.solver = solver, settings.steps = 3;
                settings.s_churn = 2, settings.context_noise = 0.1f;
                for (bool quantise : {false, true}) {
                    settings.quantise = quantise;
                    const auto next = next_frames(denoiser, settings, frames, actions);
                    EXPECT_EQ(next.sizes(), (at::IntArrayRef{2, 3, 16, 16}));
                    EXPECT_TRUE(next.is_meta());
                }
            }
        }
    }
}

TEST(Meta, WhereMemoryIsShortDreamsComeInParts) {
    std::vector<std::size_t> parts;
    auto imagine = [&](std::size_t room) {
        parts.clear();
        std::vector<DreamRequest> requests(5);
        std::vector<Frame> frames(5);
        for (std::size_t i = 0; i < 5; ++i) requests[i].lane = static_cast<std::uint32_t>(i);
        imagine_in_parts(requests, frames, "large", [&](std::span<const DreamRequest> some, std::span<Frame> theirs) {
            if (some.size() > room) throw c10::OutOfMemoryError({__func__, __FILE__, __LINE__}, "CUDA out of memory");
            parts.push_back(some.size());
            for (std::size_t i = 0; i < some.size(); ++i) theirs[i] = Frame(static_cast<int>(some[i].lane) + 1, 1);
        });
        for (int i = 0; i < 5; ++i) EXPECT_EQ(frames[static_cast<std::size_t>(i)].width, i + 1);
    };
    imagine(5);
    EXPECT_EQ(parts, (std::vector<std::size_t>{5}));
    imagine(2);
    EXPECT_EQ(parts, (std::vector<std::size_t>{2, 1, 2}));
    try {
        imagine(0);
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(),
                     "world large: the device's memory is full, one dream does not fit: close what else uses it, or "
                     "start with --device cpu");
    }
}

// The places that may wait: losses, read once in a hundred steps; dreams of one's own, whose pictures decide what is learned next.
TEST(Meta, AStepOfTrainingNeitherWaitsNorMixesDevices) {
    const auto clips = std::make_shared<const std::vector<Clip>>(std::vector{counted_clip(1, 60), counted_clip(2, 40)});
    const auto source = std::make_shared<RecordedSource>(clips, 16, 16);
    for (bool bf16 : {false, true})
        for (bool centred : {false, true}) {
            auto recipe = own_world_recipe(Bricks().info().actions);
            recipe.network = small_network();
            recipe.batch = 4, recipe.k_max = 2, recipe.k_every = 0, recipe.dream_share = 0,
            recipe.centred_starts = centred;
            Trainer trainer(recipe, source, meta, bf16);
            for (int i = 0; i < 2; ++i) EXPECT_FALSE(trainer.step().loss);
            EXPECT_EQ(trainer.steps_done(), 2);
            recipe.dream_share = 0.5f, recipe.dreams = 4;
            Trainer dreaming(recipe, source, meta, bf16);
            EXPECT_ANY_THROW(dreaming.step());
        }
}

}  // namespace
}  // namespace drift
