// What the user chooses once and for all, on the settings page: it lasts in settings.toml.
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>

#include "files/folders.h"

namespace drift {

enum class Theme { dark, light, contrast };
struct ThemeName {
    Theme theme;
    const char *name, *label;  // in the file; for people
};
inline constexpr std::array theme_names{ThemeName{Theme::dark, "dark", "Dark"},
                                        ThemeName{Theme::light, "light", "Light"},
                                        ThemeName{Theme::contrast, "contrast", "High contrast"}};

// Where and how the network computes: as in LoadOptions. A world that is opened has what is chosen then.
struct Compute {
    static constexpr int most_threads = 256;
    std::string device = "auto", precision = "auto";
    int threads = 0;  // 0: one less than there are cores, and both of two
    bool operator==(const Compute&) const = default;
};

struct Preferences {
    Theme theme = Theme::dark;
    double tooltip_delay = 0;      // seconds, up to 3
    bool pause_unfocused = false;  // the game waits while another window has the keyboard
    int pause_after = 0;           // minutes in which nobody has touched anything, up to 60; 0: it plays on
    Compute compute;
    OwnFolders folders;
    bool operator==(const Preferences&) const = default;
};

}  // namespace drift
