// The graphics card that computes: an NVIDIA card by CUDA, or an AMD card by ROCm, which LibTorch calls CUDA too.
#pragma once

#include <c10/core/ScalarType.h>

#include <optional>
#include <string>

namespace drift {

// Opens LibTorch's half for cards, a library of its own that registers itself: libtorch_cuda, or libtorch_hip of a LibTorch for ROCm. The program
// links the half for the CPU only. Empty where there is a card that it can use; else why not, as a part of a sentence.
const std::string& why_no_card();

// Of the first card, asked of NVIDIA's driver, the whole number alone: 7 for 7.5. Nothing on AMD's, or without one.
std::optional<int> compute_capability();

// The type that a card computes in fastest: bf16 where it has products of it (NVIDIA from 8.0 on; AMD, where ROCm has them on every card that it still
// knows), fp16 from 7.0 on, else fp32.
at::ScalarType fastest_type(std::optional<int> compute_capability);

}  // namespace drift
