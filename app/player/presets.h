// Presets: named overrides over a world's default settings; those built in, and any as text for files and the clipboard.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/sampler_settings.h"

namespace drift {

struct Preset {
    std::string name;
    std::string meaning;  // one sentence; empty where it is the user's own
    std::string text;     // TOML: names and values of settings, nothing else
};

std::span<const Preset> built_in_presets();

// Is this the text of a preset? Throws Error where it is not TOML, too long, or sets nothing and does not say that it is a preset.
void check_preset(const std::string& text);

// The world's defaults with what the preset says. What it says in vain or out of range is said in `notes`. Throws Error as check_preset does.
SamplerSettings apply_preset(const Preset& preset, const SamplerSettings& defaults,
                             std::vector<std::string>* notes = nullptr);

// A header line, then what differs from the world's defaults: another world keeps its own for the rest.
std::string preset_text(const std::string& name, const SamplerSettings& settings, const SamplerSettings& defaults);

// A name as it is kept: without space around it. Throws Error where it is empty, too long, not plain text, or that of a built-in preset.
std::string checked_preset_name(const std::string& name);

// Is it for a world of these defaults? Some are about an upsampler, which few worlds have.
bool fits(const Preset& preset, const SamplerSettings& defaults);
// "one-step" finds "One step"; nullptr where there is none.
const Preset* find_preset(std::span<const Preset> presets, const std::string& name);

// What --preset names: built in, an own one of `folder`, or a file. Throws Error, with the names that there are.
Preset named_preset(const std::string& name_or_file, const std::optional<std::filesystem::path>& folder);

}  // namespace drift
