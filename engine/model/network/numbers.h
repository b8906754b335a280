// Tensors as kernels see them: plain numbers of one of two types.
#pragma once

#include <ATen/core/Tensor.h>

#include <type_traits>

#include "kernels/cpu/bf16.h"

namespace drift {

template <class T>
T* numbers(const at::Tensor& t) {
    return t.defined() ? reinterpret_cast<T*>(t.data_ptr()) : nullptr;
}

// work(T()) for the type of x, fp32 or bf16.
template <class Work>
auto by_type(const at::Tensor& x, Work work) {
    return x.scalar_type() == at::kFloat ? work(float()) : work(kernels::bf16());
}

// Of a kernel for fp32 and the same one for bf16, that for T.
template <class T, class Fp32, class Bf16>
auto of_type(Fp32 fp32, Bf16 bf16) {
    if constexpr (std::is_same_v<T, float>) return fp32;
    else return bf16;
}

}  // namespace drift
