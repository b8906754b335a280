#include "model/load.h"

#include <torch/torch.h>

#include "core/error.h"
#include "model/device.h"
#include "model/dream.h"

namespace drift {

std::unique_ptr<WorldModel> load_world(const std::filesystem::path& folder, const LoadOptions& options) {
    auto spec = read_world_spec(folder);
    auto file = folder / weights_file;
    if (auto hash = file_hash(file); hash != spec.weights_hash)
        throw Error(file, "expected the hash " + spec.weights_hash + " that world.toml names, found " + hash);
    InnerModel model(spec.network);
    load_weights(model, file);
    auto openings = read_openings(folder / openings_file, spec);
    auto name = std::filesystem::absolute(folder).lexically_normal();
    if (!name.has_filename()) name = name.parent_path();
    return make_dream(printable(name.filename().string()), spec, model, std::move(openings), choose_placement(options));
}

}  // namespace drift
