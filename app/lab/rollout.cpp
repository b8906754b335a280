// driftlab rollout: a real game played without a player, as data.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/names.h"
#include "data/data_set.h"
#include "data/description.h"
#include "formats/buttons.h"
#include "formats/npy.h"
#include "games/list.h"
#include "lab/commands.h"
#include "lab/long_run.h"
#include "lab/options.h"
#include "lab/rollouts.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

struct RolloutCommand {
    RolloutPlan plan;
    std::string actions;
    int frames = 0;
    fs::path out;
    bool listed = false;  // are the actions given?

    void run();
    void one_episode();
    void data_set();
};

void write_bytes(const fs::path& file, std::string_view begin, const Frames& frames) {
    AtomicFile out(file);
    out.write(begin.data(), begin.size());
    for (const Frame& frame : frames) out.write(frame.rgb.data(), frame.rgb.size());
    out.commit();
}

// frames.npy and actions.csv: an action for each frame but the last, with what it led to.
void write_episode(const fs::path& folder, const DataSet& data, const RolledEpisode& episode) {
    fs::create_directories(folder);
    const Clip& clip = episode.clip;
    write_bytes(
        folder / "frames.npy",
        npy_file_begin({NpyType::u8, {static_cast<std::int64_t>(clip.frames.size()), data.height, data.width, 3}}),
        clip.frames);
    const Buttons buttons = buttons_of(data.actions);
    std::string table = "frame," + (buttons.none() ? "action" : button_columns(buttons)) + ",reward,end,rare\n";
    for (std::size_t i = 0; i < clip.actions.size(); ++i)
        table += fmt::format("{},{},{:g},{},{}\n", i,
                             buttons.none() ? data.actions.name_of(clip.actions[i])
                                            : button_fields(buttons, held_step(data.actions, clip.actions[i])),
                             episode.notes[i].reward, int(episode.notes[i].end),
                             int(std::binary_search(clip.rare.begin(), clip.rare.end(), static_cast<int>(i) + 1)));
    write_bytes(folder / "actions.csv", table, {});
}

bool has_entries(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_directory(folder, error))
        throw Error(folder, "expected a folder to write into, found a file");
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (!is_clutter(it->path())) return true;
    return false;
}

void RolloutCommand::one_episode() {
    if (has_entries(out))
        throw Error(out, "expected a new or empty folder for one episode, found one with files in it");
    auto game = make_game(plan.game, NamedBy::user);
    std::function<std::optional<ActionCode>(const Game&)> next;
    if (!actions.empty()) {
        next = [list = read_action_list(actions, game->info().actions), at = std::size_t{0}](const Game&) mutable {
            return at < list.size() ? std::optional(list[at++]) : std::nullopt;
        };
    } else {
        next = [policy = make_policy(plan.policy, plan.seed)](const Game& now) { return std::optional(policy(now)); };
        if (frames == 0) frames = plan.longest;
    }
    const DataSet data = data_set_of(game->info());
    const auto episode = roll_episode(*game, plan.seed, next, frames);
    write_episode(out, data, episode);
    std::printf("%s: %s of %s%s\n", printable(out.string()).c_str(),
                counted(episode.clip.frames.size(), "frame").c_str(), printable(plan.game).c_str(),
                !episode.notes.empty() && episode.notes.back().end ? ", to the episode's end" : "");
}

void RolloutCommand::data_set() {
    const bool goes_on = !find_entry(out, data_toml).empty();
    if (!goes_on && has_entries(out))
        throw Error(out, "expected a new folder or a data set, found one with other files in it");
    if (plan.frames > 0) plan.longest = std::min(plan.longest, static_cast<int>(plan.frames));
    const DataSet data = data_set_of(make_game(plan.game, NamedBy::user)->info());
    if (goes_on) write_data_description(out, data);  // is that one of this game?
    catch_interrupts();
    StatusLine status;
    std::size_t episodes = 0, frames = 0;
    RolloutListener listener;
    listener.begins = [&](const std::string& name) {  // what is there already is never written over
        std::error_code error;
        if (fs::exists(out / name, error))
            throw Error(out / name, "expected no episode of that name yet, found one: another --seed gives others");
    };
    listener.take = [&](const RolledEpisode& episode) {
        if (episodes == 0) write_data_description(out, data);
        const fs::path whole = out / episode.clip.name, part = out / ("." + episode.clip.name + ".part");
        std::error_code error;
        fs::remove_all(part, error);  // of one that was interrupted
        write_episode(part, data, episode);
        fs::rename(part, whole, error);
        if (error) throw Error(whole, "cannot be written: " + error.message());
        ++episodes, frames += episode.clip.frames.size();
    };
    listener.progress = [&](std::size_t played) {
        if (status.due()) status.show(fmt::format("{} frames", played));
    };
    try {
        roll_out(plan, listener);
    } catch (const Error& error) {
        status.end();
        if (episodes == 0) throw;
        throw Error(fmt::format("{}; what was played before is kept: {}, {} in {}", error.what(),
                                counted(episodes, "episode"), counted(frames, "frame"), printable(out.string())));
    }
    status.end();
    std::printf("%s: %s, %s of %s\n", printable(out.string()).c_str(), counted(episodes, "episode").c_str(),
                counted(frames, "frame").c_str(), printable(plan.game).c_str());
}

void RolloutCommand::run() {
    if (out.empty()) throw CLI::ValidationError("--out: expected a folder, found nothing");
    if (listed && actions.empty()) throw CLI::ValidationError("--actions: expected a file, found nothing");
    plan.episodes == 0 && plan.frames == 0 ? one_episode() : data_set();
}

}  // namespace

void add_rollout(CLI::App& lab) {
    auto command = std::make_shared<RolloutCommand>();
    auto* rollout = lab.add_subcommand("rollout",
                                       "Play a real game without a player, and write it as data: one episode into "
                                       "--out, or with --episodes or --total a data set");
    rollout
        ->add_option("--game", command->plan.game,
                     "Name of the game: bricks, ale/Breakout, gym/CartPole-v1, one of `driftlab game list`; options "
                     "after commas")
        ->required();
    rollout->add_option("--out", command->out, "Folder of the episode (frames.npy, actions.csv), or of the data set")
        ->required();
    rollout->add_option("--seed", command->plan.seed, "Seed of the episode, or of the first of several")
        ->check(is_whole())
        ->capture_default_str();
    auto* actions = rollout->add_option(
        "--actions", command->actions,
        "File with an action on each line, by name or number; the episode ends with it, or when the game says so");
    command->plan.policy = "sticky";
    rollout
        ->add_option(
            "--policy", command->plan.policy,
            "Who plays: sticky (random keys, held), random, rollout (good and bad play mixed), resting (the same, with "
            "rests), demo or expert")
        ->check(is_policy())
        ->capture_default_str()
        ->excludes(actions);
    auto* frames = rollout
                       ->add_option("--frames", command->frames,
                                    "Steps of the one episode, at most, each with a frame after the first; 0: to its "
                                    "end, at most 3000 for a policy")
                       ->check(CLI::Range(0, 1000000))
                       ->capture_default_str();
    auto* episodes = rollout->add_option("--episodes", command->plan.episodes, "So many episodes, as a data set")
                         ->check(CLI::Range(1, 1000000))
                         ->excludes(actions)
                         ->excludes(frames);
    rollout->add_option("--total", command->plan.frames, "As many episodes as give so many frames, as a data set")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100000000}))
        ->excludes(actions)
        ->excludes(frames)
        ->excludes(episodes);
    rollout->add_option("--longest", command->plan.longest, "Steps of each episode of a data set, at most")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    rollout->add_option("--processes", command->plan.processes, "Games that are played side by side")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    rollout->callback([command, actions] { command->listed = !actions->empty(), command->run(); });
}

}  // namespace drift
