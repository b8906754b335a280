#include "lab/train_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "lab/long_run.h"
#include "model/device.h"

namespace drift {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double long_step = 5;  // seconds: a second one is not tried

}  // namespace

void NetworkOptions::add(CLI::App& train, CLI::Option* init) {
    auto list = [&](const char* option, std::vector<int>& into, const char* meaning, int low, int high) {
        train.add_option(option, into, meaning)
            ->delimiter(',')
            ->check(CLI::Range(low, high))
            ->expected(1, UNetLimits::levels)
            ->excludes(init)
            ->group("Network");
    };
    list("--channels", channels, "Of each level, as 32,64,64; each level has half the size of the one before", 1,
         UNetLimits::channels);
    list("--depths", depths, "Blocks of each level, as 2,2,2", 1, UNetLimits::depth);
    list("--attention", attention, "1 for each level with self-attention, as 0,0,1; the middle has it always", 0, 1);
    train
        .add_option(
            "--context", context,
            "Frames that the network sees; 4 if not said. More than --init has: it goes on as it is, and learns to "
            "remember longer")
        ->check(CLI::Range(1, 64))
        ->group("Network");
    train
        .add_option("--space-to-depth", space_to_depth,
                    "Pixels that are folded into one, along a side: 1, 2, 4 or 8; 2 if not said")
        ->check(CLI::IsMember({1, 2, 4, 8}))
        ->excludes(init)
        ->group("Network");
}

void NetworkOptions::apply(NetworkConfig& network, int width, int height) const {
    UNetConfig& unet = network.unet;
    if (!channels.empty()) unet.channels = channels;
    const std::size_t levels = unet.channels.size();
    auto check = [&](const char* option, const std::vector<int>& given) {
        if (!given.empty() && given.size() != levels)
            throw Error(fmt::format("{}: expected one number for each of the {} levels of --channels, found {}", option,
                                    levels, given.size()));
    };
    check("--depths", depths), check("--attention", attention);
    if (!depths.empty()) unet.depths = depths;
    unet.depths.resize(levels, unet.depths.front());
    unet.attention.assign(attention.begin(), attention.end());
    unet.attention.resize(levels, false);
    if (context) {
        network.context_frames = *context, network.context_channels = 3 * *context;
        const int piece = std::lcm(*context, 2);  // each frame's action has its part of the conditioning vector
        unet.cond_channels = (unet.cond_channels + piece - 1) / piece * piece;
    }
    if (space_to_depth) network.space_to_depth = *space_to_depth;
    const int fold = network.space_to_depth;
    if (width % fold != 0 || height % fold != 0)
        throw Error(fmt::format("--space-to-depth {}: expected pictures whose sides it divides, found {}x{}", fold,
                                width, height));
}

void NetworkOptions::expect_fits(const GameInfo& game) const {
    auto wanted = own_world_recipe(game.actions).network;
    apply(wanted, game.width, game.height);
}

void NetworkOptions::lengthen(NetworkConfig& network, const std::filesystem::path& file) const {
    if (!context) return;
    if (*context < network.context_frames)
        throw Error(file, fmt::format("--context {} was given, and its network sees {}: it can only become more",
                                      *context, network.context_frames));
    network.recent_frames = network.recent();
    network.context_frames = *context, network.context_channels = 3 * *context;
}

void NetworkOptions::expect(const NetworkConfig& learned, const std::filesystem::path& file) const {
    auto check = [&](const char* option, const auto& given, const auto& has) {
        if (!std::equal(given.begin(), given.end(), has.begin(), has.end()) && !given.empty())
            throw Error(
                file,
                fmt::format("{} {} was given, and its network has {}: a training that goes on keeps its network",
                            option, fmt::join(given, ","), fmt::join(std::vector<int>(has.begin(), has.end()), ",")));
    };
    const UNetConfig& unet = learned.unet;
    check("--channels", channels, unet.channels);
    check("--depths", depths, unet.depths);
    check("--attention", attention, unet.attention);
    auto one = [](std::optional<int> given) { return given ? std::vector{*given} : std::vector<int>(); };
    check("--context", one(context), std::vector{learned.context_frames});
    check("--space-to-depth", one(space_to_depth), std::vector{learned.space_to_depth});
}

TrainTrial try_training(TrainingRecipe recipe, const std::shared_ptr<const EpisodeSource>& source, at::Device device,
                        bool bf16) {
    recipe.k_every = 0;  // segments at their longest from the first step on
    Trainer trainer(recipe, source, device, bf16);
    TrainTrial trial;
    trial.parameters = count_parameters(trainer.averaged());
    for (int turn = 0; turn < 2 && trial.seconds < long_step && !interrupted(); ++turn) {  // the first one warms up
        const auto begin = Clock::now();
        trainer.step();
        trainer.averaged();  // waits for a device
        trial.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    }
    trial.memory = memory_used(device);
    return trial;
}

std::string text_of(const TrainTrial& trial, const TrainingRecipe& recipe, at::Device device, double minutes,
                    std::int64_t steps) {
    const UNetConfig& unet = recipe.network.unet;
    const int fold = recipe.network.space_to_depth;
    std::string attention;
    for (std::size_t level = 0; level < unet.attention.size(); ++level)
        if (unet.attention[level]) attention += fmt::format("{}{}", attention.empty() ? "" : ",", level + 1);
    std::string text = fmt::format(
        "the network: {:.2f} million parameters (channels {}; depths {}; {} frames of context; {}attention {})\n",
        static_cast<double>(trial.parameters) / 1e6, fmt::join(unet.channels, ","), fmt::join(unet.depths, ","),
        recipe.network.context_frames, fold > 1 ? fmt::format("{0}x{0} pixels folded into one; ", fold) : "",
        attention.empty() ? "in the middle alone" : "in the middle and in level " + attention);
    text += fmt::format("training it: {:.2f} s a step of {} segments, {:.0f} MB of {} memory", trial.seconds,
                        recipe.parts * recipe.batch, trial.memory / 1e6,
                        device.is_cuda() ? "the GPU's" : "this computer's");
    const double by_time = minutes > 0 ? minutes * 60 / std::max(1e-9, trial.seconds) : HUGE_VAL;
    if (steps > 0 && static_cast<double>(steps) < by_time)
        text += fmt::format("; {} step{} take{} about {}", steps, steps == 1 ? "" : "s", steps == 1 ? "s" : "",
                            clock_text(static_cast<double>(steps) * trial.seconds));
    else if (minutes > 0) text += fmt::format("; about {:.0f} steps in {:g} minutes", by_time, minutes);
    return text;
}

}  // namespace drift
