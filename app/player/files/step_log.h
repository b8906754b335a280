// Each step as a line of a table: what was pressed, what made the frame, where the objects stand in it. Equal plays give equal files.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "core/game.h"
#include "core/step.h"
#include "core/world_model.h"

namespace drift {

class StepLog {
public:
    explicit StepLog(const std::filesystem::path& file);  // throws Error where it cannot be written
    // A line, and before it the header where the world has another game than the one before. On the disk's way when it returns. Throws Error where the disk is full.
    void write(const WorldInfo& world, const Step& step);

private:
    void header(const WorldInfo& world);
    void dream_objects(const Probe& probe);

    std::filesystem::path file_;
    std::ofstream out_;
    std::unique_ptr<Game> reader_;     // finds objects in pictures; null where the world has no game
    std::optional<std::string> game_;  // that the header is of; nullopt: nothing was written yet
};

}  // namespace drift
