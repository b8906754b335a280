// What a training's world says of itself, and which world may be its beginning.
#pragma once

#include <filesystem>
#include <memory>

#include "core/file_lock.h"
#include "lab/train_subject.h"
#include "model/world/world_file.h"
#include "train/trainer.h"

namespace drift {

WorldSpec world_spec(const TrainingRecipe& recipe, const Trainer& trainer, const TrainSubject& subject);

inline constexpr const char* checkpoint_file = "checkpoint.safetensors";

// Throws Error where there is a training in the folder, or a world that is not the one to begin with: neither is trained over.
void check_new_folder(const std::filesystem::path& out, const std::filesystem::path& init);

// Makes the folder where there is none, and keeps it to this training while the lock lives. Throws Error where another writes there.
std::unique_ptr<FileLock> take_folder(const std::filesystem::path& out);

// How the game was played before a training that goes on in that folder; as given where nothing is kept there.
OutsideRollouts rollouts_of(const std::filesystem::path& out, OutsideRollouts given);
void keep_rollouts(const std::filesystem::path& out, const OutsideRollouts& rollouts);

// Throws Error where both games are known and are not the same.
void expect_game(const std::filesystem::path& folder, const WorldSpec& spec, const std::string& game);
// The world in that folder is to be a beginning for this training. Throws Error where it is of another game or other actions.
void expect_beginning(const std::filesystem::path& folder, const WorldSpec& spec, const TrainSubject& subject);

}  // namespace drift
