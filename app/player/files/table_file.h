// The drift of the steps that the plots show, as a table in the user's folder of documents.
#pragma once

#include "player/view.h"

namespace drift {

// Under a name that is not there yet; the status bar says which, or why not.
void save_table(View& view);

}  // namespace drift
