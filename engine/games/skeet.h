// The game "skeet": the mouse moves a cross, one button shoots, another one holds a ring around the cross and slows the disc that is to be hit.
// Buttons that are held together and a mouse in both axes, learnable by design: all there is shows in the last frames.
#pragma once

#include "core/game.h"

namespace drift {

class Skeet : public Game {
public:
    static constexpr int size = 64;
    static constexpr int cross_low = 5, cross_high = size - 6;  // of its middle, so that the ring is whole
    static constexpr int disc_low = 2, disc_right = size - 3, disc_bottom = 46;
    static constexpr int reach = 3;  // pixels on each axis: the disc's middle so near to the cross's is hit
    enum Button : unsigned { fire = 1, focus = 2 };  // bits of a code
    enum Object { cross, disc, shot, ring };

    struct State {
        int cross_x = size / 2, cross_y = size / 2;  // the middle
        int disc_x = 8, disc_y = 8;                  // the middle
        int right = 1, down = 1;                     // the disc's way, 1 or -1
        bool fire = false, focus = false;            // held in the last step
        bool rare = false;
        bool operator==(const State&) const = default;
    };

    Skeet() { reset(0); }
    const GameInfo& info() const override;
    void reset(std::uint64_t seed) override;
    void step(ActionCode action) override;
    void render(Frame& frame) const override;
    // Of the objects their middles; a shot and a ring are there while their button is held.
    Probe probe() const override;
    Probe probe(const Frame& picture) const override;
    // The cross went where the mouse did, and each button shows.
    std::optional<bool> obeyed(const Probe& before, ActionCode action, const Probe& after) const override;
    int rare_event() const override { return state_.rare; }  // the disc was hit
    std::optional<ActionCode> expert_action() const override;
    std::vector<std::uint8_t> save() const override;
    void load(std::span<const std::uint8_t> state) override;

    const State& state() const { return state_; }
    void set_state(const State& state) { state_ = state; }

private:
    State state_;
};

}  // namespace drift
