#include "model/device.h"

#include <dlfcn.h>
#include <torch/torch.h>
#include <unistd.h>

#include <cstdlib>

#include "core/error.h"
#include "model/sampling/cuda_graph.h"

namespace drift {
namespace {

// LibTorch's CUDA half is a library of its own that registers itself when it is opened; the program links the CPU half only.
const std::string& open_cuda() {
    static const std::string failure = []() -> std::string {
        if (void* driver = dlopen("libcuda.so.1", RTLD_LAZY)) dlclose(driver);
        else return "no NVIDIA driver was found";
        if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL))
            return "LibTorch's GPU libraries are not installed (app/setup.sh --cuda)";
        return torch::cuda::is_available() ? "" : "the NVIDIA driver offers no device that LibTorch can use";
    }();
    return failure;
}

}  // namespace

std::string why_no_gpu() { return open_cuda(); }

void wait_without_spinning(char** arguments) {
    if (std::getenv("OMP_WAIT_POLICY")) return;
    setenv("OMP_WAIT_POLICY", "PASSIVE", 1);
    // A few microseconds of it are worth having: to be woken costs a thread as long as a small layer takes. DIAMOND's Atari network on two
    // cores: 28 ms a call in place of 42; beside another program that wants both, 62 in place of 48.
    setenv("GOMP_SPINCOUNT", "1000", 0);
    execv("/proc/self/exe", arguments);  // returns only where it failed: then it is slow beside others, and works
}

Placement choose_placement(const LoadOptions& options) {
    const std::string &device = options.device, &precision = options.precision;
    if (device != "auto" && device != "cpu" && device != "cuda")
        throw Error("device: expected auto, cpu or cuda, found \"" + printable(device) + "\"");
    if (precision != "auto" && precision != "fp32" && precision != "bf16")
        throw Error("precision: expected auto, fp32 or bf16, found \"" + printable(precision) + "\"");
    if (options.threads > 0) at::set_num_threads(options.threads);
    Placement placement;
    if (device != "cpu" && open_cuda().empty()) placement.device = at::Device(at::kCUDA, 0);
    if (device == "cuda" && !placement.device.is_cuda()) throw Error("device cuda: " + open_cuda());
    bool fast_bf16 =
        placement.device.is_cuda() || (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bf16"));
    placement.type = precision == "bf16" || (precision == "auto" && fast_bf16) ? at::kBFloat16 : at::kFloat;
    placement.graph = options.cuda_graph && !options.plain && CudaGraph::possible(placement.device);
    if (options.plain) placement.type = at::kFloat, placement.plain = true;
    return placement;
}

}  // namespace drift
