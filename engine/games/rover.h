// The game "rover": an island seen from above scrolls by under a rover that stays in the middle. Learnable by design: the map is the same for
// every seed, no two places look alike, everything moves by two pixels, and the picture shows all there is to know.
#pragma once

#include "core/game.h"

namespace drift {

class Rover : public Game {
public:
    static constexpr int size = 64, speed = 2;                     // pixels; pixels a step
    static constexpr int body = 8, body_left = (size - body) / 2;  // the sprite, in the picture
    // What must stay on land: less than the sprite, so that a way one tile wide need not be met to the pixel.
    static constexpr int core = 4, core_left = (size - core) / 2;

    enum Heading { up, down, left, right };  // the action less one

    struct State {
        int x = 0, y = 0;  // top left corner of the view in the map's pixels, even
        int heading = up;  // of the last key, also where water stopped it
        bool rare = false;
        bool operator==(const State&) const = default;
    };

    Rover() { reset(0); }
    const GameInfo& info() const override;
    void reset(std::uint64_t seed) override;
    void step(ActionCode action) override;
    void render(Frame& frame) const override;
    // The object's point is the top left corner of the view in map()'s pixels.
    Probe probe() const override;
    // Nearest of all the places where the rover can be; nothing where the picture is like none of them or like two.
    Probe probe(const Frame& picture) const override;
    Frame map() const override;
    std::optional<bool> obeyed(const Probe& before, ActionCode action, const Probe& after) const override;
    // It was stopped, or it turned.
    int rare_event() const override { return state_.rare; }
    std::optional<ActionCode> expert_action() const override;
    std::vector<std::uint8_t> save() const override;
    void load(std::span<const std::uint8_t> state) override;

    const State& state() const { return state_; }
    void set_state(const State& state) { state_ = state; }
    // Can the rover be where the view's corner is (x, y)? Water and houses stop it.
    static bool free(int x, int y);
    // The state after a move by one step, or the same place where something is in the way.
    static State moved(const State& state, int heading);

private:
    State state_;
};

}  // namespace drift
