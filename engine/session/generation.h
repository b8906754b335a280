// The thread that plays: it owns the model and the game, reads the controls once per step, and puts Steps out.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "core/game.h"
#include "core/latest.h"
#include "core/queue.h"
#include "core/step.h"
#include "core/world_model.h"
#include "session/key_latch.h"

namespace drift {

// Set by the UI, newest wins.
struct Controls {
    SamplerSettings settings;
    bool paused = false;
    double speed = 1.0;   // times the world's rate; 0: as fast as it goes (turbo)
};

// Sent by the UI, none is lost.
struct Command {
    enum class Kind { step_once, restart, same_seed_episode, next_seed_episode, set_seed };
    Kind kind = Kind::step_once;
    std::uint64_t seed = 0;  // of set_seed
};

// What plays: both are made on and never leave the generation thread. `game` may be null (no truth).
struct Stage {
    std::unique_ptr<WorldModel> world;
    std::unique_ptr<Game> game;
};

class Generation {
public:
    // `open` runs on the generation thread, so that loading never blocks the UI. A failure of it crosses as failure().
    Generation(std::function<Stage()> open, Controls controls, std::uint64_t seed, std::function<void(const Step&)> on_step = {});
    ~Generation();

    void set_controls(const Controls& controls);
    void send(const Command& command);
    KeyLatch& keys() { return keys_; }

    // The world that is loaded, once after loading; nullopt before and after.
    std::optional<WorldInfo> take_world() { return world_.take(); }
    // All steps since the last call, oldest first; bounded: where the UI sleeps the oldest are dropped.
    std::vector<Step> take_steps() { return steps_.drain(); }
    // A sentence for the banner, once.
    std::optional<std::string> take_failure() { return failure_.take(); }
    bool finished() const { return finished_; }  // the thread has ended (a failure to open)

private:
    void run(const std::function<Stage()>& open);

    KeyLatch keys_;
    Latest<Controls> new_controls_;
    Queue<Command> commands_;
    Queue<Step> steps_{256};
    Latest<WorldInfo> world_;
    Latest<std::string> failure_;
    Controls controls_;
    std::uint64_t seed_;
    std::function<void(const Step&)> on_step_;
    std::atomic<bool> finished_ = false;
    std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace drift
