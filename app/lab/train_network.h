// The size of the network that driftlab train makes, and what training it takes on this machine.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lab/train_subject.h"
#include "train/trainer.h"

namespace drift {

// --channels, --depths, --attention, --context, --space-to-depth.
struct NetworkOptions {
    std::vector<int> channels, depths, attention;
    std::optional<int> context, space_to_depth;
    void add(CLI::App& train,
             CLI::Option* init);  // init: it brings a network with it, and takes none of these but --context
    // Throws Error where they do not fit each other, or pictures of that size.
    void apply(NetworkConfig& network, int width, int height) const;
    void expect_fits(const GameInfo& game) const;  // the same of a game's pictures, before it is played
    // Of one that goes on from the world in that file: its network sees more frames. Throws Error where it would see less.
    void lengthen(NetworkConfig& network, const std::filesystem::path& file) const;
    // Of a training that goes on, whose network is in that file: throws Error where one of these says another.
    void expect(const NetworkConfig& learned, const std::filesystem::path& file) const;
};

struct TrainTrial {
    double seconds = 0;  // of a step, its segments as long as they become
    double memory = 0;   // bytes of this program at most so far; of the device where it trains on one
    std::int64_t parameters = 0;
};
// Takes a step or two of a training that is thrown away. Whatever that draws from the source, the real one draws again.
TrainTrial try_training(TrainingRecipe recipe, const std::shared_ptr<const EpisodeSource>& source, at::Device device,
                        bool bf16);
// "1.95 million parameters (channels 32,64,64 ...": two lines. `minutes`, `steps`: how long it shall go on, 0 where that is not said.
std::string text_of(const TrainTrial& trial, const TrainingRecipe& recipe, at::Device device, double minutes,
                    std::int64_t steps);

}  // namespace drift
