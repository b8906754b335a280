// What one layer hands the next.
#pragma once

#include <ATen/core/Tensor.h>

#include <utility>

namespace drift {

// Pictures of features, and what a normalisation would otherwise have to read them for once more.
struct Features {
    at::Tensor x;  // [B, C, H, W]
    at::Tensor
        sums;  // F64 [B, 2, C]: of each channel and of its squares, where the layer that made x has added them up; or undefined
    Features() = default;
    Features(at::Tensor given, at::Tensor added = {}) : x(std::move(given)), sums(std::move(added)) {}
    operator const at::Tensor&() const { return x; }
};

}  // namespace drift
