// Figures as text and JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

#include "measure/evaluate.h"

namespace drift {

nlohmann::json to_json(const Evaluation& result);
std::string to_table(const Evaluation& result);
// "h1 45.2  h10 38.0 dB, ball .98" in one line, for progress.
std::string to_line(const Evaluation& result);

// Sentences on stderr.
void say_notes(const std::vector<std::string>& notes);

}  // namespace drift
