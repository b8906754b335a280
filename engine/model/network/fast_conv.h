// Convolutions by our own kernels, for LibTorch's tensors on the CPU.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "kernels/cpu/cpu_kernels.h"
#include "model/network/features.h"

namespace drift {

// A convolution with zeros around of pictures on the CPU, with its weights held in the form that its kernel reads.
class FastConv {
public:
    // Of 3 x 3 by products in bf16, for bf16 pictures alone (kernels/cpu/winograd.h), or in fp32 (winograd_fp32.h): 16 or 36 numbers are held for
    // each 9. Of 1 x 1, or of 3 x 3 and stride 2, by products in fp32 (pointwise.h).
    enum class Way { winograd_bf16, winograd_fp32, pointwise, halving };
    FastConv() = default;
    // weight [out, in, k, k] and bias [out] in fp32: they are rounded after they were transformed. What is not transformed may be in bf16, for bf16
    // pictures alone, and is held so.
    FastConv(const at::Tensor& weight, const at::Tensor& bias, Way way);
    // What is convolved: x [B, .., H, W], bf16 or fp32; beside it, if there is one, the other channels, of the same size and type; and, if `scale` and
    // `shift` [B, in] are there, read as silu(x scale + shift) in fp32 (by Winograd's ways alone).
    struct Input {
        at::Tensor x, beside = {}, scale = {}, shift = {};
    };
    // The quickest one on this CPU for a weight of that shape and pictures of that type; none where the general operator is.
    static std::optional<Way> quickest(const at::Tensor& weight, int stride, at::ScalarType type);
    explicit operator bool() const { return weights_.defined(); }
    // -> [B, out, H, W], or half of H and W, rounded up, + more, channels-last; more as the output, or undefined. The same for any number of threads.
    Features operator()(const Input& input, const at::Tensor& more) const;
    at::Tensor operator()(const at::Tensor& x, const at::Tensor& more) const { return (*this)(Input{x}, more); }

private:
    template <class T>
    void pointwise(const kernels::PointwiseShape& shape, const kernels::Pictures<T>& x, std::int64_t pixels,
                   const T* more, T* y) const;

    Way way_ = Way::winograd_fp32;
    const kernels::CpuKernels* kernels_ = nullptr;
    std::int64_t out_ = 0;
    at::Tensor weights_, bias_;
};

// The convolution of 3 x 3 and stride 1 as part of a training: x and weight of one type, bf16 or fp32. It and its gradients go by products in
// fp32, the same for any number of threads.
bool learns_fast(const at::Tensor& x, const at::Tensor& weight, int stride);
at::Tensor learned_conv(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

}  // namespace drift
