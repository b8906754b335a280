// The dream: a world's network behind the WorldModel seam.
#pragma once

#include <memory>

#include "core/world_model.h"
#include "model/sampling/denoiser.h"
#include "model/world/networks.h"
#include "model/world/world_file.h"

namespace drift {

// Where and in which type a network runs.
struct Placement {
    at::Device device = at::kCPU;
    at::ScalarType type = at::kFloat;
    bool if_close = false;  // in that type only where the frames stay within 50 dB of fp32's; else in fp32
    bool plain = false;     // by the general operators alone, pictures in NCHW
    bool graph = false;     // on a GPU: record the calls of a network and give them whole
};

std::string describe(const Placement& placement);  // "CPU (bf16, 2 threads)"

// The networks in fp32 on the CPU. `name` is shown to people. Where the spec says so, every opening is warmed up: some steps without a key are dreamed from it.
std::unique_ptr<WorldModel> make_dream(std::string name, const WorldSpec& spec, const Networks& networks,
                                       std::vector<History> openings, const Placement& placement);
// A world of one network.
std::unique_ptr<WorldModel> make_dream(std::string name, const WorldSpec& spec, const InnerModel& model,
                                       std::vector<History> openings, const Placement& placement);

}  // namespace drift
