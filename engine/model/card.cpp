#include "model/card.h"

#include <dlfcn.h>
#include <torch/cuda.h>

#include <filesystem>

namespace drift {

const std::string& why_no_card() {
    static const std::string failure = []() -> std::string {
        void* nvidia = dlopen("libcuda.so.1", RTLD_LAZY);
        if (nvidia) dlclose(nvidia);
        std::error_code error;
        const bool amd = std::filesystem::exists("/dev/kfd", error);  // the kernel's side of ROCm
        if (!nvidia && !amd) return "no NVIDIA driver was found, nor AMD's for ROCm";
        void* cuda = nvidia ? dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) : nullptr;
        if (!cuda && !(amd && dlopen("libtorch_hip.so", RTLD_NOW | RTLD_GLOBAL)))
            return nvidia ? "LibTorch's GPU libraries are not installed (app/setup.sh --cuda)"
                          : "this LibTorch is not one for ROCm (DRIFT_LIBTORCH names another)";
        return torch::cuda::is_available() ? "" : "the graphics driver offers no device that LibTorch can use";
    }();
    return failure;
}

std::optional<int> compute_capability() {
    using Initialise = int (*)(unsigned);
    using Device = int (*)(int* device, int index);
    using Attribute = int (*)(int* value, int attribute, int device);
    constexpr int major_attribute = 75;                // CUdevice_attribute, "CUDA Driver API"
    void* driver = dlopen("libcuda.so.1", RTLD_LAZY);  // stays open: LibTorch uses it too
    if (!driver) return {};
    const auto initialise = reinterpret_cast<Initialise>(dlsym(driver, "cuInit"));
    const auto device_of = reinterpret_cast<Device>(dlsym(driver, "cuDeviceGet"));
    const auto attribute = reinterpret_cast<Attribute>(dlsym(driver, "cuDeviceGetAttribute"));
    int major = 0, device = 0;
    if (!initialise || !device_of || !attribute || initialise(0) != 0 || device_of(&device, 0) != 0 ||
        attribute(&major, major_attribute, device) != 0)
        return {};
    return major;
}

at::ScalarType fastest_type(std::optional<int> compute_capability) {
    if (!compute_capability || *compute_capability >= 8) return at::kBFloat16;
    return *compute_capability == 7 ? at::kHalf : at::kFloat;
}

}  // namespace drift
