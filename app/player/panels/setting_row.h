// One sampler setting as a row: marks, label, slider or what its kind asks for, tooltip, menu.
#pragma once

#include "core/sampler_settings.h"
#include "player/view.h"

namespace drift {

// Changes view.settings. True: it was changed.
bool setting_row(View& view, const SettingField& field);

}  // namespace drift
