// What the reference's sampler was told and drew, for our own to run under the same.
#pragma once

#include "core/noise.h"
#include "core/sampler_settings.h"
#include "golden_check.h"

namespace drift::golden {

inline SamplerSettings settings_of(const nlohmann::json& s) {
    auto real = [&](const char* name, float fallback) {
        if (!s.contains(name)) return fallback;
        return s.at(name) == "inf" ? 1000.0f : s.at(name).get<float>();  // 1000 stands for infinity
    };
    SamplerSettings settings;
    settings.solver = s.at("order") == 2 ? Solver::heun : Solver::euler;
    settings.steps = s.at("num_steps_denoising");
    settings.sigma_min = real("sigma_min", 0), settings.sigma_max = real("sigma_max", 0), settings.rho = real("rho", 0);
    settings.s_churn = real("s_churn", 0), settings.s_tmin = real("s_tmin", 0), settings.s_tmax = real("s_tmax", 1000),
    settings.s_noise = real("s_noise", 1);
    settings.context_noise = real("s_cond", 0);
    return settings;
}

// The recorded draws, each of which must be asked for once. Offset noise on the context is drawn by the reference and multiplied by 0.
class Tape {
public:
    // Of a world model's roll-out: the draws of that world step and network.
    explicit Tape(const Case& c, int step = 0, std::string stage = "")
        : case_(c), step_(step), stage_(std::move(stage)), used_(c.json.at("noise").size(), false) {}

    at::Tensor operator()(Draw use, int index, at::IntArrayRef shape) {
        const char* name = use == Draw::initial ? "initial" : use == Draw::churn ? "churn" : "context";
        const auto& noise = case_.json.at("noise");
        for (std::size_t i = 0; i < noise.size(); ++i) {
            if (used_[i] || !mine(noise[i]) || noise[i].at("use") != name ||
                noise[i].value("denoising_step", 0) != index)
                continue;
            used_[i] = true;
            EXPECT_EQ(case_.tensor(noise[i]).sizes(), shape);
            return case_.tensor(noise[i]);
        }
        ADD_FAILURE() << "noise that the reference did not draw: " << name << " at step " << index;
        return at::zeros(shape);
    }
    void expect_all_used() const {
        const auto& noise = case_.json.at("noise");
        for (std::size_t i = 0; i < noise.size(); ++i)
            EXPECT_TRUE(used_[i] || !mine(noise[i]) || noise[i].at("use") == "context_offset")
                << "draw " << i << " was not asked for: " << noise[i].at("use");
    }

private:
    bool mine(const nlohmann::json& draw) const {
        return draw.value("step", 0) == step_ && draw.value("stage", stage_) == stage_;
    }

    const Case& case_;
    int step_;
    std::string stage_;
    std::vector<bool> used_;
};

}  // namespace drift::golden
