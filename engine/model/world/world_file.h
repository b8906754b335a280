// A world's folder: world.toml says what it is; weights and openings lie beside it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/world_model.h"
#include "model/checkpoint/safetensors.h"
#include "model/network/inner_model.h"
#include "model/sampling/precondition.h"

namespace drift {

// The contents of world.toml.
struct WorldSpec {
    std::string title, game;
    int width = 64, height = 64, rate = 15;
    ActionSpace actions;
    NetworkConfig network;
    Preconditioning preconditioning;
    TrainedRanges trained;
    SamplerSettings defaults;
    std::string weights_hash;   // XXH3-64 of the weights' file, 16 hexadecimal digits
    std::string training_note;  // how it was trained, one line
    // DIAMOND's own: weights.safetensors holds a checkpoint's tensors under their names, and the networks are built as these say.
    bool diamond = false;
    int upsampling = 1;  // the upsampler makes frames so many times larger; 1: there is none
    Preconditioning upsampler = {};
    int warm_up =
        0;  // steps dreamed without a key from flat frames, which make the opening where there are no start frames
    std::string opening_note;  // what the openings are, where they are not the game's own
    int low_width() const { return upsampling > 1 ? width / upsampling : 0; }
    int low_height() const { return upsampling > 1 ? height / upsampling : 0; }
};

inline constexpr const char* world_toml = "world.toml";
inline constexpr const char* base_names[] = {"zero", "previous", "moved"};  // of Preconditioning::Base, in its order
inline constexpr const char* weights_file = "weights.safetensors";
inline constexpr const char* openings_file = "openings.safetensors";

// Throws Error naming the file, what was expected and what was found.
WorldSpec read_world_spec(const std::filesystem::path& folder);
void write_world_spec(const std::filesystem::path& folder, const WorldSpec& spec);

// Writes the whole folder, weights in bf16; the hash in `spec` is set. Each file is replaced as a whole, world.toml last.
void write_world(const std::filesystem::path& folder, WorldSpec spec, const InnerModel& model,
                 const std::vector<History>& openings);

// The same of DIAMOND's tensors, as they are.
void write_diamond_world(const std::filesystem::path& folder, WorldSpec spec, const TensorMap& tensors,
                         const std::vector<History>& openings);

// Fills `model` (built from the spec) with a file's tensors. One Error lists ALL differences by tensor name: missing, extra, wrong shape,
// wrong type, not finite.
void load_weights(InnerModel& model, const std::filesystem::path& file);

std::vector<History> read_openings(const std::filesystem::path& file, const WorldSpec& spec);
std::string file_hash(const std::filesystem::path& file);

}  // namespace drift
