// One to several dreams and the truth beside them, moved by one step at a time: no thread, no clock, so that everything that plays is this.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/game.h"
#include "core/step.h"
#include "core/world_model.h"
#include "measure/drift_meter.h"

namespace drift {

// What a lane is to be from the next step on.
struct LanePlan {
    int lane = 0;
    int from = 0;  // where there is no such lane yet: it begins as a copy of this one, or of the main one
    SamplerSettings settings;
    bool operator==(const LanePlan&) const = default;
};

// Who dreams, and how. A state, not an event: lanes that are not named end, new ones begin, and the newest direction wins.
struct Direction {
    std::vector<LanePlan> lanes{LanePlan{}};  // at least one
    int main = 0;                             // the lane that others are held against
    bool own_noise = false;                   // each lane has a noise of its own
    int film = -1;                            // the lane whose sampling is filmed
    int spread = -1;                          // the lane whose frames' spread over other noises is measured
    bool operator==(const Direction&) const = default;
};
Direction solo(const SamplerSettings& settings);  // lane 0 alone
Direction direction_of(const Step& step);         // what made it
std::size_t main_of(const Direction& direction);  // the main lane's place among its lanes

// Frames of a step that are known already, by lane: they are not dreamed again.
using GivenFrames = std::map<int, Frame>;

// All that the next steps depend on, besides world, keys and direction.
struct LaneState {
    int lane = 0;
    History history;
    Collapse collapse;
    Agreement agreement = {};
};
struct StageState {
    std::uint64_t seed = 0, episode = 0, index = 0;
    std::vector<LaneState> lanes;
    std::size_t main = 0;
    Look opening;
    std::vector<std::uint8_t> game;  // as it saves itself; empty where there is none, or it was lost
    History truth;                   // its last frames; empty likewise
    std::uint64_t path = 0;          // stands for the seed and all actions that led here; 0: not known
    std::string truth_lost;          // see Step
};

// A next step that was imagined and has not been played: of the moment that the stage stood at then, and of no other.
struct Dreamed {
    Action action;
    Direction direction;
    std::vector<LaneState> lanes;  // as they were before it
    std::vector<Frame> frames;     // of each lane; none where nothing is dreamed
    std::vector<Beyond> beyond;
    std::shared_ptr<const Film> film;
    Spread spread;
    double seconds = 0;
    int calls = 0;
};

// In place of a hash of weights, where there is no world.
inline constexpr const char* truth_alone = "truth";

class Stage {
public:
    // `game` may be null: there is no truth then. `world` may be null where there is a game: nothing is dreamed then, every lane shows the truth.
    // A game that is not of the world's pictures and actions is left out, which its opening's note says; throws Error where there is nothing else to
    // start from, or it is recorded play.
    // `note`: what else is to be said of its opening, beside what the world says. `opening_frames`: of the game where it plays alone; a world has its
    // context's.
    Stage(std::unique_ptr<WorldModel> world, std::unique_ptr<Game> game, const std::string& note = {},
          int opening_frames = 4);

    const WorldInfo& info() const { return info_; }
    bool dreams() const { return world_ != nullptr; }  // else the real game plays alone
    // The truth as it stands, for who plays by looking at it; null where there is none, or it was lost.
    const Game* game() const { return truth(); }
    // Why it was lost, as in Step. A game that fails takes the truth with it, and nothing else: dreams go on.
    const std::string& truth_lost() const { return now_.truth_lost; }
    bool game_is_well() const { return game_well_; }  // the truth may be lost all the same, in a moment in which it was
    // The game again where the play stands now: from the bytes that this moment was saved with, or by all actions since its opening. Throws Error
    // where neither is known or the game fails again; nothing has moved then.
    void restart_truth();
    // The actions since the opening, where they are known: what a lost truth can be started again from, by another stage too.
    std::optional<std::vector<ActionCode>> walk() const;
    // Of the moment that was loaded last; others than those that led to it are of no use.
    void know(std::vector<ActionCode> walk);
    // What is seen of the truth now, into that step.
    void show_truth(Step& step);

    // The opening of that seed: step 0. With a game the history is its own first frames, so that dream and truth start as one; a game that was
    // lost begins again. Throws Error where it cannot be made; what was played before stands as it did then.
    Step open(std::uint64_t seed, const Direction& direction);
    // Throws as open() does, and moves nothing that is seen: for a stage that has not opened yet.
    void rehearse(std::uint64_t seed) { begin(seed); }
    // The next step, imagined; nothing moves. Throws Error where imagining fails, or nothing was opened. Once `stop` is asked it means nothing.
    Dreamed dream(Action action, const Direction& direction, std::stop_token stop = {},
                  const GivenFrames& given = {}) const;
    // The step that was imagined is played, the game beside it. Throws Error where there is nothing else to see than a game that fails.
    Step step(Dreamed dreamed);
    // Both at once.
    Step step(Action action, const Direction& direction, const GivenFrames& given = {}) {
        return step(dream(action, direction, {}, given));
    }
    // Where there is no game: what the world can begin with, the last frame of each; seed s begins with number s modulo their count.
    std::vector<Frame> opening_frames() const;
    // Beside recorded play: what was done next. Else what the world's own player would do now, by what it sees of the main lane or of the real game; nullopt where it has none, or sees nothing.
    // The same moment gives the same action.
    enum class Seen { dream, truth };
    std::optional<Action> advised(Seen seen = Seen::dream) const;
    bool recording_over() const;                            // the truth is the last frame of recorded play
    bool led() const { return info_.recorded && !world_; }  // recorded play alone: nobody else can have the keys
    // The context of this lane becomes the real last frames. False where there is no truth or no such lane.
    bool resync(int lane);

    StageState save();  // a game that fails at it is lost
    // Throws Error where the state is not one of this world and game; nothing has moved then. A game that has crashed is lost, and stays so
    // until it is begun again. `own`: it is one of this play's, and a game that refuses it is lost too.
    void load(const StageState& state, bool own = false);

    // Beside the play, moving nothing. The sampling of a lane in a step that was, and how its frame differs between noises: `before` is the state
    // that it was made from.
    Film film(const StageState& before, const Step& step, int lane) const;
    Spread spread(const StageState& before, const Step& step, int lane, std::stop_token stop = {}) const;
    // As WorldModel's; the newest frames again where there is no world.
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) const;

private:
    struct Opening {
        History history;
        std::string lost;  // why it is not the game's
    };
    Opening begin(std::uint64_t seed);
    History begin_game(std::uint64_t seed);
    Frame picture() const;
    void put_game_back(const std::vector<std::uint8_t>& state);
    bool game_takes(const StageState& state, bool own);
    Game* truth() const { return now_.truth_lost.empty() ? game_.get() : nullptr; }
    void lose_truth(const std::string& why);
    void step_truth(ActionCode action);
    std::vector<LaneState> cast(const std::vector<LaneState>& lanes, const Direction& direction) const;
    std::vector<DreamRequest> requests(const std::vector<LaneState>& lanes, const Direction& direction,
                                       ActionCode action) const;
    std::vector<DreamRequest> requests_of(const std::vector<LaneState>& lanes, const Step& step) const;
    Spread spread_of(DreamRequest request, const Frame& frame, int lane, std::stop_token stop) const;
    struct Looks {
        Probe truth;
        std::vector<Sight> sights;  // of each lane
        std::vector<Drift> drifts;
    };
    Looks look(const Step& step, const Game* game) const;
    void look_around(Step& step, const Direction& direction);
    void remember(ActionCode action);

    std::unique_ptr<WorldModel> world_;
    std::unique_ptr<Game> game_;
    WorldInfo info_;
    StageState now_;             // without the game's bytes, which the game itself holds
    std::vector<Sight> sights_;  // of now_'s lanes
    bool game_well_ = true;      // else it has failed, and was not begun again: nothing is asked of it
    std::uint64_t next_episode_ = 0;
    std::map<std::uint64_t, std::vector<ActionCode>>
        walks_;  // by episode: all actions since its opening, of the last few episodes
};

}  // namespace drift
