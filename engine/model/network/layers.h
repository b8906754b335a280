// The layers of DIAMOND's U-Net as plain values: tensors and a call. Shapes are NCHW; B batch, C channels.
#pragma once

#include <ATen/core/Tensor.h>

#include <concepts>
#include <string>
#include <vector>

#include "model/network/fast_conv.h"

namespace drift {

// Every layer has `visit(name, visitor)`, which calls visitor(full tensor name, tensor&) in a fixed order: loading, saving, casting,
// optimising are all such visits. A layer is copied by value; its tensors are shared until a visit replaces them.

// While one lives, layers that are built on its thread have tensors of their shapes without values: what is read from a file next would
// only overwrite them, and memory that was never touched costs nothing.
class WithoutValues {
public:
    WithoutValues();
    ~WithoutValues();
    WithoutValues(const WithoutValues&) = delete;
    WithoutValues& operator=(const WithoutValues&) = delete;

private:
    bool before_;
};
void set_zero(at::Tensor& tensor);  // unless a WithoutValues lives

// Weights and biases as PyTorch initialises them (uniform in +-1/sqrt(fan in)), drawn from LibTorch's default generator.
struct Conv {
    at::Tensor weight, bias;
    int stride = 1;
    FastConv fast;  // once there is one it stands for the weight and the bias, which are gone
    Conv() = default;
    Conv(int in, int out, int kernel, int stride = 1);
    at::Tensor operator()(const at::Tensor& x,
                          const at::Tensor& more = {}) const;  // "same" zero padding; more: added to what comes out
    void make_fast(at::ScalarType type);  // for inference on the CPU with pictures of that type, where that pays
    // A visitor that takes a Conv, or an AdaGroupNorm, gets it whole before its tensors.
    template <class V>
    void visit(const std::string& name, V&& v) {
        if constexpr (std::invocable<V&, Conv&>) v(*this);
        v(name + ".weight", weight), v(name + ".bias", bias);
    }
};

struct Linear {
    at::Tensor weight, bias;
    FastConv fast;  // as Conv's
    Linear() = default;
    Linear(int in, int out);
    at::Tensor operator()(const at::Tensor& x) const;
    void make_fast(
        at::ScalarType
            type);  // for vectors of that type: what a general operator does to one of them, it does on one thread
    explicit operator bool() const { return weight.defined() || fast; }
    template <class V>
    void visit(const std::string& name, V&& v) {
        v(name + ".weight", weight), v(name + ".bias", bias);
    }
};

// GroupNorm over max(1, C/32) groups, eps 1e-5, with a learned affine.
struct GroupNorm {
    at::Tensor weight, bias;
    GroupNorm() = default;
    explicit GroupNorm(int channels);
    at::Tensor operator()(const at::Tensor& x) const;
    at::Tensor activated(const at::Tensor& x) const;  // silu of the same, as of AdaGroupNorm
    at::Tensor affine(std::int64_t batch) const;      // [B, 2 C], as of AdaGroupNorm
    template <class V>
    void visit(const std::string& name, V&& v) {
        v(name + ".norm.weight", weight), v(name + ".norm.bias", bias);
    }
};

// GroupNorm without affine, then x (1 + scale) + shift, both from the conditioning vector [B, cond].
struct AdaGroupNorm {
    Linear linear;
    std::int64_t
        from = 0,
        to =
            0;  // instead of a linear layer of its own: where in `cond` scale and shift already are (UNet::conditioning)
    AdaGroupNorm() = default;
    AdaGroupNorm(int channels, int cond) : linear(cond, 2 * channels) {}
    at::Tensor operator()(const at::Tensor& x, const at::Tensor& cond) const;
    // silu of the same: for inference on the CPU by a kernel of our own, which rounds once where the operators round three times.
    at::Tensor activated(const at::Tensor& x, const at::Tensor& cond) const;
    at::Tensor affine(const at::Tensor& cond) const {
        return linear.weight.defined() ? linear(cond) : cond.slice(1, from, to);
    }  // [B, 2 C]
    template <class V>
    void visit(const std::string& name, V&& v) {
        if constexpr (std::invocable<V&, AdaGroupNorm&>) v(*this);
        linear.visit(name + ".linear", v);
    }
};

// Self-attention over all pixels, heads of 8 channels. The residual is added to the NORMALISED input, as the reference does.
struct SelfAttention {
    GroupNorm norm;
    Conv qkv, out;
    SelfAttention() = default;
    explicit SelfAttention(int channels);
    at::Tensor operator()(const at::Tensor& x) const;
    template <class V>
    void visit(const std::string& name, V&& v) {
        norm.visit(name + ".norm", v), qkv.visit(name + ".qkv_proj", v), out.visit(name + ".out_proj", v);
    }
};

struct ResBlock {
    bool has_projection = false, has_attention = false;
    Conv projection, conv1, conv2;
    AdaGroupNorm norm1, norm2;
    SelfAttention attention;
    ResBlock() = default;
    ResBlock(int in, int out, int cond, bool attention);
    // Of cat(x, skip), or of x alone: at best without putting the two together.
    Features operator()(const Features& x, const at::Tensor& cond, const Features& skip = {}) const;
    template <class V>
    void visit(const std::string& name, V&& v) {
        if (has_projection) projection.visit(name + ".proj", v);
        norm1.visit(name + ".norm1", v), conv1.visit(name + ".conv1", v);
        norm2.visit(name + ".norm2", v), conv2.visit(name + ".conv2", v);
        if (has_attention) attention.visit(name + ".attn", v);
    }
};

// ResBlocks one after another; with `skips` each is fed cat(x, skips[i]).
struct ResBlocks {
    std::vector<ResBlock> blocks;
    ResBlocks() = default;
    ResBlocks(const std::vector<int>& in, const std::vector<int>& out, int cond, bool attention);
    template <class V>
    void visit(const std::string& name, V&& v) {
        for (std::size_t i = 0; i < blocks.size(); ++i) blocks[i].visit(name + ".resblocks." + std::to_string(i), v);
    }
};

// conv(norm.activated(x)): at best by one kernel.
at::Tensor activated_conv(const Conv& conv, const GroupNorm& norm, const Features& x);

at::Tensor upsample_nearest(const at::Tensor& x);  // by 2

}  // namespace drift
