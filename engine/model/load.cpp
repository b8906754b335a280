#include "model/load.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <algorithm>

#include "core/error.h"
#include "kernels/cpu/cpu_code.h"
#include "kernels/cpu/winograd.h"
#include "model/device.h"
#include "model/world/diamond.h"
#include "model/world/dream.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

std::string name_of(const fs::path& path) {
    auto name = fs::absolute(path).lexically_normal();
    if (!name.has_filename()) name = name.parent_path();
    return printable(name.filename().string());
}

// Is it a file of a world's folder, which stands for the folder?
bool own_folder(const fs::path& path) {
    std::error_code error;
    const fs::path name = path.filename();
    return (name == world_toml || name == weights_file) && fs::is_regular_file(path, error) &&
           fs::exists(fs::path(path).replace_filename(world_toml), error);
}

// DIAMOND's tensors in a world's own folder.
Networks read_networks(WorldSpec& spec, const fs::path& file) {
    TensorMap tensors = read_safetensors(file);
    const int width = spec.width, height = spec.height, context = spec.network.context_frames;
    std::string note;
    Networks networks = networks_of(tensors, spec.width, spec.height, note, file);
    spec.network = networks.model.config;
    if (spec.width != width || spec.height != height || spec.network.context_frames != context ||
        networks.upsampler.has_value() != (spec.upsampling > 1))
        throw Error(file, "expected the networks that world.toml speaks of, found others");
    const int wanted = static_cast<int>(spec.actions.inputs());
    if (spec.network.num_actions != wanted)
        throw Error(file, "expected a network of " + std::to_string(wanted) + " actions, found one of " +
                              std::to_string(spec.network.num_actions));
    set_actions(networks.model.config, spec.actions);
    return networks;
}

// What lies in a world's files.
struct Stored {
    std::string name;
    WorldSpec spec;
    Networks networks;
    std::vector<History> openings;
};

Stored read_folder(const fs::path& folder) {
    Stored world{name_of(folder), read_world_spec(folder), {}, {}};
    WorldSpec& spec = world.spec;
    auto file = folder / weights_file;
    if (auto hash = file_hash(file); hash != spec.weights_hash)
        throw Error(file, "expected the hash " + spec.weights_hash + " that world.toml names, found " + hash);
    if (spec.diamond) {
        world.networks = read_networks(spec, file);
    } else {
        world.networks.model = InnerModel(spec.network);
        load_weights(world.networks.model, file);
    }
    world.openings = read_openings(folder / openings_file, spec);
    return world;
}

Stored read_world(const fs::path& path, const LoadOptions& options) {
    std::error_code error;
    if (own_folder(path)) return read_world(path.has_parent_path() ? path.parent_path() : fs::path("."), options);
    auto files = fs::exists(path / world_toml, error) ? std::nullopt : find_diamond(path);
    if (!files && fs::is_regular_file(path, error))
        throw Error(path,
                    "expected a world's folder, or DIAMOND's weights as torch.save or safetensors writes them, found "
                    "another kind of file");
    if (!files) return read_folder(path);  // says what is missing where it is no world at all
    DiamondWorld world = read_diamond(*files, options.read_picture);
    set_actions(world.networks.model.config, world.spec.actions);
    return {printable(files->name), std::move(world.spec), std::move(world.networks), std::move(world.openings)};
}

// The network of another world, where it can guide this one. A session that was guided is one of both weights.
void take_guide(Stored& world, const fs::path& file, const LoadOptions& options) {
    Stored guide = read_world(file, options);
    const auto kind = [](const WorldSpec& spec) {
        const int part = std::max(1, spec.upsampling);
        return std::to_string(spec.width / part) + "x" + std::to_string(spec.height / part) + " pixels, " +
               std::to_string(spec.network.context_frames) + " frames of context, " +
               std::to_string(spec.network.num_actions) + " actions";
    };
    if (kind(world.spec) != kind(guide.spec))
        throw Error(file, "expected a network like the one that it is to guide (" + kind(world.spec) +
                              "), found one of " + kind(guide.spec));
    world.networks.guide = {std::move(guide.networks.model), guide.spec.preconditioning};
    world.spec.trained.guide = true;
    world.spec.weights_hash += "+" + guide.spec.weights_hash;
}

}  // namespace

std::string library_text() {
    return "LibTorch " TORCH_VERSION ", CPU code " + at::get_cpu_capability() + ", own kernels " +
           std::string(kernels::name_of(kernels::cpu_code())) + (kernels::has_bf16_products() ? " with bfloat16" : "");
}

std::unique_ptr<WorldModel> random_world(const std::string& kind, const LoadOptions& options) {
    DiamondWorld world = random_diamond(kind == "diamond-csgo");
    return make_dream(kind, world.spec, world.networks, std::move(world.openings), choose_placement(options));
}

bool is_world(const fs::path& path) {
    std::error_code error;
    if (fs::exists(path / world_toml, error) || own_folder(path)) return true;
    try {
        return find_diamond(path).has_value();
    } catch (const Error&) {  // several to choose from: opening it says which
        return true;
    }
}

std::unique_ptr<WorldModel> load_world(const fs::path& path, const LoadOptions& options, WorldSpec* spec) {
    Stored world = read_world(path, options);
    if (spec) *spec = world.spec;
    if (!options.guide.empty()) take_guide(world, options.guide, options);
    return make_dream(std::move(world.name), world.spec, world.networks, std::move(world.openings),
                      choose_placement(options));
}

}  // namespace drift
