// Sampler settings as TOML and back: names and values of the one table of settings.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "core/sampler_settings.h"

namespace drift {

// `settings` with what the table says. What is unknown, of the wrong kind or out of range is left out or clamped, and said in `notes`.
SamplerSettings read_settings(const toml::table& table, SamplerSettings settings, std::vector<std::string>& notes);
toml::table write_settings(const SamplerSettings& settings);

// Of a file. Throws Error where it cannot be read or is not TOML.
SamplerSettings load_settings(const std::filesystem::path& file, const SamplerSettings& settings,
                              std::vector<std::string>& notes);

}  // namespace drift
