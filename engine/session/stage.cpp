#include "session/stage.h"
#include "session/failure.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/noise.h"
#include "session/pair.h"
#include "session/stage_truth.h"

namespace drift {
namespace {

WorldInfo info_of(const GameInfo& game, int opening_frames) {
    WorldInfo info;
    info.name = info.game = game.name;
    info.title = game.name + ", the real game";
    info.width = game.width, info.height = game.height, info.rate = game.rate;
    info.actions = game.actions;
    info.context_frames = opening_frames;
    info.network = "none: the real game";
    info.device = "CPU";
    info.weights_hash = truth_alone;
    return info;
}

template <class Lanes>
auto find_lane(Lanes& lanes, int number) {
    return std::find_if(lanes.begin(), lanes.end(), [&](const auto& lane) { return lane.lane == number; });
}

}  // namespace

std::size_t main_of(const Direction& direction) {
    auto it = find_lane(direction.lanes, direction.main);
    return it == direction.lanes.end() ? 0 : static_cast<std::size_t>(it - direction.lanes.begin());
}

Direction direction_of(const Step& step) {
    Direction direction;
    direction.lanes.clear();
    for (const LaneStep& shown : step.lanes)
        direction.lanes.push_back({shown.lane, step.main_lane().lane, shown.settings});
    direction.main = step.main_lane().lane;
    direction.own_noise = step.own_noise;
    return direction;
}

Direction solo(const SamplerSettings& settings) {
    Direction direction;
    direction.lanes.front().settings = settings;
    return direction;
}

Stage::Stage(std::unique_ptr<WorldModel> world, std::unique_ptr<Game> game, const std::string& note, int opening_frames)
    : world_(std::move(world)), game_(std::move(game)) {
    if (!world_ && !game_) throw Error("a play: expected a world or a game, found neither");
    info_ = world_ ? world_->info() : info_of(game_->info(), opening_frames);
    if (!note.empty()) info_.opening_note += (info_.opening_note.empty() ? "" : " ") + note;
    if (game_) try {
            check_pair(info(), game_->info());
        } catch (const Error& error) {
            if (!world_ || world_->openings().empty() || game_->recorded()) throw;
            info_.opening_note +=
                (info_.opening_note.empty() ? "" : " ") + std::string(error.what()) + ". It plays without.";
            game_.reset();
        }
    if (game_ && game_->recorded()) info_.recorded = true, info_.game = game_->info().name;
    if (!game_ && world_->openings().empty())
        throw Error("world " + info().name + ": it has neither a game nor openings to start from");
}

// Lanes as the direction names them, each as it stands or as a copy of another.
std::vector<LaneState> Stage::cast(const std::vector<LaneState>& lanes, const Direction& direction) const {
    if (lanes.empty()) throw Error("a step: expected an episode that was opened, found none");
    if (direction.lanes.empty()) throw Error("a step: expected at least one lane");
    std::vector<LaneState> next;
    for (const LanePlan& plan : direction.lanes) {
        auto it = find_lane(lanes, plan.lane);
        if (it == lanes.end()) it = find_lane(lanes, plan.from);
        next.push_back(it == lanes.end() ? lanes[now_.main < lanes.size() ? now_.main : 0] : *it);
        next.back().lane = plan.lane;
    }
    return next;
}

std::vector<DreamRequest> Stage::requests(const std::vector<LaneState>& lanes, const Direction& direction,
                                          ActionCode action) const {
    std::vector<DreamRequest> all(lanes.size());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        all[i].history = &lanes[i].history;
        all[i].action = action;
        all[i].settings = direction.lanes[i].settings;
        all[i].seed = now_.seed;
        all[i].step = now_.index + 1;
        all[i].lane = direction.own_noise ? static_cast<std::uint32_t>(lanes[i].lane) : 0;
    }
    return all;
}

// What an episode of that seed begins with; the game stands there then.
Stage::Opening Stage::begin(std::uint64_t seed) {
    Opening opening;
    if (game_) try {
            opening.history = begin_game(seed);
            game_well_ = true;
        } catch (const std::exception& error) {
            if (!world_ || world_->openings().empty()) throw;
            opening.lost = failure_line(error);
            game_well_ = false;
        }
    if (!game_ || !opening.lost.empty()) opening.history = world_->openings()[seed % world_->openings().size()];
    if (world_) world_->begin(opening.history);
    return opening;
}

Step Stage::open(std::uint64_t seed, const Direction& direction) {
    if (direction.lanes.empty()) throw Error("an opening: expected at least one lane");
    const std::vector<std::uint8_t> before = truth() && !now_.lanes.empty() ? save().game : std::vector<std::uint8_t>();
    Opening opening;
    try {
        opening = begin(seed);
    } catch (...) {
        put_game_back(before);  // the play before goes on
        throw;
    }
    now_ = {};
    now_.seed = seed;
    now_.episode = next_episode_++;
    now_.opening = look_at(opening.history.frames);
    now_.main = main_of(direction);
    now_.truth_lost = opening.lost;
    for (const LanePlan& plan : direction.lanes) now_.lanes.push_back({plan.lane, opening.history, {}, {}});
    if (truth()) now_.truth = opening.history, now_.path = path_of_seed(seed);
    sights_.clear();
    Step step;
    step.kind = Step::Kind::opened;
    look_around(step, direction);
    return step;
}

std::vector<Frame> Stage::opening_frames() const {
    std::vector<Frame> frames;
    if (world_ && !game_)
        for (const History& history : world_->openings()) frames.push_back(history.frames.back());
    return frames;
}

std::optional<Action> Stage::advised(Seen seen) const {
    if (now_.lanes.empty()) return std::nullopt;
    if (info_.recorded) {
        const auto next = truth() ? truth()->recorded() : std::nullopt;
        return next && next->action ? std::optional(info_.actions.action(*next->action)) : std::nullopt;
    }
    if (seen == Seen::truth && !truth()) return std::nullopt;
    const auto& outcome = (seen == Seen::truth ? now_.truth : now_.lanes[now_.main].history).outcome;
    if (!outcome || outcome->policy.empty()) return std::nullopt;
    return Action::of(draw_from(outcome->policy, {now_.seed, now_.index, 0}, draw_index(Draw::policy)));
}

bool Stage::recording_over() const {
    const auto next = truth() ? truth()->recorded() : std::nullopt;
    return next && !next->action;
}

bool Stage::resync(int lane) {
    auto it = find_lane(now_.lanes, lane);
    if (!truth() || it == now_.lanes.end()) return false;
    it->history = now_.truth;
    it->collapse = {};
    sights_.clear();
    return true;
}

StageState Stage::save() {
    std::vector<std::uint8_t> game;
    if (truth()) try {
            game = game_->save();
        } catch (const std::exception& error) {
            lose_truth(failure_line(error));
        }
    StageState state = now_;
    if (truth()) state.game = std::move(game);
    return state;
}

void Stage::load(const StageState& state, bool own) {
    if (state.lanes.empty() || state.main >= state.lanes.size())
        throw Error("world " + info().name + ": the state has no lanes");
    for (const LaneState& lane : state.lanes) check_history(info(), lane.history, "dream");
    const bool with_truth = game_ && !state.game.empty();
    if (with_truth) check_history(info(), state.truth, "truth");
    std::string lost = now_.truth_lost;
    if (with_truth && (game_well_ || !world_)) lost = game_takes(state, own) ? "" : now_.truth_lost;
    if (!with_truth)
        lost = !game_                      ? ""
               : !state.truth_lost.empty() ? state.truth_lost
               : lost.empty()              ? "the real game was not running at this moment"
                                           : lost;
    now_ = state;
    now_.truth_lost = lost;
    if (lost.empty()) now_.game.clear();  // else it is what the game can be started again from
    sights_.clear();
    next_episode_ = std::max(next_episode_, state.episode + 1);
}

}  // namespace drift
