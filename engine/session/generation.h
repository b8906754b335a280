// The thread that plays: it owns the stage, reads the controls once per step, and puts Steps out.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/latest.h"
#include "session/inbox.h"
#include "session/key_latch.h"
#include "session/key_script.h"
#include "session/performance.h"
#include "session/stage.h"
#include "session/step_feed.h"

namespace drift {

class Generation {
public:
    struct Plan {
        // Opens the world in that file or folder; empty: the one to begin with. Runs on the thread, so that loading never blocks the UI.
        std::function<std::unique_ptr<Stage>(const std::filesystem::path& file)> open;
        bool wait_for_another = false;                 // where the first world cannot be opened another may be asked for; else the thread ends
        std::uint64_t seed = 0;
        KeyScript script = {};
        std::uint64_t frames = 0;                      // the thread ends after so many steps, of whichever worlds; 0: never
        Surroundings around = {};                      // all of it runs on the thread
        std::function<void(const WorldInfo&, const Step&)> on_step = {};  // runs on the thread, for every step; what it throws ends the play
    };

    explicit Generation(Plan plan);

    // Play begins with the first controls: who sets them has seen the world's defaults by then. What is meant for a world whose successor
    // is there already is not heard, until that one is taken.
    void set_controls(const Controls& controls) { inbox_.put(controls, seen_); }
    void send(const Command& command);
    KeyLatch& keys() { return keys_; }

    // A world that was loaded, once: the first, and every other one that a command asked for. What is there to be taken at that moment
    // (steps, a failure, how recording stands) is of the world before: the new one waits for its controls.
    struct Opened {
        WorldInfo info;
        std::filesystem::path file;  // that the command named; empty: the one to begin with
        std::uint64_t number = 0;
        std::vector<Frame> openings = {};  // the last frame of each that the world ships; seed s begins with number s modulo their count
    };
    std::optional<Opened> take_world();
    // A world is being loaded, or is about to be. Asked before take_world: once it is false, the world is there to be taken, or the sentence that says why not.
    bool opening() const { return opening_ > 0 && !finished_; }
    // All steps since the last call, oldest first; where the UI sleeps the oldest are dropped.
    std::vector<Step> take_steps() { return steps_.drain(); }
    // A sentence for the banner, once. The play is paused on its last good frame, or finished().
    std::optional<std::string> take_failure() { return failure_.take(); }
    // A sentence for the banner, once: something has ended, the play goes on.
    std::optional<std::string> take_warning() { return warning_.take(); }
    // How recording and watching stand, where it is another way than at the last call.
    struct Standing {
        RecordingState recording;
        std::optional<WatchState> watch;
    };
    std::optional<Standing> take_standing() { return standing_.take(); }
    // The thread has ended: `frames` steps are done, or it could not open and does not wait for another. What it put out before is there to be taken.
    bool finished() const { return finished_; }

private:
    void run(std::stop_token stop);
    struct Now;
    struct Loaded {
        std::unique_ptr<Stage> stage;  // null: it could not be
        std::filesystem::path file;
    };
    Loaded load(const std::filesystem::path& file, Latest<std::string>& says);
    Loaded another(std::stop_token stop);
    Loaded play(std::stop_token stop, Loaded loaded);
    void leave(Now& now);
    bool advance(Now& now, std::stop_token stop);
    int obey(Now& now, const std::vector<Command>& commands);
    template <class Work>
    bool attempt(Now& now, Work work);

    Plan plan_;
    KeyLatch keys_;
    Inbox inbox_;
    StepFeed steps_;
    Latest<Opened> world_;
    std::uint64_t number_ = 0;       // of the world that plays; the thread's
    std::uint64_t seen_ = 0;         // of the world that was taken last; the UI's
    std::atomic<int> opening_ = 1;   // worlds that are to be loaded
    Latest<std::string> failure_, warning_;
    Latest<Standing> standing_;
    std::uint64_t played_ = 0;       // steps; the thread's
    std::atomic<bool> finished_ = false;
    std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace drift
