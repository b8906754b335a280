#include "model/bytes.h"

#include <ATen/ATen.h>

#include <cstring>
#include <vector>

#include "model/sampling/precondition.h"

namespace drift {

at::Tensor bytes_of_frame(const Frame& frame) {
    auto interleaved = at::empty({frame.height, frame.width, 3}, at::kByte);
    std::memcpy(interleaved.data_ptr<std::uint8_t>(), frame.rgb.data(), frame.rgb.size());
    return interleaved.permute({2, 0, 1}).contiguous();
}

at::Tensor bytes_of_frames(std::span<const Frame> frames) {
    std::vector<at::Tensor> all;
    for (const Frame& frame : frames) all.push_back(bytes_of_frame(frame));
    return at::stack(all);
}

Frame frame_of_bytes(const at::Tensor& bytes) {
    auto interleaved = bytes.permute({1, 2, 0}).contiguous();
    Frame frame(static_cast<int>(bytes.size(2)), static_cast<int>(bytes.size(1)));
    std::memcpy(frame.rgb.data(), interleaved.data_ptr<std::uint8_t>(), frame.rgb.size());
    return frame;
}

at::Tensor pixels_of_bytes(const at::Tensor& bytes) { return divided(bytes.to(at::kFloat), 255).mul(2).sub(1); }

at::Tensor bytes_of_pixels(const at::Tensor& pixels) {
    return pixels.clamp(-1, 1).add(1).div(2).mul(255).round().to(at::kByte);
}

}  // namespace drift
