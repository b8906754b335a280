// The thread that plays: it owns the stage, reads the controls once per step, and puts Steps out.
#pragma once

#include <atomic>
#include <cstdint>
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
        std::function<std::unique_ptr<Stage>()> open;  // runs on the thread, so that loading never blocks the UI
        std::uint64_t seed = 0;
        KeyScript script = {};
        std::uint64_t frames = 0;                      // the thread ends after so many steps; 0: never
        Surroundings around = {};                      // all of it runs on the thread
        std::function<void(const WorldInfo&, const Step&)> on_step = {};  // runs on the thread, for every step; what it throws ends the play
    };

    explicit Generation(Plan plan);

    // Play begins with the first controls: who sets them has seen the world's defaults by then.
    void set_controls(const Controls& controls) { inbox_.put(controls); }
    void send(const Command& command) { inbox_.put(command); }
    KeyLatch& keys() { return keys_; }

    // The world that was loaded, once.
    std::optional<WorldInfo> take_world() { return world_.take(); }
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
    // The thread has ended: `frames` steps are done, or it could not open. What it put out before is there to be taken.
    bool finished() const { return finished_; }

private:
    void run(std::stop_token stop);
    struct Now;
    void play(std::stop_token stop, Stage& stage);
    bool advance(Now& now, std::stop_token stop);
    int obey(Now& now, const std::vector<Command>& commands);
    template <class Work>
    bool attempt(Now& now, Work work);

    Plan plan_;
    KeyLatch keys_;
    Inbox inbox_;
    StepFeed steps_;
    Latest<WorldInfo> world_;
    Latest<std::string> failure_, warning_;
    Latest<Standing> standing_;
    std::atomic<bool> finished_ = false;
    std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace drift
