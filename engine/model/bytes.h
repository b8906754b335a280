// Frames of bytes to tensors and back.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>

#include "core/frame.h"

namespace drift {

// U8 [3, H, W] on the CPU.
at::Tensor bytes_of_frame(const Frame& frame);
at::Tensor bytes_of_frames(std::span<const Frame> frames);  // U8 [T, 3, H, W]; at least one, all of one size
Frame frame_of_bytes(const at::Tensor& bytes);

// U8 of any shape to fp32 in [-1, 1], as the reference: byte / 255 * 2 - 1.
at::Tensor pixels_of_bytes(const at::Tensor& bytes);
// fp32 in [-1, 1] to U8, rounded to the nearest level: a truncating conversion shows 63 of 256 levels one too low.
at::Tensor bytes_of_pixels(const at::Tensor& pixels);

}  // namespace drift
