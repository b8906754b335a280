// A stage and its line of time: what is played can be gone back to, branched, saved. No thread and no clock.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "session/log/session_log.h"
#include "session/stage.h"
#include "session/timeline.h"

namespace drift {

class Play {
public:
    explicit Play(Stage& stage) : stage_(stage) {}
    // Hears of everything that happens from here on, as a log keeps it.
    void set_listener(std::function<void(const LogEvent&, const Step&)> listener) { listener_ = std::move(listener); }

    // All of these return what is to be seen now, and from where the next step goes on. Playing on, opening and loading while one is in
    // the past leave the future behind: it stays as the ghost.
    Step open(std::uint64_t seed, const Direction& direction);
    // Throws Error where imagining fails; nothing has moved then. Once `stop` is asked the step means nothing.
    Step advance(Action action, const Direction& direction, std::stop_token stop = {}, const GivenFrames& given = {});
    // The same in two: what comes next is imagined, which moves nothing, and then played, unless anything else was asked of this play meanwhile.
    Dreamed dream(Action action, const Direction& direction, std::stop_token stop) const {
        return stage_.dream(action, direction, stop);
    }
    Step advance(Dreamed dreamed);
    // The moment at that position, or the nearest there is; throws Error where there is none, or its sampling cannot be made again: nothing has moved then. `film`, `spread`: the lanes whose sampling and whose spread are to be seen, -1 for none.
    Step recall(std::uint64_t position, int film = -1, int spread = -1);
    // nullopt where there is no truth or no such lane.
    std::optional<Step> resync(int lane);
    // The truth again where one is, after it was lost. Throws Error where it cannot be; nothing has moved then.
    Step restart_truth();
    // Nothing was played: what comes next stands at position 0. Returns what there was.
    struct Line {
        Timeline timeline;
        std::uint64_t cursor = 0;
    };
    Line clear();
    // Stands there again. Throws Error where the stage does not take it.
    void restore(Line line);
    bool empty() const { return timeline_.end() == 0; }
    void save(const std::filesystem::path& file) const { save(file, cursor_); }  // throws Error
    void save(const std::filesystem::path& file,
              std::uint64_t position) const;       // the moment there, or else the one where one is; throws Error
    Step load(const std::filesystem::path& file);  // throws Error; nothing has moved then
    Step load(Moment moment);                      // throws Error likewise
    Step return_to_left();  // the last moment of the future that was left; throws Error where there is none

    // Where one is: what the next step goes on from. Throws Error where nothing was played.
    Moment now() const;
    std::uint64_t cursor() const { return cursor_; }
    const Timeline& timeline() const { return timeline_; }

private:
    Step keep(Step step);
    Moment moment_of(Step& step);
    void tell(LogEvent::Kind kind, std::uint64_t number, const Step& step, const Direction* direction = nullptr,
              std::vector<std::uint8_t> moment = {});

    Stage& stage_;
    std::function<void(const LogEvent&, const Step&)> listener_;
    std::shared_ptr<const Direction> told_;  // the direction that the listener knows
    Timeline timeline_;
    std::uint64_t cursor_ = 0;
};

}  // namespace drift
