// The parts of the settings page, and the rows that they are made of.
#pragma once

#include <string>

#include "player/view.h"

namespace drift {

void folders_part(View& view);
void computing_part(View& view);
void about_part(View& view);

// A label at the left; what comes next stands beside it, at the same place in each row.
void row_label(const View& view, const char* label);
// Something to know about the row above, below what it changes.
void row_note(const View& view, const std::string& words);

}  // namespace drift
