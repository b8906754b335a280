#include "model/sampling/cuda_graph.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <dlfcn.h>

#include <filesystem>

#include "core/error.h"
#include "kernels/cuda/graph.h"

namespace drift {
namespace {

struct PlugIn {
    drift_graph_record_t record = nullptr;
    drift_graph_replay_t replay = nullptr;
    drift_graph_free_t free = nullptr;
};

// Beside the program, or wherever the loader looks for libraries.
const PlugIn& plug_in() {
    static const PlugIn found = [] {
        PlugIn functions;
        std::error_code failure;
        auto beside = std::filesystem::read_symlink("/proc/self/exe", failure).parent_path() / "libdrift_cuda.so";
        void* library = dlopen(beside.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!library) library = dlopen("libdrift_cuda.so", RTLD_NOW | RTLD_LOCAL);
        if (!library) return functions;
        functions.record = reinterpret_cast<drift_graph_record_t>(dlsym(library, "drift_graph_record"));
        functions.replay = reinterpret_cast<drift_graph_replay_t>(dlsym(library, "drift_graph_replay"));
        functions.free = reinterpret_cast<drift_graph_free_t>(dlsym(library, "drift_graph_free"));
        return functions;
    }();
    return found;
}

}  // namespace

bool CudaGraph::possible(at::Device device) {
    return device.is_cuda() && plug_in().record && plug_in().replay && plug_in().free;
}

CudaGraph::CudaGraph(std::function<void()> work) : work_(std::move(work)), graph_(nullptr, plug_in().free) {
    char error[512] = "";
    graph_.reset(plug_in().record([](void* context) { (*static_cast<std::function<void()>*>(context))(); }, &work_,
                                  error, sizeof error));
    if (!graph_) throw Error(std::string("GPU: expected work that can be recorded, found: ") + error);
}

void CudaGraph::replay() { plug_in().replay(graph_.get()); }

at::Tensor RecordedDenoiser::denoise(const at::Tensor& x, std::span<const NoiseLevel> levels,
                                     const Conditioning& given) const {
    Call* call = nullptr;
    for (const auto& known : calls_)
        if (known->x.sizes() == x.sizes()) call = known.get();
    auto coefficients = denoiser_.coefficients_of(x, levels);
    if (!call) {
        auto copy = [](const at::Tensor& tensor) { return tensor.defined() ? tensor.clone() : tensor; };
        call = calls_
                   .emplace_back(
                       std::make_unique<Call>(Call{copy(x),
                                                   copy(coefficients),
                                                   {},
                                                   {copy(given.context), copy(given.actions), copy(given.previous)},
                                                   {}}))
                   .get();
        call->graph.emplace([this, call] {
            at::NoGradGuard no_grad;
            call->d = denoiser_.denoise_with(call->x, call->coefficients, call->given);
        });
    }
    call->x.copy_(x);
    call->coefficients.copy_(coefficients);
    call->given.context.copy_(given.context);
    call->given.previous.copy_(given.previous);
    if (given.actions.defined()) call->given.actions.copy_(given.actions);
    call->graph->replay();
    return call->d.clone();
}

}  // namespace drift
