// Reads the reference data of tests/golden (or DRIFT_GOLDEN): sets of cases, their tensors, and the networks they were made with.
#pragma once

#include <ATen/ATen.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/safetensors.h"
#include "model/device.h"
#include "model/network/network_shape.h"
#include "model/sampling/denoiser.h"
#include "model/world/diamond_config.h"

namespace drift::golden {

inline std::filesystem::path folder() {
    const char* other = std::getenv("DRIFT_GOLDEN");
    return other && *other ? other : DRIFT_SOURCE_GOLDEN;
}

// Where the networks run: DRIFT_DEVICE names it as --device does; the CPU unless told otherwise. Throws Error where it is not there.
inline at::Device device() {
    static const at::Device chosen = [] {
        const char* named = std::getenv("DRIFT_DEVICE");
        LoadOptions options;
        options.device = named && *named ? named : "cpu";
        at::globalContext().setAllowTF32CuDNN(false);  // the bounds are those of fp32
        return choose_placement(options).device;
    }();
    return chosen;
}

inline TensorMap placed(TensorMap tensors) {
    for (auto& [name, tensor] : tensors) tensor = tensor.to(device());
    return tensors;
}

inline nlohmann::json read_json(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot open " + path.string());
    return nlohmann::json::parse(file);
}

// Fills a layer or a network, visited under that prefix of the checkpoint's names, and says how many tensors it has.
template <class Layer>
std::size_t fill(Layer& layer, const std::string& prefix, const TensorMap& weights) {
    std::size_t count = 0;
    auto take = [&](const std::string& name, at::Tensor& tensor) {
        const at::Tensor& found = weights.at(name);
        if (found.sizes() != tensor.sizes()) throw std::runtime_error(name + " has another shape than the layer");
        tensor = found;
        ++count;
    };
    if constexpr (requires { layer.visit(take); })
        layer.visit([&](const std::string& name, at::Tensor& tensor) { take(prefix + name, tensor); });
    else layer.visit(prefix, take);
    return count;
}

struct Set {
    std::filesystem::path path;
    std::string name;
    nlohmann::json facts, cases;

    explicit Set(const std::filesystem::path& folder) : path(folder), name(folder.filename().string()) {
        auto all = read_json(path / "cases.json");
        facts = all.at("facts");
        cases = all.at("cases");
    }

    // Read at first use: listing the tests must stay quick.
    const TensorMap& io() const {
        if (!io_) io_ = new TensorMap(placed(read_safetensors(path / "io.safetensors")));
        return *io_;
    }
    const TensorMap& weights() const {
        if (!weights_)
            weights_ = new TensorMap(placed(std::filesystem::exists(path / "weights.safetensors")
                                                ? read_safetensors(path / "weights.safetensors")
                                                : read_checkpoint(path / "weights.pt")));
        return *weights_;
    }

    // `net` is "denoiser" or "upsampler". The shapes of its tensors say how it is built.
    InnerModel network(const std::string& net) const {
        std::string prefix = net + ".inner_model.";
        TensorMap rest = weights();
        InnerModel model = inner_model_of(rest, prefix, path);
        for (const auto& [tensor, value] : rest)
            if (tensor.starts_with(prefix)) throw std::runtime_error(tensor + " is no part of the network");
        return model;
    }
    // What the network was trained with, as the set's own configuration says it, or else its facts; by default what DIAMOND's are.
    Preconditioning preconditioning(const std::string& net = "denoiser") const {
        std::filesystem::path said;
        for (const char* file : {"config.yaml", "agent.yaml"})
            if (std::filesystem::exists(path / file)) said = path / file;
        const DiamondConfig config = read_diamond_config(said, {});
        const DenoiserConfig& denoiser = net == "upsampler" ? config.upsampler : config.denoiser;
        Preconditioning p;
        p.sigma_data = denoiser.sigma_data.value_or(facts.value("sigma_data", p.sigma_data));
        p.sigma_offset =
            denoiser.sigma_offset.value_or(facts.value("sigma_offset", facts.at("branch") == "csgo" ? 0.1f : 0.3f));
        return p;
    }

private:
    // Never freed: the tests live until the program ends, and by then a GPU's library is gone.
    mutable const TensorMap *io_ = nullptr, *weights_ = nullptr;
};

// One case: its tensors by their logical names.
struct Case {
    const Set& set;
    const nlohmann::json& json;

    at::Tensor tensor(const nlohmann::json& entry) const { return set.io().at(entry.at("tensor").get<std::string>()); }
    bool has_input(const std::string& name) const { return json.at("inputs").contains(name); }
    bool has_output(const std::string& name) const { return json.at("outputs").contains(name); }
    at::Tensor input(const std::string& name) const { return tensor(json.at("inputs").at(name)); }
    at::Tensor output(const std::string& name) const { return tensor(json.at("outputs").at(name)); }
    at::Tensor maybe(const std::string& name) const { return has_input(name) ? input(name) : at::Tensor(); }
    std::string text(const char* setting) const { return json.at("settings").at(setting); }
};

}  // namespace drift::golden
