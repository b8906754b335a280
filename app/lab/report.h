// Figures as text and JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "core/data_set.h"
#include "measure/evaluate.h"

namespace drift {

nlohmann::json to_json(const Evaluation& result);
std::string to_table(const Evaluation& result);
// "h1 45.2  h10 38.0 dB, ball .98" in one line, for progress.
std::string to_line(const Evaluation& result);

// Sentences on stderr.
void say_notes(const std::vector<std::string>& notes);

// The tenth of a folder of recorded play that training holds out, in the world's size. Throws Error where its actions are not the world's.
std::vector<Clip> held_out_of(const std::filesystem::path& data, const WorldInfo& world);

}  // namespace drift
