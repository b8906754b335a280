#include "model/world/world_file.h"

#include <ATen/ATen.h>
#include <xxhash.h>

#include <fstream>
#include <limits>
#include <map>
#include <memory>
#include <sstream>

#include "core/atomic_file.h"
#include "core/error.h"
#include "model/bytes.h"
#include "model/checkpoint/safetensors.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

std::string shape_text(at::IntArrayRef shape) {
    std::ostringstream text;
    text << shape;
    return text.str();
}

void write_openings(const fs::path& file, const std::vector<History>& openings) {
    std::vector<at::Tensor> frames, actions, low;
    for (const History& history : openings) {
        frames.push_back(bytes_of_frames(history.frames));
        if (!history.low.empty()) low.push_back(bytes_of_frames(history.low));
        std::vector<std::int64_t> taken(history.actions.begin(), history.actions.end());
        actions.push_back(at::tensor(taken, at::kLong));
    }
    TensorMap tensors{{"frames", at::stack(frames)}, {"actions", at::stack(actions)}};
    if (!low.empty()) tensors["low"] = at::stack(low);
    write_safetensors(file, tensors);
}

}  // namespace

std::string file_hash(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(file, "expected a file to hash, found none that can be read");
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
    XXH3_64bits_reset(state.get());
    std::vector<char> buffer(1 << 20);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
        XXH3_64bits_update(state.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(XXH3_64bits_digest(state.get())));
    return text;
}

void load_weights(InnerModel& model, const fs::path& file) {
    auto found = read_safetensors(file);
    std::string differences;
    int count = 0;
    auto differ = [&](const std::string& sentence) {
        differences += (differences.empty() ? "" : "; ") + sentence;
        ++count;
    };
    model.visit([&](const std::string& name, at::Tensor& tensor) {
        auto it = found.find(name);
        if (it == found.end()) return differ(name + " is missing");
        at::Tensor read = std::move(it->second);
        found.erase(it);
        if (read.sizes() != tensor.sizes())
            return differ(name + ": expected shape " + shape_text(tensor.sizes()) + ", found " +
                          shape_text(read.sizes()));
        if (!read.is_floating_point()) return differ(name + ": expected floating point, found another type");
        if (!at::isfinite(read).all().item<bool>()) return differ(name + " holds values that are not finite");
        tensor = read.to(at::kFloat);
    });
    for (const auto& [name, tensor] : found) differ(printable(name) + " is not part of this network");
    if (count > 0)
        throw Error(file, "the tensors differ from the network that world.toml describes (" + std::to_string(count) +
                              "): " + differences);
}

std::vector<History> read_openings(const fs::path& file, const WorldSpec& spec) {
    auto tensors = read_safetensors(file);
    std::int64_t t = spec.network.context_frames, h = spec.height, w = spec.width;
    auto frames = tensors["frames"], actions = tensors["actions"];
    bool shaped = frames.defined() && actions.defined() && frames.dim() == 5 && frames.scalar_type() == at::kByte &&
                  frames.size(0) > 0 && frames.sizes().slice(1) == at::IntArrayRef({t, 3, h, w}) &&
                  actions.scalar_type() == at::kLong && actions.sizes() == at::IntArrayRef({frames.size(0), t - 1});
    if (!shaped)
        throw Error(file, "expected frames U8 [N, " + std::to_string(t) + ", 3, " + std::to_string(h) + ", " +
                              std::to_string(w) + "] and actions I64 [N, " + std::to_string(t - 1) +
                              "], found other tensors");
    auto low = tensors["low"];
    std::vector<std::int64_t> low_shape = {frames.size(0), t, 3, spec.low_height(), spec.low_width()};
    if (spec.upsampling > 1 &&
        !(low.defined() && low.scalar_type() == at::kByte && low.sizes() == at::IntArrayRef(low_shape)))
        throw Error(file, "expected low U8 of the shape " + shape_text(low_shape) + ", found " +
                              (low.defined() ? shape_text(low.sizes()) : "none"));
    std::vector<History> openings;
    for (std::int64_t i = 0; i < frames.size(0); ++i) {
        History history;
        for (std::int64_t k = 0; k < t; ++k) history.frames.push_back(frame_of_bytes(frames[i][k]));
        for (std::int64_t k = 0; k + 1 < t; ++k) {
            const ActionCode action = actions[i][k].item<std::int64_t>();
            if (!spec.actions.valid(action))
                throw Error(file, "expected actions of this world (" + std::to_string(spec.actions.inputs()) +
                                      " that a network is told), found others");
            history.actions.push_back(action);
        }
        if (spec.upsampling > 1)
            for (std::int64_t k = 0; k < t; ++k) history.low.push_back(frame_of_bytes(low[i][k].contiguous()));
        openings.push_back(std::move(history));
    }
    return openings;
}

void write_world(const fs::path& folder, WorldSpec spec, const InnerModel& model,
                 const std::vector<History>& openings) {
    make_folder(folder);
    std::map<std::string, at::Tensor> tensors;
    for (const auto& [name, tensor] : named_tensors(model)) {
        bool exact =
            name.starts_with("noise");  // Fourier weights stay fp32: they multiply the noise level by many turns
        tensors[name] = tensor.detach().to(at::kCPU, exact ? at::kFloat : at::kBFloat16).contiguous();
    }
    write_safetensors(folder / weights_file, tensors);
    spec.weights_hash = file_hash(folder / weights_file);

    write_openings(folder / openings_file, openings);
    write_world_spec(folder, spec);
}

void write_diamond_world(const fs::path& folder, WorldSpec spec, const TensorMap& tensors,
                         const std::vector<History>& openings) {
    make_folder(folder);
    write_safetensors(folder / weights_file, tensors);
    spec.weights_hash = file_hash(folder / weights_file);
    write_openings(folder / openings_file, openings);
    write_world_spec(folder, spec);
}

}  // namespace drift
