// driftlab eval: how far a world follows its real game, or recorded play.
#include <nlohmann/json.hpp>

#include <unistd.h>
#include <algorithm>
#include <cstdio>

#include "core/error.h"
#include "data/data_set.h"
#include "games/list.h"
#include "lab/commands.h"
#include "lab/options.h"
#include "lab/report.h"
#include "measure/evaluate_clips.h"
#include "session/pair.h"

namespace drift {
namespace {

struct EvalCommand {
    WorldOptions world;
    SamplerOptions sampler;
    EvaluationOptions evaluation;
    std::string policy = "rollout";
    std::filesystem::path data;
    bool json = false;

    Evaluation beside_game(WorldModel& dream) {
        if (dream.info().game.empty())
            throw Error(
                "world " + dream.info().name +
                ": expected a world with a real game to compare with, found none: --data compares with recorded play");
        check_pair(dream.info(), make_game(dream.info().game)->info());
        evaluation.make_game = [game = dream.info().game] { return make_game(game); };
        evaluation.make_policy = policy_maker(policy);
        return evaluate(dream, evaluation);
    }
    Evaluation beside_data(WorldModel& dream) {
        const auto clips = held_out_of(data, dream.info());
        auto result = evaluate_clips(dream, clips, evaluation);
        if (result.horizons.empty())
            throw Error(data, "expected a held-out tenth with episodes longer than a horizon, found none");
        const auto steps = static_cast<std::size_t>(dream.info().context_frames + result.horizons.back());
        if (const auto places = places_in(clips, static_cast<std::size_t>(evaluation.episodes), steps).size();
            places < static_cast<std::size_t>(evaluation.episodes))
            std::fprintf(stderr,
                         "driftlab: the held-out play has room for %zu dreams of this length: so many in place of %d\n",
                         places, evaluation.episodes);
        for (int horizon : evaluation.horizons)
            if (std::find(result.horizons.begin(), result.horizons.end(), horizon) == result.horizons.end())
                std::fprintf(stderr, "driftlab: the held-out play is too short for %d frames: left out\n", horizon);
        return result;
    }
    void run() {
        auto dream = world.open();
        evaluation.settings = sampler.over(dream->info().defaults);
        say_unguided(asks_guidance(evaluation.settings), dream->info());
        bool shown = isatty(2);
        if (shown)
            evaluation.progress = [](int done, int of) {
                std::fprintf(stderr, "\rframe %d of %d%s", done, of, done == of ? "\n" : "");
            };
        auto result = data.empty() ? beside_game(*dream) : beside_data(*dream);
        std::puts(json ? to_json(result).dump().c_str() : to_table(result).c_str());
    }
};

}  // namespace

void add_eval(CLI::App& lab) {
    auto command = std::make_shared<EvalCommand>();
    auto* eval = lab.add_subcommand(
        "eval",
        "Measure how far a world follows its real game, on held-out seeds, or recorded play, on its held-out tenth");
    command->world.add(*eval);
    auto* data =
        eval->add_option("--data", command->data,
                         "Compare with this folder of recorded play, as `driftlab train` takes it, instead of a game");
    eval->add_option("--episodes", command->evaluation.episodes, "Episodes, side by side")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    eval->add_option("--seed", command->evaluation.seed, "Seed of the first episode; training uses seeds below 1000000")
        ->check(is_whole())
        ->capture_default_str();
    eval->add_option("--horizons", command->evaluation.horizons, "Frames at which to measure")
        ->delimiter(',')
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    eval->add_option(
            "--policy", command->policy,
            "Who plays: rollout (good and bad play mixed), resting (the same, with rests), sticky (random keys, held), "
            "random, demo or expert")
        ->check(is_policy())
        ->excludes(data)
        ->capture_default_str();
    eval->add_flag("--json", command->json, "Print one JSON object");
    command->sampler.add(*eval);
    eval->callback([command] { command->run(); });
}

}  // namespace drift
