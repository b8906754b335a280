// What lasts between runs: window, panels and the sampler of each world, in settings.toml of the user's config folder.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/sampler_settings.h"
#include "player/layout.h"
#include "player/preferences.h"

namespace drift {

struct Stored {
    int width = 0, height = 0;  // 0: never kept
    double scale = 0;           // of text, where it was chosen; 0: the display's
    bool panels = true;
    bool truth = false;
    bool seed_locked = false;
    bool played = false;  // a key of some game has been pressed: nothing needs to be said to a new user
    std::map<std::string, bool> open_sections;
    std::set<Section> hidden_sections;
    Reach reach;
    Preferences preferences;
};

class SettingsStore {
public:
    // nullopt: nothing lasts. A file that is absent is no fault; one that is broken is set aside and said in `notes`.
    SettingsStore(std::optional<std::filesystem::path> folder, std::vector<std::string>& notes);

    const Stored& stored() const { return stored_; }
    // The sampler settings that this world was left with; nullopt where there are none.
    std::optional<SamplerSettings> sampler(const std::string& world, const SamplerSettings& defaults,
                                           std::vector<std::string>& notes) const;

    // Writes beside the file and renames, so that two players at once leave a whole file; what the other has kept for another world
    // stays. `world` empty: the sampler is not kept. Throws Error where the folder cannot be written.
    void save(const Stored& stored, const std::string& world, const SamplerSettings& sampler);

private:
    std::optional<std::filesystem::path> file_;
    Stored stored_;
};

}  // namespace drift
