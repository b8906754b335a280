// driftlab eval: how far a world follows its real game.
#include <nlohmann/json.hpp>

#include <cstdio>
#include <unistd.h>

#include "core/error.h"
#include "games/list.h"
#include "lab/commands.h"
#include "lab/options.h"
#include "lab/report.h"
#include "session/evaluate.h"

namespace drift {
namespace {

struct EvalCommand {
    WorldOptions world;
    SamplerOptions sampler;
    EvaluationOptions evaluation;
    std::string policy = "rollout";
    bool json = false;

    void run() {
        auto dream = world.open();
        if (dream->info().game.empty()) throw Error("world " + dream->info().name + ": expected a world with a real game to compare with, found none");
        evaluation.settings = sampler.over(dream->info().defaults);
        evaluation.make_game = [game = dream->info().game] { return make_game(game); };
        evaluation.make_policy = policy_maker(policy);
        bool shown = isatty(2);
        if (shown) evaluation.progress = [](int done, int of) { std::fprintf(stderr, "\rstep %d of %d%s", done, of, done == of ? "\n" : ""); };
        auto result = evaluate(*dream, evaluation);
        std::puts(json ? to_json(result).dump().c_str() : to_table(result).c_str());
    }
};

}  // namespace

void add_eval(CLI::App& lab) {
    auto command = std::make_shared<EvalCommand>();
    auto* eval = lab.add_subcommand("eval", "Measure how far a world follows its real game, on held-out seeds");
    command->world.add(*eval);
    eval->add_option("--episodes", command->evaluation.episodes, "Episodes, side by side")->check(CLI::Range(1, 4096))->capture_default_str();
    eval->add_option("--seed", command->evaluation.seed, "Seed of the first episode; training uses seeds below 1000000")->capture_default_str();
    eval->add_option("--horizons", command->evaluation.horizons, "Steps at which to measure")->delimiter(',')->check(CLI::Range(1, 100000))->capture_default_str();
    eval->add_option("--policy", command->policy, "Who plays: rollout (good and bad play mixed), demo, random or expert")->capture_default_str();
    eval->add_flag("--json", command->json, "Print one JSON object");
    command->sampler.add(*eval);
    eval->callback([command] { command->run(); });
}

}  // namespace drift
