// A play with everything around it that one can ask for: going back, states, recording, sessions watched, taken over and checked.
// No thread and no clock: the generation thread calls it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "session/fan_out.h"
#include "session/inbox.h"
#include "session/log/scribe.h"
#include "session/watch.h"

namespace drift {

// What a session that is watched is, and how the check of it stands.
struct WatchState {
    std::filesystem::path file;
    std::uint64_t number = 0;  // of the sessions that were watched, counted from 1: the same file again is another one
    std::uint64_t events = 0;
    int rate = 0;
    bool stored = false;          // its frames come from a recording
    std::vector<int> lanes = {};  // that it has in any of its steps
    std::string warning;          // of the log's end
    std::uint64_t checked = 0;    // events
    bool checking = false;
    std::string verdict;  // of the check; empty while there is none
    bool holds = false;   // the verdict is a good one
    bool operator==(const WatchState&) const = default;
};

struct Surroundings {
    // Where the play is logged; empty: nowhere. Where it throws that is said, and the play goes on without.
    std::function<std::unique_ptr<LogWriter>(const WorldInfo&)> log = {};
    OpenTracks record = {};
    // The stored frames that belong to this log; null where there are none.
    std::function<std::unique_ptr<TrackSource>(const std::filesystem::path& log)> stored = {};
};

class Performance {
public:
    // `put`: what is to be seen. `warn`: a sentence; the play goes on.
    Performance(Stage& stage, Surroundings around, std::function<void(Step)> put,
                std::function<void(std::string)> warn);

    // Who has not seen yet that a state or a session brought its own lanes does not bring the old ones back.
    void direct(const Controls& controls);
    const Controls& controls() const { return controls_; }
    // How often lanes came from elsewhere than the controls: Controls::cast says so back.
    std::uint64_t cast() const { return cast_; }

    // Throws Error where it cannot be done; nothing has moved then, or a play that was left for good stands still. The kind step_once is advance()'s, open_world the thread's.
    void obey(const Command& command);
    // One step on: by the action, or along the session that is watched. False at its end, or where a stop was asked. Throws as Play does.
    bool advance(Action action, std::stop_token stop);
    // Imagines that step ahead of its time: advance() takes it where action and direction are still the same, and nothing was asked meanwhile.
    // Once `stop` is asked it is as if nothing was. Throws as Play does; nothing has moved then.
    void look_ahead(Action action, std::stop_token stop);
    bool ready(Action action) const;  // is it there already?
    // Is there something that goes on by itself: a way ahead, a check?
    bool busy() const { return ahead_ || check_ || chosen_ || (fan_ && !fan_->done()); }
    void work(std::stop_token stop);  // a piece of that; where it throws it has ended

    bool watching() const { return watch_ != nullptr; }
    bool at_end() const { return watch_ && play_.cursor() + 1 >= watch_->events(); }  // of the session that is watched
    bool can_rewind() const { return play_.cursor() > play_.timeline().first(); }
    Scribe& scribe() { return scribe_; }
    RecordingState recording() const { return scribe_.recording(); }
    const std::filesystem::path& saved_past() const { return saved_past_; }  // the newest recording of what was played
    std::optional<WatchState> watch_state() const;
    std::shared_ptr<const Fan> fan() const { return fan_ ? fan_->fan() : nullptr; }  // null where none was asked for

private:
    struct Check {
        explicit Check(Stage& stage) : play(stage) {}
        Play play;
        std::uint64_t next = 0;
    };
    Action chosen(Action keys) const;
    bool recording_over() const;
    void take_lanes(const Step& step);
    void show(Step step);
    void recall(std::uint64_t position);
    void open(std::uint64_t seed);
    void watch(const std::filesystem::path& file);
    void back_to_game();
    Step watch_on(std::stop_token stop);
    void take_over();
    void play_on(Step step);
    void begin_from(Step step);
    void seek(std::uint64_t position);
    void check(std::stop_token stop);
    void end_check(std::string verdict, bool holds);
    Direction beside() const;
    void open_fan(std::uint64_t length, int lane);
    void take(std::uint64_t future);
    void work_on_futures(std::stop_token stop);

    Stage& stage_;
    Surroundings around_;
    std::function<void(Step)> put_;
    std::function<void(std::string)> warn_;
    Controls controls_;
    Play play_;
    Scribe scribe_;
    std::string lost_;   // why the truth is, as it was said last
    bool mute_ = false;  // the scribe does not hear what happens
    std::uint64_t seed_ = 0, cast_ = 0, watches_ = 0;
    std::unique_ptr<Watch> watch_;
    WatchState watched_;
    std::filesystem::path saved_past_;
    std::optional<Play::Line> own_;       // what was played before a session was watched
    std::optional<std::uint64_t> ahead_;  // the position that is sought, and not made yet
    std::unique_ptr<Check> check_;
    struct Chosen {  // a future that is being played
        Action action;
        int left = 0;
    };
    std::unique_ptr<FanOut> fan_;
    std::optional<Dreamed> next_;  // imagined ahead
    std::optional<Chosen> chosen_;
};

}  // namespace drift
