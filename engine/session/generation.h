// The thread that plays: it owns the stage, reads the controls once per step, and puts Steps out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

#include "session/ahead.h"
#include "session/inbox.h"
#include "session/key_latch.h"
#include "session/key_script.h"
#include "session/outbox.h"
#include "session/performance.h"
#include "session/stage.h"

namespace drift {

class Generation {
public:
    struct Plan {
        // Opens the world in that file or folder; empty: the one to begin with. Runs on the thread, so that loading never blocks the UI.
        std::function<std::unique_ptr<Stage>(const std::filesystem::path& file)> open;
        bool wait_for_another =
            false;  // where the first world cannot be opened another may be asked for; else the thread ends
        std::uint64_t seed = 0;
        KeyScript script = {};
        std::uint64_t frames =
            0;  // the thread ends after so many steps, of whichever worlds, or at the first that fails; 0: never
        Surroundings around = {};  // all of it runs on the thread
        std::function<void(const WorldInfo&, const Step&)> on_step =
            {};                           // runs on the thread, for every step; what it throws is a failure of the play
        std::function<void()> wake = {};  // runs on the thread: there is a step to take
    };

    explicit Generation(Plan plan);

    // Play begins with the first controls: who sets them has seen the world's defaults by then. What is meant for a world whose successor
    // is there already is not heard, until that one is taken.
    void set_controls(const Controls& controls);
    void send(const Command& command);
    KeyLatch& keys() { return keys_; }

    using Opened = OpenedWorld;
    // All that there is since the last call, of one moment.
    Delivery take();

    // Ends the thread, and with it what is being recorded. Nothing is played after it.
    void finish();

private:
    void run(std::stop_token stop);
    struct Now;
    struct Loaded {
        std::unique_ptr<Stage> stage;  // null: it could not be
        std::filesystem::path file;
    };
    Loaded load(const std::filesystem::path& file, bool another_plays);
    Loaded another(std::stop_token stop);
    Loaded play(std::stop_token stop, Loaded loaded);
    bool begin(Now& now, std::stop_token stop);
    bool turn(Now& now, std::stop_token stop);
    void leave(Now& now);
    void stand(Now& now);
    bool advance(Now& now, std::stop_token stop);
    bool look_ahead(Now& now, std::stop_token stop);
    int obey(Now& now, const std::vector<Command>& commands);
    template <class Work>
    bool attempt(Now& now, Work work);

    Plan plan_;
    KeyLatch keys_;
    Inbox inbox_;
    Outbox outbox_;
    std::uint64_t number_ = 0;  // of the world that plays; the thread's
    std::uint64_t seen_ = 0;    // of the world that was taken last; the UI's
    std::uint64_t played_ = 0;  // steps; the thread's
    Ahead ahead_;
    std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace drift
