// What the UI tells the generation thread: the newest controls and every command, with one place to wait for either.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "session/pacer.h"
#include "session/stage.h"

namespace drift {

// Newest wins.
struct Controls {
    Direction direction;
    bool paused = false;
    double speed = 1.0;              // times the world's rate; 0: as fast as it goes (turbo)
    bool rewind = false;             // time runs backwards, twice as fast as the world's rate
    bool policy = false;             // the world's own player has the keys
    bool policy_sees_truth = false;  // and looks at the real game, where there is one
    enum class AtEnd { go_on, restart, next };
    AtEnd at_end = AtEnd::go_on;  // where the main lane's episode ended: the same opening again, or the next seed's
    bool look_ahead = true;       // the next frame is imagined before it is due, for the keys that are held
    std::vector<int> beside;      // lanes of the direction that dream beside a session; its own come from it
    std::optional<std::uint64_t> cast =
        {};  // the newest change of lanes by a state or a session that who sets this has seen; nullopt: knows all
    bool operator==(const Controls&) const = default;
};

// None is lost.
struct Command {
    enum class Kind {
        step_once,
        step_back,
        seek_to,
        restart,
        next_seed,
        set_seed,
        resync,
        restart_truth,
        save_state,
        load_state,
        return_to_left,  // the future that was left behind, at its end
        record,
        stop_recording,
        record_past,
        watch_session,
        return_to_game,  // from the session that is watched to what was played before it, whole
        take_over_session,
        check_session,
        fan,          // futures of the moment that is shown
        take_future,  // one of them is played
        open_world
    };
    Kind kind = Kind::step_once;
    std::uint64_t number =
        0;  // one more than the position whose moment save_state keeps (0: the newest), the seed of set_seed, the position of seek_to, the lane of resync, the steps of record_past, the frames of fan's futures (0: none any more), the future of take_future
    std::filesystem::path file = {};  // of the state, the recording, the session or the world
    int lane = -1;  // whose futures fan imagines; -1: the main lane's, or that whose spread is measured
};

// Does what was asked leave the play where it stands?
constexpr bool beside_the_play(Command::Kind kind) {
    using enum Command::Kind;
    return kind == save_state || kind == record || kind == stop_recording || kind == record_past || kind == fan;
}

class Inbox {
public:
    struct Mail {
        std::optional<Controls> controls;
        std::vector<Command> commands;
    };

    // `world`: which one it is meant for, counted from 0. What is meant for one that is gone is not heard; a wish for another one always is.
    void put(const Controls& controls, std::uint64_t world = 0) {
        std::lock_guard lock(mutex_);
        if (world < world_) return;
        mail_.controls = controls;
        changed_.notify_all();
    }
    void put(const Command& command, std::uint64_t world = 0) {
        std::lock_guard lock(mutex_);
        if (world < world_ && command.kind != Command::Kind::open_world) return;
        mail_.commands.push_back(command);
        changed_.notify_all();
    }
    // From here on only what is meant for this world counts. Returns what was still meant for the one before.
    std::vector<Command> begin(std::uint64_t world) {
        std::lock_guard lock(mutex_);
        world_ = world;
        mail_.controls.reset();
        std::vector<Command> wishes, rest;
        for (Command& command : mail_.commands)
            (command.kind == Command::Kind::open_world ? wishes : rest).push_back(std::move(command));
        mail_.commands = std::move(wishes);
        return rest;
    }
    // Who waits waits no longer.
    void wake() {
        std::lock_guard lock(mutex_);
        woken_ = true;
        changed_.notify_all();
    }
    bool empty() {
        std::lock_guard lock(mutex_);
        return !mail_.controls && mail_.commands.empty();
    }
    // Takes what is there once there is something, `due` has come (nullopt: never), it was woken, or a stop is asked.
    Mail wait(std::stop_token stop, std::optional<Pacer::Clock::time_point> due) {
        std::unique_lock lock(mutex_);
        auto anything = [&] { return woken_ || mail_.controls || !mail_.commands.empty(); };
        if (due) changed_.wait_until(lock, stop, *due, anything);
        else changed_.wait(lock, stop, anything);
        woken_ = false;
        return std::exchange(mail_, {});
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    Mail mail_;
    bool woken_ = false;
    std::uint64_t world_ = 0;
};

}  // namespace drift
