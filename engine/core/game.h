// The real game beside the dream: deterministic, and learnable because its whole state shows in a few frames.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/action.h"
#include "core/frame.h"

namespace drift {

struct Point {
    float x = 0, y = 0;  // pixels, top left corner of the object
};

// Where a game's objects stand, in the order of GameInfo::objects. Absent: not seen; fewer than those: nobody can tell. In pixels of the picture, or of the game's map where it has one.
struct Probe {
    std::vector<std::optional<Point>> objects;
    std::optional<float> heading;  // degrees, clockwise from up; of games that are seen from within
    // Only of a picture: PSNR (dB) between it and the game's own picture of the state that was read from it. Low: no longer this game.
    double likeness = std::numeric_limits<double>::quiet_NaN();  // NaN: cannot be told
    std::vector<std::optional<float>> counts = {};               // of GameInfo::counts
};

// What a step meant, where a game says so.
struct GameOutcome {
    float reward = 0;
    bool end = false;  // the episode is over
    bool life_lost = false;
    bool rare = false;
    std::optional<int> lives;
};

struct GameInfo {
    std::string name;
    int width = 0, height = 0;
    int rate = 0;  // steps a second
    ActionSpace actions;
    std::vector<std::string> objects;      // names of what the probe finds; may be none
    std::vector<std::string> counts = {};  // names of what it counts (bricks left); one more or less is right
    int tolerance = 1;                     // px: an object that is no further off stands where it should
    // What an episode is judged by: objects, then counts.
    std::vector<std::string> judged() const {
        auto names = objects;
        names.insert(names.end(), counts.begin(), counts.end());
        return names;
    }
};

class Game {
public:
    virtual ~Game() = default;
    virtual const GameInfo& info() const = 0;

    // The opening of that seed. Equal seeds and actions give equal pictures, for ever.
    virtual void reset(std::uint64_t seed) = 0;
    // Applies one action (of info().actions) and moves the world by one step.
    virtual void step(ActionCode action) = 0;
    // Draws the state; `frame` is resized where needed.
    virtual void render(Frame& frame) const = 0;

    virtual Probe probe() const = 0;                      // from the state
    virtual Probe probe(const Frame& picture) const = 0;  // from any picture of info()'s size, dreamed or real
    // All there is, seen from above, where a picture shows only a part of it; empty where the picture is all there is.
    virtual Frame map() const { return {}; }
    // Did what is controlled obey the action between two pictures? nullopt where it cannot be told (nothing read).
    virtual std::optional<bool> obeyed(const Probe& before, ActionCode action, const Probe& after) const = 0;

    // The kind of rare event that the last step was, one that decides how it goes on (a hit, a life lost, a new board), numbered as the game
    // likes from 1; 0: it was none. Training draws half of each batch around such steps, and each kind as often as the others.
    virtual int rare_event() const = 0;
    // What a good player would do now; nullopt where nobody knows.
    virtual std::optional<ActionCode> expert_action() const = 0;
    // Of recorded play: what was done next, nothing at its end. Other actions lead out of it, and step() throws. nullopt: this is a game.
    struct Recorded {
        std::optional<ActionCode> action;
    };
    virtual std::optional<Recorded> recorded() const { return std::nullopt; }
    // Of the last step; nullopt for games that are only played.
    virtual std::optional<GameOutcome> outcome() const { return std::nullopt; }

    virtual std::vector<std::uint8_t> save() const = 0;
    // Throws Error where the bytes are not a state of this game.
    virtual void load(std::span<const std::uint8_t> state) = 0;
};

}  // namespace drift
