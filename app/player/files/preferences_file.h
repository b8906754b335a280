// Preferences as the tables [preferences] and [folders] of settings.toml.
#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

#include "player/preferences.h"

namespace drift {

// What the table says; what is absent is as usual. What is wrong is left out, and said in `notes`: "theme: expected dark, light or contrast,
// found 'pink'".
Preferences read_preferences(const toml::table& table, std::vector<std::string>& notes);
void write_preferences(toml::table& table, const Preferences& preferences);

}  // namespace drift
