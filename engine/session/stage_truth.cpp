// The truth of a stage: a game that may fail at any call, is lost then, and can be begun again where the play stands.
#include "session/stage_truth.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/error.h"
#include "session/failure.h"
#include "session/stage.h"

namespace drift {
namespace {

constexpr std::size_t longest_walk = 20'000;  // 22 minutes at 15 a second: what a lost truth can be walked back through
constexpr std::size_t most_walks = 32;

// Another number for each seed and each row of actions (the mixing of SplitMix64, Steele et al. 2014); never 0.
std::uint64_t mixed(std::uint64_t path, std::uint64_t next) {
    std::uint64_t z = path * 0x9e3779b97f4a7c15u + next + 1;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return z == 0 ? 1 : z;
}

}  // namespace

void check_history(const WorldInfo& world, const History& history, const char* whose) {
    auto context = static_cast<std::size_t>(world.context_frames);
    bool fits =
        history.frames.size() == context && history.actions.size() + 1 == context &&
        std::all_of(history.frames.begin(), history.frames.end(),
                    [&](const Frame& frame) { return frame.width == world.width && frame.height == world.height; }) &&
        std::all_of(history.actions.begin(), history.actions.end(),
                    [&](ActionCode action) { return world.actions.valid(action); }) &&
        history.low.size() == (world.low_width > 0 ? context : 0) &&
        std::all_of(
            history.low.begin(), history.low.end(),
            [&](const Frame& frame) { return frame.width == world.low_width && frame.height == world.low_height; }) &&
        (!history.outcome || history.outcome->policy.size() <= std::max<std::size_t>(world.actions.entries.size(), 1));
    if (!fits)
        throw Error("world " + world.name + ": the state's " + whose + " is not " + std::to_string(context) +
                    " of its frames and their actions");
}

std::uint64_t path_of_seed(std::uint64_t seed) { return mixed(0x7ca7, seed); }

void Stage::lose_truth(const std::string& why) {
    now_.truth_lost = why;
    game_well_ = info_.recorded;  // which was only left: a moment of before has it again
    now_.truth = {};
    now_.game.clear();
    sights_.clear();
}

// The game's picture as it stands; a process outside may send anything.
Frame Stage::picture() const {
    Frame frame;
    game_->render(frame);
    if (frame.width != info_.width || frame.height != info_.height ||
        frame.rgb.size() != 3 * static_cast<std::size_t>(info_.width) * static_cast<std::size_t>(info_.height))
        throw Error("the real game: expected a picture of " + std::to_string(info_.width) + "x" +
                    std::to_string(info_.height) + ", found one of " + std::to_string(frame.width) + "x" +
                    std::to_string(frame.height));
    return frame;
}

// The game's own first frames.
History Stage::begin_game(std::uint64_t seed) {
    History history;
    game_->reset(seed);
    history.frames.push_back(picture());
    for (int i = 1; i < info().context_frames; ++i) {
        const auto recorded = game_->recorded();
        const ActionCode idle = info().actions.noop(), action = recorded ? recorded->action.value_or(idle) : idle;
        game_->step(action);
        history.actions.push_back(action);
        history.frames.push_back(picture());
    }
    return history;
}

// The world looks on: its own player may play the real game too.
void Stage::step_truth(ActionCode action) {
    game_->step(action);
    const Frame real = picture();
    Beyond said;
    if (world_ && goes_beyond(info_)) try {
            DreamRequest request;
            request.history = &now_.truth, request.action = action;
            request.seed = now_.seed, request.step = now_.index + 1;
            said = world_->watch(request, real);
        } catch (const std::exception&) {
            // that is the world's failure, not the game's: nothing is said of this picture
        }
    now_.truth.roll(action, real, said);
}

// Where the play stands, after an opening that came to nothing.
void Stage::put_game_back(const std::vector<std::uint8_t>& state) {
    if (!truth() || now_.lanes.empty()) return;
    try {
        game_->load(state);
    } catch (const std::exception& error) {
        lose_truth(failure_line(error));
    }
}

// The action that is made now leads on from here.
void Stage::remember(ActionCode action) {
    if (now_.path == 0) return;
    now_.path = mixed(now_.path, static_cast<std::uint64_t>(action));
    if (!walks_.contains(now_.episode) && walks_.size() >= most_walks) walks_.erase(walks_.begin());
    std::vector<ActionCode>& walk = walks_[now_.episode];
    const auto at = static_cast<std::size_t>(now_.index);
    if (walk.size() > at) walk.resize(at);  // another way from here on
    if (walk.size() == at && at < longest_walk) walk.push_back(action);
}

// The game stands there then, or it is lost: false. Throws Error where it is well and the state is none of its own.
bool Stage::game_takes(const StageState& state, bool own) {
    std::vector<std::uint8_t> before;
    try {
        if (!own && !now_.lanes.empty() && game_well_) before = game_->save();
    } catch (const std::exception& error) {
        return lose_truth(failure_line(error)), false;
    }
    try {
        game_->load(state.game);
        return game_well_ = true;
    } catch (const std::exception& error) {
        if (own) return lose_truth(failure_line(error)), false;
        const std::string why = failure_line(error);
        if (!before.empty()) try {  // does it refuse this state, or can it not do anything any more?
                game_->load(before);
            } catch (const std::exception& again) {
                return lose_truth(failure_line(again)), false;
            }
        throw Error(why);
    }
}

std::optional<std::vector<ActionCode>> Stage::walk() const {
    std::vector<ActionCode> led;
    if (const auto it = walks_.find(now_.episode); it != walks_.end())
        led.assign(it->second.begin(), it->second.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(
                                                                now_.index, it->second.size())));
    std::uint64_t path = path_of_seed(now_.seed);
    for (ActionCode action : led) path = mixed(path, static_cast<std::uint64_t>(action));
    return led.size() == now_.index && path == now_.path ? std::optional(std::move(led)) : std::nullopt;
}

void Stage::know(std::vector<ActionCode> walk) {
    if (walk.empty() || walk.size() > longest_walk) return;
    if (walks_.size() >= most_walks) walks_.erase(walks_.begin());
    walks_[now_.episode] = std::move(walk);
}

void Stage::restart_truth() {
    if (!game_) throw Error("The real game cannot be started again: this world has none");
    if (now_.lanes.empty()) throw Error("The real game cannot be started again: nothing has been played yet");
    if (truth()) return;
    History history;
    try {
        if (!now_.game.empty()) {
            game_->reset(now_.seed);
            game_->load(now_.game);
            history = now_.truth;
        } else {
            const auto known = walk();
            if (!known) throw Error("the actions that led here are not known");
            const std::vector<ActionCode>& led = *known;
            history = begin_game(now_.seed);
            for (std::size_t i = 0; i < led.size(); ++i) {
                game_->step(led[i]);
                if (i + static_cast<std::size_t>(info().context_frames) >= led.size())
                    history.roll(led[i], picture());  // only the last ones are looked at
            }
            if (world_) world_->begin(history);
        }
    } catch (const std::exception& error) {
        throw Error("The real game cannot be started again: " + failure_line(error));
    }
    game_well_ = true;
    now_.truth = std::move(history);
    now_.truth_lost.clear();
    now_.game.clear();
    sights_.clear();
}

void Stage::show_truth(Step& step) {
    step.truth = {};
    step.truth_probe = {};
    step.truth_outcome.reset();
    if (truth() && !now_.truth.frames.empty()) try {
            step.truth_probe = game_->probe();
            step.truth = now_.truth.frames.back();
        } catch (const std::exception& error) {
            lose_truth(failure_line(error));
        }
    step.truth_lost = now_.truth_lost;
}

}  // namespace drift
