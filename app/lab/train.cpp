// driftlab train: rolls a game out, trains a world on it, writes a folder that plays.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <thread>

#include "core/error.h"
#include "data/picture_size.h"
#include "files/world_files.h"
#include "games/list.h"
#include "lab/commands.h"
#include "lab/course_keeper.h"
#include "lab/long_run.h"
#include "lab/options.h"
#include "lab/report.h"
#include "lab/train_network.h"
#include "lab/train_progress.h"
#include "lab/train_recipe.h"
#include "lab/train_subject.h"
#include "lab/trained_world.h"
#include "model/device.h"
#include "model/sampling/cuda_graph.h"
#include "train/trainer.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct TrainCommand {
    std::string game = "bricks", size;
    LoadOptions load;
    fs::path out, init, data;
    double minutes = 0, save_minutes = 5, eval_minutes = 10, settle_share = 0;
    std::int64_t steps = 0;
    bool resume = false, named = false;  // is the game given by name?
    bool rollouts_said = false;          // how it is played before the training
    OutsideRollouts rollouts;
    NetworkOptions network;
    RecipeOptions recipe_options;
    void run();
    void train(const Ranks& ranks);
};

// What the first process decides before each step, and all do.
struct Orders {
    std::int64_t stop = 0, settle = 0, save = 0;
    void share(const Ranks& ranks) {
        std::int64_t all[] = {stop, settle, save};
        ranks.sum(all);
        stop = all[0], settle = all[1], save = all[2];
    }
};

void TrainCommand::run() {
    const Ranks ranks = Ranks::join();
    try {
        train(ranks);
    } catch (const std::exception& error) {
        if (ranks.size() == 1) throw;
        std::fprintf(stderr, "driftlab, process %d of %d: %s\n", ranks.rank() + 1, ranks.size(), error.what());
        ranks.abort();
    }
    ranks.end();
}

void TrainCommand::train(const Ranks& ranks) {
    catch_interrupts();  // from now on: what is asked while it begins counts, too
    if (!ranks.first() && !std::freopen("/dev/null", "w", stdout)) throw Error("/dev/null: cannot be opened");
    if (minutes == 0 && steps == 0) throw CLI::ValidationError("expected --minutes or --steps");
    if (load.threads == 0 && ranks.size() > 1)
        load.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / ranks.beside());
    auto placement = choose_placement(load);
    bool bf16 = trains_in_bf16(placement);
    if (data.empty() && !size.empty()) throw CLI::ValidationError("--size: expected --data, whose pictures it resizes");
    const auto checkpoint = out / checkpoint_file;
    if (std::error_code error; !init.empty() && !fs::exists(init / world_toml, error))
        init = world_named(init.string());
    if (!resume) check_new_folder(out, init);
    else if (std::error_code error; !fs::exists(checkpoint, error))
        throw Error(checkpoint, "expected the checkpoint of a training to continue, found none");
    // The game that was being learned.
    if (std::error_code error; resume && data.empty() && fs::exists(out / world_toml, error)) {
        const WorldSpec learned = read_world_spec(out);
        if (named) expect_game(out, learned, game);
        else if (!learned.game.empty()) game = learned.game;
    }
    const bool outside = data.empty() && !is_own_game(game);
    std::optional<WorldSpec> begun;
    if (!init.empty()) {  // before anything is played
        begun = read_world_spec(init);
        expect_game(init, *begun, data.empty() ? game : "");
    }
    if (resume && outside && !rollouts_said) rollouts = rollouts_of(out, rollouts);
    auto fits = [&](const GameInfo& info) { network.expect_fits(info); };
    const TrainSubject subject =
        outside        ? outside_subject(game, rollouts, fits)
        : data.empty() ? game_subject(game)
                       : data_subject(data, size.empty() ? std::nullopt : std::optional(parse_picture_size(size)));
    auto recipe = own_world_recipe(subject.actions);
    recipe.parts = ranks.size();
    recipe_options.apply(recipe);
    network.apply(recipe.network, subject.width, subject.height);
    // No two samples of a batch continue the same dream.
    recipe.dreams =
        std::max(recipe.dreams, static_cast<int>(std::ceil(recipe.dream_share * static_cast<float>(recipe.batch))));
    if (subject.longest_episode > 0 &&
        subject.longest_episode < DreamPool::shortest_episode(recipe.network.context_frames) &&
        recipe.dream_share > 0) {
        std::fprintf(stderr,
                     "driftlab: no episode has the %d frames that long dreams need: training does without them\n",
                     DreamPool::shortest_episode(recipe.network.context_frames));
        recipe.dream_share = 0;
    }
    if (recipe.object_weight > 0 && !subject.finds_objects)
        std::fprintf(stderr, "driftlab: --object-weight changes nothing: nobody knows where the objects of %s stand\n",
                     printable(subject.title).c_str());
    if (begun) {
        expect_beginning(init, *begun, subject);
        recipe_options.go_on(recipe, *begun, init);
        network.lengthen(recipe.network, init);
    }
    const auto folder = ranks.first() ? take_folder(out) : nullptr;
    if (outside && ranks.first()) keep_rollouts(out, rollouts);
    if (ranks.size() > 1) std::printf("%d processes train together\n", ranks.size());
    if (!resume && ranks.first()) {
        TrainingRecipe own = recipe;  // this process's share of it
        own.parts = std::max(1, recipe.parts / ranks.size());
        std::puts(
            text_of(try_training(own, subject.source, placement.device, bf16), own, placement.device, minutes, steps)
                .c_str());
    }
    std::fflush(stdout);
    Trainer trainer =
        resume ? Trainer::resume(checkpoint, subject.source, placement.device, bf16, recipe_options.adjust, ranks)
               : Trainer(recipe, subject.source, placement.device, bf16, ranks);
    recipe = trainer.recipe();
    if (resume) network.expect(recipe.network, checkpoint), recipe_options.expect(recipe.preconditioning, checkpoint);
    if (load.cuda_graph && CudaGraph::possible(placement.device)) trainer.use_graphs();
    if (begun && !resume) {
        InnerModel model(begun->network);
        load_weights(model, init / weights_file);
        trainer.start_from(model);
    }

    auto opening_histories = subject.openings(recipe.network.context_frames);
    CourseKeeper keeper(out, subject.title, resume ? std::optional(trainer.steps_done()) : std::nullopt);
    auto save = [&] {
        trainer.save(checkpoint);
        if (ranks.first())
            write_world(out, world_spec(recipe, trainer, subject), trainer.averaged(), opening_histories),
                keeper.keep();
    };
    auto evaluation_so_far = [&] {
        auto dream = make_dream("training", world_spec(recipe, trainer, subject), trainer.averaged(), opening_histories,
                                placement);
        const CourseLook look = subject.evaluate(*dream);
        try {
            keeper.look(trainer.steps_done(), trainer.seconds / 60, look);
        } catch (const Error& error) {  // the training is worth more than its page
            std::fprintf(stderr, "driftlab: %s\n", error.what());
        }
        return to_line(look.held);
    };

    TrainProgress progress;
    std::string evaluation;
    const auto begin = Clock::now();
    const double seconds_before = trainer.seconds;
    const auto first_step = trainer.steps_done();
    bool settling = false;
    double saved_at = 0, evaluated_at = 0, elapsed = 0;
    auto part_done = [&] {
        double by_steps = steps > 0 ? double(trainer.steps_done() - first_step) / double(steps) : 0;
        return std::min(1.0, std::max(by_steps, minutes > 0 ? elapsed / (minutes * 60) : 0));
    };
    while (true) {
        Orders orders;
        if (ranks.first() || interrupted()) orders.stop = interrupted() || part_done() >= 1;
        if (ranks.first()) {
            if (settle_share > 0 && !settling && part_done() >= 1 - settle_share) {
                // At the pace so far, the rest of this run.
                const double pace = double(trainer.steps_done() - first_step) / part_done();
                orders.settle = std::max<std::int64_t>(1, std::llround(pace * (1 - part_done())));
                settling = true;
            }
            if (elapsed - saved_at > save_minutes * 60) orders.save = 1, saved_at = elapsed;
        }
        orders.share(ranks);
        if (orders.settle > 0) trainer.settle(orders.settle);
        if (orders.save > 0) save();
        if (orders.stop > 0) break;
        auto report = trainer.step();
        if (report.loss && !std::isfinite(*report.loss))
            throw Error("training: expected a finite loss, found " + std::to_string(*report.loss) + " at step " +
                        std::to_string(report.step) + "; the last checkpoint is kept");
        elapsed = std::chrono::duration<double>(Clock::now() - begin).count();
        trainer.seconds = seconds_before + elapsed;
        if (!ranks.first()) continue;
        keeper.see(report, trainer.seconds / 60);
        progress.show(trainer, report, part_done(), elapsed / std::max(1e-9, part_done()) - elapsed, evaluation);
        if (eval_minutes > 0 && elapsed - evaluated_at > eval_minutes * 60) {
            evaluation = evaluation_so_far();
            evaluated_at = std::chrono::duration<double>(Clock::now() - begin).count();
        }
    }
    progress.end();
    save();
    if (!ranks.first()) return;
    if (ranks.size() > 1)
        std::printf("%d processes, %.1f %% of the time not waiting for each other\n", ranks.size(),
                    100 * (1 - ranks.waited() / std::max(1e-9, elapsed)));
    if (eval_minutes > 0 && !interrupted()) {
        std::printf("%s\n", evaluation_so_far().c_str());
        for (const std::string& sentence : advice(keeper.course())) std::printf("%s\n", sentence.c_str());
    }
    std::printf("%s: %s\n", interrupted() ? "interrupted and saved (continue with --resume)" : "world written",
                out.string().c_str());
}

}  // namespace

void add_train(CLI::App& lab) {
    auto command = std::make_shared<TrainCommand>();
    auto* train = lab.add_subcommand(
        "train", "Train a world on a game, or on recorded play of any other, and write a folder that plays");
    auto* game =
        train
            ->add_option("--game", command->game,
                         fmt::format("Name of the game: {}, or one outside (ale/Breakout, `driftlab game list`)",
                                     fmt::join(game_names(), ", ")))
            ->capture_default_str();
    train
        ->add_option(
            "--data", command->data,
            "Folder of recorded play to learn from instead of a game: data.toml and episodes, see app/lab/README.md")
        ->excludes(game);
    train
        ->add_option("--rollout-frames", command->rollouts.frames,
                     "Of a game outside: how many frames of it to play before the training")
        ->check(CLI::Range(std::size_t{100}, std::size_t{10000000}))
        ->capture_default_str();
    train->add_option("--rollout-processes", command->rollouts.processes, "How many games to play side by side")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    train->add_option("--rollout-policy", command->rollouts.policy, "Who plays it")
        ->check(is_policy())
        ->capture_default_str();
    train->add_option("--size", command->size, "With --data: resize its pictures to this, such as 64x64")
        ->check(is_read_by(parse_picture_size));
    train->add_option("--out", command->out, "Folder of the world and its checkpoint")->required();
    train->add_option("--minutes", command->minutes, "How many minutes to train")->check(CLI::Range(0.001, 1e6));
    train->add_option("--steps", command->steps, "How many steps to train")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
    train->add_option("--device", command->load.device, "Where to train")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    train->add_option("--threads", command->load.threads, "CPU threads; 0: one for each core")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    train
        ->add_option("--cuda-graph", command->load.cuda_graph,
                     "On a GPU: record a step's work once and replay it (true or false)")
        ->capture_default_str();
    auto* init = train->add_option(
        "--init", command->init,
        "Begin with a world, by its name or folder: weights, network, preconditioning, default settings");
    train->add_flag("--resume", command->resume, "Continue from the checkpoint in --out, bit for bit");
    train->add_option("--save-minutes", command->save_minutes, "Minutes between checkpoints")
        ->check(CLI::Range(0.01, 1e6))
        ->capture_default_str();
    train->add_option("--eval-minutes", command->eval_minutes, "Minutes between evaluations; 0: none")
        ->check(CLI::Range(0.0, 1e6))
        ->capture_default_str();
    command->recipe_options.add(*train);
    train
        ->add_option("--settle-share", command->settle_share,
                     "The last part of this run, in which the learning rate falls to nothing; 0: it stays")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str()
        ->group("Recipe");
    command->network.add(*train, init);
    train->callback([command, game, train] {
        command->named = game->count() > 0;
        for (const char* option : {"--rollout-frames", "--rollout-processes", "--rollout-policy"}) {
            if (train->count(option) == 0) continue;
            command->rollouts_said = true;
            if (!command->data.empty() || (is_own_game(command->game) && !command->resume))
                throw CLI::ValidationError(option, "expected a game outside, which is played before the training");
        }
        command->run();
    });
}

}  // namespace drift
