// The user's own keys between runs: keys.toml of the config folder, made to be read and written by hand as well.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/action.h"
#include "player/own_keys.h"

namespace drift {

// What the text says. A line that is wrong is left out, and is one sentence in `notes` that names the file and the line; the rest applies.
OwnKeys read_keys(const std::string& text, const std::filesystem::path& file, std::vector<std::string>& notes);
std::string write_keys(const OwnKeys& own);
// A sentence where a world or a game names keys for its actions that no keyboard, mouse or gamepad has: they could never be pressed.
std::optional<std::string> unknown_keys(const ActionSpace& actions);

class KeysFile {
public:
    // nullopt: nothing lasts. A file that is absent is no fault.
    explicit KeysFile(std::optional<std::filesystem::path> folder);
    OwnKeys read(std::vector<std::string>& notes);
    // A file that had wrong lines is kept beside it once, as keys.toml.broken. Throws Error where it cannot be written.
    void save(const OwnKeys& own);

private:
    std::optional<std::filesystem::path> file_;
    bool wrong_ = false;
};

}  // namespace drift
