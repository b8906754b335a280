#include "lab/train_subject.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "core/error.h"
#include "data/description.h"
#include "games/atari_probes.h"
#include "games/list.h"
#include "lab/long_run.h"
#include "lab/options.h"
#include "lab/report.h"
#include "lab/rollouts.h"
#include "measure/evaluate_clips.h"
#include "session/pair.h"
#include "train/recorded.h"
#include "train/rollout.h"

namespace drift {
namespace {

constexpr int openings = 8;

EvaluationOptions evaluation_of(const WorldModel& world) {
    EvaluationOptions options;
    options.episodes = 12;
    options.horizons = {1, 5, 10, 20, 50};
    options.settings = world.info().defaults;
    return options;
}

// A few held-out openings.
std::vector<History> game_openings(Game& game, int context_frames) {
    const ActionCode idle = game.info().actions.noop();
    std::vector<History> histories;
    for (std::uint64_t seed = first_held_out_seed; seed < first_held_out_seed + openings; ++seed) {
        History history;
        Frame frame;
        game.reset(seed);
        for (int i = 0; i < context_frames; ++i) {
            if (i > 0) game.step(idle), history.actions.push_back(idle);
            game.render(frame);
            history.frames.push_back(frame);
        }
        histories.push_back(std::move(history));
    }
    return histories;
}

// A held-out episode as a policy plays it, after an opening without keys.
Clip play_clip(const EvaluationOptions& options, int context_frames) {
    const auto game = options.make_game();
    return roll_episode(
               *game, first_held_out_seed,
               [n = 0, context_frames, policy = options.make_policy(first_held_out_seed)](const Game& now) mutable
               -> std::optional<ActionCode> { return ++n < context_frames ? now.info().actions.noop() : policy(now); },
               context_frames - 1 + options.horizons.back())
        .clip;
}

// The clip and its dream.
CourseStrip strip_of(WorldModel& world, const Clip& clip) {
    CourseStrip strip{dreamed_along(world, clip, world.info().defaults), {}};
    if (!strip.dreamed.empty())
        strip.real = clip.frames.part(clip.frames.size() - strip.dreamed.size(), strip.dreamed.size());
    return strip;
}

// `clip`: of the strip, the same each time; empty before the first.
CourseLook look_beside_game(WorldModel& world, const EvaluationOptions& options, Clip& clip) {
    if (clip.frames.empty()) clip = play_clip(options, world.info().context_frames);
    return {evaluate(world, options), std::nullopt, strip_of(world, clip)};
}

// The longest clip's first frames.
Clip sample_of(const std::vector<Clip>& clips, std::size_t frames) {
    const Clip* longest = &clips.front();
    for (const Clip& clip : clips)
        if (clip.frames.size() > longest->frames.size()) longest = &clip;
    Clip sample{longest->name, longest->frames.part(0, std::min(frames, longest->frames.size())), {}, {}};
    sample.actions.assign(longest->actions.begin(),
                          longest->actions.begin() + static_cast<std::ptrdiff_t>(sample.frames.size()) - 1);
    return sample;
}

// How to find that game's objects in any picture, where that is known.
RecordedSource::Look look_of(const std::string& game, int width, int height) {
    const AtariProbe* known = atari_probe(game, width, height);
    return known ? RecordedSource::Look(known->find) : nullptr;
}

}  // namespace

std::string game_beside(const std::filesystem::path& folder, const DataSet& data, bool resized) {
    if (data.game.empty()) return {};
    std::unique_ptr<Game> game;
    try {
        if (why_no_game(data.game).empty()) game = make_game(data.game);
    } catch (const Error& error) {
        say_notes({error.what()});
    }
    if (!game) return resized ? "" : data.game;
    try {
        check_pair((folder / data_toml).string(), "the data", data.width, data.height, data.actions, game->info());
        return data.game;
    } catch (const Error& error) {
        if (!resized) throw;
        say_notes({std::string(error.what()) + ": the world will have no real game beside it"});
        return {};
    }
}

TrainSubject game_subject(const std::string& name) {
    auto make = [name] { return make_game(name); };
    auto make_policy = policy_maker("rollout");
    std::shared_ptr<Game> game = make();
    const GameInfo& info = game->info();
    TrainSubject subject{info.name,
                         info.name,
                         info.width,
                         info.height,
                         info.rate,
                         info.actions,
                         std::make_shared<RolloutSource>(make, policy_maker("resting")),
                         0,
                         {},
                         {}};
    subject.openings = [game](int context_frames) { return game_openings(*game, context_frames); };
    subject.evaluate = [make, make_policy, clip = std::make_shared<Clip>()](WorldModel& world) {
        auto options = evaluation_of(world);
        options.make_game = make;
        options.make_policy = make_policy;
        return look_beside_game(world, options, *clip);
    };
    subject.finds_objects = !info.objects.empty() && game->map().empty();
    return subject;
}

TrainSubject outside_subject(const std::string& name, const OutsideRollouts& wanted,
                             const std::function<void(const GameInfo&)>& expect) {
    constexpr std::uint64_t first_seed = 1;
    std::shared_ptr<Game> game = make_game(name, NamedBy::user);
    const GameInfo info = game->info();
    expect(info);
    RolloutPlan plan;
    plan.game = name, plan.policy = wanted.policy, plan.seed = first_seed, plan.frames = wanted.frames,
    plan.processes = wanted.processes;
    StatusLine status;
    auto clips = std::make_shared<std::vector<Clip>>();
    roll_out(plan, {{},
                    [&](RolledEpisode episode) { clips->push_back(std::move(episode.clip)); },
                    [&](std::size_t frames) {
                        if (status.due())
                            status.show("playing the game: " + std::to_string(frames) + " of " +
                                        std::to_string(wanted.frames) + " frames");
                    }});
    status.end();
    std::printf("%s: %zu episodes, %zu frames of %dx%d\n", printable(name).c_str(), clips->size(), count_frames(*clips),
                info.width, info.height);
    std::fflush(stdout);
    TrainSubject subject{
        name, name, info.width, info.height, info.rate, info.actions, nullptr, static_cast<int>(longest_clip(*clips)),
        {},   {}};
    subject.openings = [game](int context_frames) { return game_openings(*game, context_frames); };
    subject.evaluate = [name, clip = std::make_shared<Clip>()](WorldModel& world) {
        auto options = evaluation_of(world);
        options.episodes = 8;  // each is a process
        options.make_game = [name] { return make_game(name, NamedBy::user); };
        options.make_policy = policy_maker("sticky");
        return look_beside_game(world, options, *clip);
    };
    const auto look = look_of(subject.game, info.width, info.height);
    subject.finds_objects = look != nullptr;
    subject.source = std::make_shared<RecordedSource>(std::move(clips), info.width, info.height, look);
    return subject;
}

TrainSubject data_subject(const std::filesystem::path& folder, const std::optional<PictureSize>& size) {
    std::vector<std::string> notes;
    DataSet data = read_data_set(folder, size, notes);
    say_notes(notes);
    const std::size_t episodes = data.clips.size(), frames = count_frames(data.clips);
    auto held = std::make_shared<const std::vector<Clip>>(hold_out(data.clips, held_out_share));
    TrainSubject subject{
        data.title, game_beside(folder, data, size.has_value()), data.width, data.height, data.rate, data.actions,
        nullptr,    static_cast<int>(longest_clip(data.clips)),  {},         {}};
    std::printf("%s: %zu episode%s, %zu frames of %dx%d; %zu of them are held out to measure the world on\n",
                printable(data.title).c_str(), episodes, episodes == 1 ? "" : "s", frames, data.width, data.height,
                count_frames(*held));
    std::fflush(stdout);
    auto clips = std::make_shared<const std::vector<Clip>>(std::move(data.clips));
    subject.openings = [clips](int context_frames) { return openings_of(*clips, openings, context_frames); };
    subject.evaluate = [held, clips](WorldModel& world) {
        const auto options = evaluation_of(world);
        const auto frames = static_cast<std::size_t>(world.info().context_frames + options.horizons.back());
        CourseLook look{evaluate_clips(world, *held, options), evaluate_clips(world, *clips, options), {}};
        if (!held->empty()) look.strip = strip_of(world, sample_of(*held, frames));
        return look;
    };
    const auto look = look_of(subject.game, data.width, data.height);
    subject.finds_objects = look != nullptr;
    subject.source = std::make_shared<RecordedSource>(std::move(clips), data.width, data.height, look);
    return subject;
}

}  // namespace drift
