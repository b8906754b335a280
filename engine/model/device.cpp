#include "model/device.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

#include "core/error.h"
#include "kernels/cpu/cpu_code.h"
#include "model/card.h"
#include "model/sampling/cuda_graph.h"

namespace drift {
namespace {

// LibTorch and its libraries read what they may use when they first compute.
void choose_cpu_code(const std::string& name) {
    using enum kernels::CpuCode;
    if (name == "auto") return;
    if (name != "plain" && name != "avx2" && name != "avx512")
        throw Error("cpu: expected auto, avx2, avx512 or plain, found \"" + printable(name) + "\"");
    const auto code = name == "plain" ? plain : name == "avx2" ? avx2 : avx512;
    if (!kernels::use_cpu_code(code)) throw Error("cpu: this CPU does not have " + name);
    if (code == avx2)
        setenv("ATEN_CPU_CAPABILITY", "avx2", 1), setenv("ONEDNN_MAX_CPU_ISA", "AVX2", 1),
            setenv("MKL_ENABLE_INSTRUCTIONS", "AVX2", 1);
}

at::ScalarType fastest_type_of_cpu() {
    const bool bf16 = __builtin_cpu_supports("avx512bf16") && kernels::best_cpu_code() == kernels::CpuCode::avx512 &&
                      kernels::cpu_code() != kernels::CpuCode::avx2;
    return bf16 ? at::kBFloat16 : at::kFloat;
}

}  // namespace

std::string why_no_gpu() { return why_no_card(); }

void wait_without_spinning(char** arguments, Beside beside) {
    if (std::getenv("OMP_WAIT_POLICY")) return;
    setenv("OMP_WAIT_POLICY", "PASSIVE", 1);
    // A moment of it is worth having: to be woken costs a thread as long as a small layer takes. Measured on two virtual cores with DIAMOND's
    // Atari network: 33 ms a call with 1000 turns, 29 with 3000, 27 with 10000; beside a program that wants a core 50, 46 and 81. Beside a
    // window that is drawn without a GPU, and that program, bricks made 28, 16 and 10 steps a second.
    setenv("GOMP_SPINCOUNT", beside == Beside::window ? "1000" : "3000", 0);
    // What a layer gives back is what the next one asks for: kept, it need not be cleared again. A tenth of a call.
    setenv("MALLOC_MMAP_THRESHOLD_", "33554432", 0);
    setenv("MALLOC_TRIM_THRESHOLD_", "536870912", 0);
    execv("/proc/self/exe", arguments);  // returns only where it failed: then it is slow beside others, and works
}

Placement choose_placement(const LoadOptions& options) {
    const std::string &device = options.device, &precision = options.precision;
    if (device != "auto" && device != "cpu" && device != "cuda")
        throw Error("device: expected auto, cpu or cuda, found \"" + printable(device) + "\"");
    if (precision != "auto" && precision != "fp32" && precision != "bf16" && precision != "fp16")
        throw Error("precision: expected auto, fp32, bf16 or fp16, found \"" + printable(precision) + "\"");
    choose_cpu_code(options.cpu);
    if (options.threads > 0) at::set_num_threads(options.threads);
    Placement placement;
    if (device != "cpu" && why_no_card().empty()) placement.device = at::Device(at::kCUDA, 0);
    if (device == "cuda" && !placement.device.is_cuda()) throw Error("device cuda: " + why_no_card());
    if (precision == "auto") {
        placement.type = placement.device.is_cuda() ? fastest_type(compute_capability()) : fastest_type_of_cpu();
        placement.if_close = placement.type == at::kHalf;
    } else {
        placement.type = precision == "bf16" ? at::kBFloat16 : precision == "fp16" ? at::kHalf : at::kFloat;
    }
    placement.graph = options.cuda_graph && !options.plain && CudaGraph::possible(placement.device);
    if (options.plain) placement.type = at::kFloat, placement.plain = true, placement.if_close = false;
    return placement;
}

bool trains_in_bf16(const Placement& placement) {
    if (placement.type == at::kHalf && !placement.if_close)
        throw Error("precision: training takes fp32 or bf16, found fp16");
    return placement.type == at::kBFloat16;
}

double memory_used(at::Device device) {
    if (device.is_cuda()) {
        const auto stats = at::getDeviceAllocator(device.type())->getDeviceStats(device.index());
        return static_cast<double>(stats.reserved_bytes[0].peak);
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024;
}

WithoutOwnKernels::WithoutOwnKernels() : before_(kernels::cpu_code()) {
    kernels::use_cpu_code(kernels::CpuCode::plain);
}
WithoutOwnKernels::~WithoutOwnKernels() { kernels::use_cpu_code(before_); }

}  // namespace drift
