// A GPU's work, recorded once and then given whole (kernels/cuda/graph.h).
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <optional>

#include "model/sampling/denoiser.h"

namespace drift {

class CudaGraph {
public:
    // Can work for this device be recorded? Opens the plug-in.
    static bool possible(at::Device device);
    // Runs `work` three times, the last time to record it. It must not wait for the device, and uses the same tensors each time. Throws Error.
    explicit CudaGraph(std::function<void()> work);
    void replay();

private:
    std::function<void()> work_;  // keeps what it uses
    std::unique_ptr<void, void (*)(void*)> graph_;
};

// A network whose calls are recorded: one graph for each number of samples. Not for more than one thread at a time.
class RecordedDenoiser : public Denoiser {
public:
    explicit RecordedDenoiser(NetworkDenoiser denoiser) : denoiser_(std::move(denoiser)) {}
    at::Tensor denoise(const at::Tensor& x, std::span<const NoiseLevel> levels,
                       const Conditioning& given) const override;
    Preconditioning::Rounding rounding() const override { return denoiser_.rounding(); }

private:
    struct Call {
        at::Tensor x, coefficients, d;
        Conditioning given;
        std::optional<CudaGraph> graph;
    };
    NetworkDenoiser denoiser_;
    mutable std::vector<std::unique_ptr<Call>> calls_;
};

}  // namespace drift
