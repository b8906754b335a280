// What a training's world says of itself, and which world may be its beginning.
#pragma once

#include <filesystem>

#include "lab/train_subject.h"
#include "model/world/world_file.h"
#include "train/trainer.h"

namespace drift {

WorldSpec world_spec(const Recipe& recipe, const Trainer& trainer, const TrainSubject& subject);

// A world whose weights are a beginning for this training: of the same game, or where that is not known, of the same actions. Throws Error where it is
// neither.
WorldSpec read_beginning(const std::filesystem::path& folder, const TrainSubject& subject);

}  // namespace drift
