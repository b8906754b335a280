// The game "maze": a walk through corridors and halls, seen with the walker's eyes. Learnable by design: the maze is the same for every seed, no two
// places look alike, one stands on a grid of whole units and looks in one of 16 directions, and a picture shows both.
#pragma once

#include <glm/vec2.hpp>

#include "core/game.h"

namespace drift {

class Maze : public Game {
public:
    static constexpr int size = 64, headings = 16;  // pixels; clockwise from up, 22.5 degrees each

    enum Action { noop, forward, back, left, right };

    struct State {
        glm::ivec2 at{};  // of the eye, in MazeMap's units, which are map()'s pixels
        int heading = 0;
        std::uint32_t trip = 0;  // decides where the expert goes; nothing of it is seen
        bool rare = false;
        bool operator==(const State&) const = default;
    };

    Maze() { reset(0); }
    const GameInfo& info() const override;
    void reset(std::uint64_t seed) override;
    void step(ActionCode action) override;
    void render(Frame& frame) const override;
    // The object's point is where the eye is in map()'s pixels.
    Probe probe() const override;
    // Nearest of all the poses there are; nothing where the picture is like none of them or like two.
    Probe probe(const Frame& picture) const override;
    Frame map() const override;
    std::optional<bool> obeyed(const Probe& before, ActionCode action, const Probe& after) const override;
    // A wall stopped it or turned it aside.
    int rare_event() const override { return state_.rare; }
    std::optional<ActionCode> expert_action() const override;
    std::vector<std::uint8_t> save() const override;
    void load(std::span<const std::uint8_t> state) override;

    const State& state() const { return state_; }
    void set_state(const State& state) { state_ = state; }
    // The state after one step. Walls are slid along, and who walks into the corner of an opening is led into it.
    static State moved(const State& state, int action);
    // What is seen from there at any size up to `size` (even heights), each column of pixels the mean of that many rays; render() takes three.
    static void draw(const State& state, int width, int height, int rays, Frame& frame);
    // A unit vector, and the whole units that one step goes: 3 or nearly so, thus a cell takes 5 to 6 steps.
    static glm::vec2 direction(int heading);
    static glm::ivec2 stride(int heading);

private:
    State state_;
};

}  // namespace drift
