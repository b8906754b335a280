// Where networks run: the accelerator is optional, and looked for at run time.
#pragma once

#include "kernels/cpu/cpu_code.h"
#include "model/load.h"
#include "model/world/dream.h"

namespace drift {

// See LoadOptions. Sets the number of CPU threads. Throws Error where a GPU is asked for and there is none.
Placement choose_placement(const LoadOptions& options);

// Are a training's forward passes to be in bf16, else fp32? fp16, whose gradients vanish unless the loss is scaled, is neither: an Error where it was
// asked for, fp32 where it was only the card's own choice.
bool trains_in_bf16(const Placement& placement);

// Bytes that were used at most so far: of the device, or of this program's memory where that is the CPU.
double memory_used(at::Device device);

// While one lives, this program's networks go by LibTorch's operators alone: what benchmarks compare with.
class WithoutOwnKernels {
public:
    WithoutOwnKernels();
    ~WithoutOwnKernels();
    WithoutOwnKernels(const WithoutOwnKernels&) = delete;
    WithoutOwnKernels& operator=(const WithoutOwnKernels&) = delete;

private:
    kernels::CpuCode before_;
};

}  // namespace drift
