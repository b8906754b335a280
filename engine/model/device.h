// Where networks run: the accelerator is optional, and looked for at run time.
#pragma once

#include "model/load.h"
#include "model/world/dream.h"

namespace drift {

// See LoadOptions. Sets the number of CPU threads. Throws Error where a GPU is asked for and there is none.
Placement choose_placement(const LoadOptions& options);

}  // namespace drift
