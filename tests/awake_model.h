// A network of random weights in which every tensor matters: those of the last layers, which begin at zero, too.
#pragma once

#include <ATen/ATen.h>

#include "model/network/inner_model.h"

namespace drift {

inline InnerModel awake_model(const NetworkConfig& config, std::uint64_t seed) {
    at::manual_seed(seed);
    InnerModel model(config);
    model.visit([](const std::string& name, at::Tensor& tensor) {
        if (name.ends_with("weight") && tensor.abs().max().item<float>() == 0) tensor.uniform_(-0.1, 0.1);
    });
    return model;
}

}  // namespace drift
