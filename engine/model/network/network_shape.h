// Networks as their own tensors say they are built: names and shapes of a checkpoint, in place of a configuration.
#pragma once

#include <filesystem>
#include <string>

#include "model/checkpoint/safetensors.h"
#include "model/network/inner_model.h"

namespace drift {

// Reads the tensors under a prefix: first their shapes, then, by fill(), themselves. One Error lists ALL differences by tensor name.
class ShapeReader {
public:
    ShapeReader(TensorMap& weights, std::string prefix, const std::filesystem::path& file)
        : weights_(weights), prefix_(std::move(prefix)), file_(file) {}

    bool has(const std::string& name) const { return weights_.contains(prefix_ + name); }
    // Throws Error where there is none of that name, or none of so many dimensions, or one of more than a network has (2^20).
    int size(const std::string& name, int dimension) const;

    // Takes the tensors out of the map and into the network, as fp32.
    template <class Network>
    void fill(Network& network) {
        std::string differences;
        int count = 0;
        network.visit([&](const std::string& name, at::Tensor& tensor) { take(name, tensor, differences, count); });
        finish(differences, count);
    }

private:
    void take(const std::string& name, at::Tensor& tensor, std::string& differences, int& count);
    void finish(const std::string& differences, int count) const;

    TensorMap& weights_;
    std::string prefix_;
    const std::filesystem::path& file_;
};

// An InnerModel of DIAMOND's ("denoiser.inner_model."), built as its tensors say and filled with them.
InnerModel inner_model_of(TensorMap& weights, const std::string& prefix, const std::filesystem::path& file);

}  // namespace drift
