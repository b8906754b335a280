#include "lab/game_check.h"

#include <fmt/format.h>

#include <unistd.h>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "core/noise.h"
#include "games/list.h"
#include "games/policy.h"
#include "measure/perfect_dream.h"
#include "session/log/session_log.h"

namespace drift {
namespace {

using Clock = std::chrono::steady_clock;

std::uint64_t picture_hash(const Game& game) {
    Frame frame;
    game.render(frame);
    return hash_of(frame);
}

void say_sight(const GameInfo& info, const PerfectDream& score) {
    std::string shares;
    const auto judged = info.judged();
    for (std::size_t i = 0; i < judged.size(); ++i)
        if (!std::isnan(score.within[i]))
            shares += fmt::format("{}{} {:.3f}", shares.empty() ? "" : ", ", printable(judged[i]), score.within[i]);
    if (shares.empty()) return;
    fmt::print("found in its pictures where the game says they are (within {} px): {}", info.tolerance, shares);
    if (!std::isnan(score.obeyed)) fmt::print("; keys obeyed, as its pictures show it: {:.3f}", score.obeyed);
    fmt::print("\n");
}

// A game of ten frames a second takes minutes: how far it has come, where somebody is looking.
void tell(const char* what, int done, int of) {
    if (isatty(2) && (done % 100 == 0 || done == of))
        std::fprintf(stderr, "\r%s: frame %d of %d%s", what, done, of, done == of ? "\n" : "");
}

}  // namespace

void check_game(const std::string& name, std::uint64_t seed, int steps) {
    auto game = make_game(name, NamedBy::user);
    std::vector<ActionCode> taken;
    for (int i = 0; i < steps; ++i) {
        auto bits = [&](std::uint32_t k) {
            return random_bits({seed, static_cast<std::uint64_t>(i), 0}, draw_index(Draw::data, 7), k);
        };
        taken.push_back(any_action(game->info().actions, bits(0), bits(1)));
    }
    const int every = std::max(1, steps / 16);
    std::vector<std::uint64_t> first;
    std::vector<std::pair<int, std::vector<std::uint8_t>>> states;
    double slowest = 0;
    game->reset(seed);
    const std::uint64_t opening = picture_hash(*game);
    auto begin = Clock::now();
    for (int i = 0; i < steps; ++i) {
        auto before = Clock::now();
        game->step(taken[static_cast<std::size_t>(i)]);
        slowest = std::max(slowest, std::chrono::duration<double, std::milli>(Clock::now() - before).count());
        first.push_back(picture_hash(*game));
        if (i % every == every / 2) states.emplace_back(i, game->save());
        tell("played", i + 1, steps);
    }
    const double rate = steps / std::chrono::duration<double>(Clock::now() - begin).count();
    auto differs = [&](int step, const char* how) {
        throw Error(
            fmt::format("game \"{}\": expected the same frames {}, found another at frame {}: rewinding and replays of "
                        "it would not be exact",
                        printable(name), how, step));
    };
    game->reset(seed);
    if (picture_hash(*game) != opening) differs(0, "when it is played again");
    for (int i = 0; i < steps; ++i) {
        game->step(taken[static_cast<std::size_t>(i)]);
        if (picture_hash(*game) != first[static_cast<std::size_t>(i)]) differs(i + 1, "when it is played again");
        tell("played again", i + 1, steps);
    }
    std::size_t bytes = 0;
    for (auto it = states.rbegin(); it != states.rend(); ++it) {
        const auto& [at, state] = *it;
        bytes += state.size();
        game->load(state);
        if (picture_hash(*game) != first[static_cast<std::size_t>(at)]) differs(at + 1, "when a state is brought back");
        for (int i = at + 1; i < std::min(steps, at + 1 + every); ++i) {
            game->step(taken[static_cast<std::size_t>(i)]);
            if (picture_hash(*game) != first[static_cast<std::size_t>(i)])
                differs(i + 1, "after a state was brought back");
        }
    }
    std::printf(
        "%s: %d frames came out the same when played again and from %zu states (%zu bytes each); %.0f frames a "
        "second, the slowest %.1f ms\n",
        printable(name).c_str(), steps, states.size(), states.empty() ? 0 : bytes / states.size(), rate, slowest);
    if (game->info().judged().empty()) return;
    game->reset(seed);
    say_sight(game->info(), perfect_dream(*game, taken));
}

}  // namespace drift
