// The game "bricks": a paddle, a ball, a wall of bricks, three lives. Learnable by design: everything moves by whole even pixels, the
// ball's velocity is its last displacement, the serve depends on where the paddle stands, and nothing is counted out of sight.
#pragma once

#include "core/game.h"

namespace drift {

class Bricks : public Game {
public:
    // Pixels. The field is what the ball can reach; x and y of everything that moves are even.
    static constexpr int size = 64;
    static constexpr int field_left = 4, field_right = 60, field_top = 8;
    static constexpr int columns = 7, rows = 5, brick_width = 8, brick_height = 4, wall_top = 14;
    static constexpr int paddle_width = 12, paddle_top = 60, paddle_speed = 4;
    static constexpr int lives_at_start = 3;

    enum Object { ball, paddle };
    // Rare events: whatever turns the ball but a slow one's side wall, lives and walls that come and go, a fast ball that passes bricks by: where
    // dreams were seen to lose it.
    enum Event { no_event, life_lost, wall_put_up, brick_hit, paddle_hit, fast_side_wall, fast_among_bricks };

    // Visible in full: paddle and ball by their place, velocity by the last two frames, bricks and lives by their marks.
    struct State {
        int paddle_x = 24;
        int ball_x = 28, ball_y = 58;
        int ball_vx = 2, ball_vy = -2;  // pixels a step
        int lives = lives_at_start;
        std::uint64_t bricks = 0;  // bit row * columns + column
        int event = no_event;      // of the last step; of several the one that is named first here
        bool operator==(const State&) const = default;
    };

    Bricks() { reset(0); }
    const GameInfo& info() const override;
    // Even seeds open with the full wall, odd ones with some of it.
    void reset(std::uint64_t seed) override;
    void step(ActionCode action) override;
    void render(Frame& frame) const override;
    Probe probe() const override;
    Probe probe(const Frame& picture) const override;
    std::optional<bool> obeyed(const Probe& before, ActionCode action, const Probe& after) const override;
    int rare_event() const override { return state_.event; }
    std::optional<ActionCode> expert_action() const override;
    std::vector<std::uint8_t> save() const override;
    void load(std::span<const std::uint8_t> state) override;

    const State& state() const { return state_; }
    void set_state(const State& state) { state_ = state; }

private:
    void serve();
    void move_ball();
    State state_;
};

}  // namespace drift
