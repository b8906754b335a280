#include "lab/rollouts.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include "core/error.h"
#include "formats/text.h"
#include "games/list.h"
#include "lab/long_run.h"
#include "lab/options.h"

namespace drift {

std::string episode_name(std::uint64_t seed) {
    char name[32];
    std::snprintf(name, sizeof name, "seed-%08llu", static_cast<unsigned long long>(seed));
    return name;
}

RolledEpisode roll_episode(Game& game, std::uint64_t seed,
                           const std::function<std::optional<ActionCode>(const Game&)>& next, int frames) {
    RolledEpisode episode;
    episode.clip.name = episode_name(seed);
    game.reset(seed);
    Frame frame;
    game.render(frame);
    episode.clip.add(0, frame, false);
    for (int step = 0; frames == 0 || step < frames; ++step) {
        const auto action = next(game);
        if (!action) break;
        game.step(*action);
        game.render(frame);
        episode.clip.add(*action, frame, game.rare_event());
        const auto outcome = game.outcome().value_or(GameOutcome{});
        episode.notes.push_back({outcome.reward, outcome.end});
        if (outcome.end) break;
    }
    return episode;
}

void roll_out(const RolloutPlan& plan, const RolloutListener& listener) {
    std::mutex mutex;
    // By number, until it is their turn: which thread came first must not matter.
    std::map<std::uint64_t, RolledEpisode> done;
    std::exception_ptr failure;
    std::uint64_t next = 0, taken = 0;  // episodes begun, and given away
    std::size_t frames_played = 0, frames_taken = 0;
    auto enough = [&] {
        return plan.episodes > 0 ? next >= static_cast<std::uint64_t>(plan.episodes) : frames_taken >= plan.frames;
    };
    auto give = [&] {
        for (auto it = done.find(taken); it != done.end(); it = done.find(taken)) {
            if (plan.episodes == 0 && frames_taken >= plan.frames) return;  // it ran ahead of what was enough
            frames_taken += it->second.clip.frames.size();
            listener.take(std::move(it->second));
            done.erase(it), ++taken;
        }
    };
    auto work = [&] {
        try {
            auto game = make_game(plan.game, NamedBy::user);
            for (;;) {
                std::uint64_t number = 0;
                {
                    std::lock_guard lock(mutex);
                    if (failure || enough()) return;
                    number = next++;
                    if (listener.begins) listener.begins(episode_name(plan.seed + number));
                }
                auto policy = make_policy(plan.policy, plan.seed + number);
                auto episode = roll_episode(
                    *game, plan.seed + number,
                    [&](const Game& now) {
                        if (interrupted()) throw Error("interrupted while the game was played");
                        return std::optional(policy(now));
                    },
                    plan.longest);
                std::lock_guard lock(mutex);
                if (failure) return;
                frames_played += episode.clip.frames.size();
                done.emplace(number, std::move(episode));
                give();
                if (listener.progress) listener.progress(frames_played);
            }
        } catch (...) {
            std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < std::max(1, plan.processes); ++i) workers.emplace_back(work);
    }
    if (failure) std::rethrow_exception(failure);
}

DataSet data_set_of(const GameInfo& game) {
    DataSet data;
    data.title = game.name, data.width = game.width, data.height = game.height, data.rate = game.rate;
    data.actions = game.actions, data.game = game.name;
    return data;
}

std::vector<ActionCode> read_action_list(const std::string& file, const ActionSpace& actions) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) throw Error(file, "expected an action on each line, found none");
    std::ifstream raw(file, std::ios::binary);  // which may be a pipe
    if (!raw) throw Error(file, "expected a list of actions, found no file that can be read");
    std::istringstream in(utf8_of({std::istreambuf_iterator<char>(raw), {}}, file));
    std::vector<ActionCode> list;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        line.erase(std::min(line.find('#'), line.size()));
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
        line.erase(0, std::min(line.find_first_not_of(" \t"), line.size()));
        if (line.empty()) continue;
        const int named = actions.find(line);
        ActionCode action = named < 0 ? -1 : actions.alone(named);
        if (named < 0) {
            auto [end, wrong] = std::from_chars(line.data(), line.data() + line.size(), action);
            if (wrong != std::errc() || end != line.data() + line.size() || !actions.valid(action))
                throw Error(file, "line " + std::to_string(number) + ": expected an action by its name or a number " +
                                      (actions.kind == ActionSpace::Kind::buttons
                                           ? "of " + actions.told()
                                           : "from 0 to " + std::to_string(actions.size() - 1)) +
                                      ", found \"" + printable(line.substr(0, 60)) + "\"");
        }
        list.push_back(action);
    }
    if (list.empty()) throw Error(file, "expected an action on each line, found none");
    return list;
}

}  // namespace drift
