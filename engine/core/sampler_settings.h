// Everything that decides how one frame is sampled, as a plain value: an argument of each step.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/sampler_choices.h"

namespace drift {

// Notation of Karras et al. 2022 (EDM), table 1 and algorithm 2; the start is x = s n + c p (n unit noise, p the previous frame).
struct SamplerSettings {
    Solver solver = Solver::euler;
    int steps = 3;
    Schedule schedule = Schedule::karras;
    float sigma_min = 0.002f;
    float sigma_max = 5.0f;
    float rho = 7.0f;
    std::vector<float> sigma_list;    // for Schedule::list: falling, positive; the final 0 is added
    bool start_at_sigma_max = false;  // s is sigma_0, whatever it is, in place of start_scale (EDM's start)
    float start_scale = 1.0f;         // s: 1 is DIAMOND
    float start_centre = 0.0f;        // c: 1 starts around the previous frame
    float s_churn = 0.0f;
    float s_tmin = 0.0f;
    float s_tmax = 1000.0f;  // stands for infinity
    float s_noise = 1.0f;
    float context_noise = 0.0f;  // sigma_cond
    bool quantise = true;        // each D to whole byte levels
    // Guidance: D + (w - 1) (D - D'), where D' is what the network (or a worse one) says of less. 1: D alone, at the cost of D alone.
    float action_guidance =
        1.0f;  // D' without an action: Ho & Salimans 2022, "Classifier-free diffusion guidance", equation 6
    float history_guidance = 1.0f;  // D' of a noisier context: Song et al. 2025, "History-guided video diffusion"
    float history_noise = 0.2f;     // the sigma_cond of that context
    float auto_guidance =
        1.0f;  // D' of a worse network: Karras et al. 2024, "Guiding a diffusion model with a bad version of itself"
    int noise_variation = 0;  // which of the noise streams is drawn from: another number, another future
    // One of its own where the world has an upsampler, none elsewhere.
    std::vector<SamplerSettings> upsampler = {};

    bool operator==(const SamplerSettings&) const = default;
};

// What a world has seen in training; the player marks settings outside of it.
struct TrainedRanges {
    float sigma_min = 0.002f, sigma_max = 20.0f;
    float context_noise_max = 0.0f;  // 0: context noise was not learned
    bool centred_starts = false;     // the loss of the noised previous frame: start_centre 1 is inside
    bool guide = false;              // a worse network is there to guide by
    bool operator==(const TrainedRanges&) const = default;
};

// One adjustable value, for sliders, options, files and the record of a step alike: there is one list of them.
struct SettingField {
    enum class Kind { real, integer, boolean, choice, list };
    const char* name;     // as in files and, with '-' for '_', in options
    const char* label;    // as on a slider
    const char* meaning;  // what it does, what it costs
    Kind kind;
    double low = 0, high = 0;
    bool logarithmic = false;
    std::span<const char* const> choices = {};  // as in files
    std::span<const char* const> shown = {};    // the same for people: "Euler"
    // Number of a real, integer, boolean (0/1) or choice (its index); 0 of a list, which
    // is set by text alone.
    double (*get)(const SamplerSettings&) = nullptr;
    void (*set)(SamplerSettings&, double) = nullptr;
};

std::span<const SettingField> setting_fields();
const SettingField* find_setting(std::string_view name);  // nullptr where there is none

// How settings of the upsampler are named in files and options: upsampler_steps.
inline constexpr std::string_view upsampler_prefix = "upsampler_";
// All settings by name as text, those of the upsampler last.
std::vector<std::pair<std::string, std::string>> setting_pairs(const SamplerSettings& settings);

// The same by label, for people: "Steps", "Upsampler: Steps". In the same order.
std::vector<std::pair<std::string, std::string>> labelled_settings(const SamplerSettings& settings);

// The value as text ("3", "karras", "5 0.3 0.002", "true").
std::string setting_text(const SamplerSettings& settings, const SettingField& field);
// The same for people: "Karras", "on".
std::string shown_setting(const SamplerSettings& settings, const SettingField& field);
// Sets a field, or one of the upsampler by its prefix, from text; throws Error naming the setting, what it takes and what was found. Does not
// clamp.
void set_setting(SamplerSettings& settings, std::string_view name, std::string_view text);

// The nearest legal settings. Each change is said in one sentence appended to `notes`. NaN becomes the default.
SamplerSettings clamped(SamplerSettings settings, std::vector<std::string>* notes = nullptr);

// Is this field without any effect in these settings (rho at one step, say)?
bool inert(const SamplerSettings& settings, const SettingField& field);
// Is this field's value outside of what the world was trained on?
bool untrained(const SamplerSettings& settings, const SettingField& field, const TrainedRanges& trained);

// sigma_0 > sigma_1 > ... > 0: n + 1 values, EDM eq. 5 (karras); exponential: geometric from sigma_max to sigma_min; linear: evenly
// spaced; cosine: sigma_min + (sigma_max - sigma_min) (1 + cos(pi i / (n - 1))) / 2; list: as typed. One step gives {sigma_max, 0}.
std::vector<float> sigmas(const SamplerSettings& settings);

// The number of network calls of one frame, the upsampler's included: n, and 2n - 1 for Heun (which is Euler where sigma goes to 0); as many
// again for each guidance.
int network_calls(const SamplerSettings& settings);

// s of the start x = s n + c p.
float start_scale(const SamplerSettings& settings);

// The named starts of the family, with everything else kept.
SamplerSettings diamond_start(SamplerSettings settings);
SamplerSettings edm_start(SamplerSettings settings);
SamplerSettings noised_previous_start(SamplerSettings settings);

}  // namespace drift
