#include "lab/data_set_export.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include "core/error.h"
#include "core/names.h"
#include "data/data_set.h"
#include "data/description.h"
#include "games/list.h"
#include "lab/options.h"
#include "lab/recordings.h"
#include "session/log/clip_cutter.h"
#include "session/log/recorder.h"
#include "session/log/replay.h"
#include "session/watch.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

// A session made again, event by event: with its game alone where that is enough, else with its lanes too, from the recording's frames
// where there is one.
class Session {
public:
    Session(const DataSetExport& what, const fs::path& file) : log_(read_session_log(file)) {
        if (!log_.warning.empty()) std::fprintf(stderr, "driftlab: %s\n", log_.warning.c_str());
        if (log_.events.empty()) throw Error(file, "expected a session, found one without a frame");
        if (!what.lane) {
            if (log_.header.game.empty())
                throw Error(file,
                            "expected a session with a real game, found one without: --dataset-lane takes a lane");
            stage_ = std::make_unique<Stage>(nullptr, make_game(log_.header.game), "", log_.header.context);
            if (header_of(stage_->info()).actions != log_.header.actions)
                throw Error(file, "expected the actions of the game " + info().game + " as it is now, found others");
        } else {
            auto dream = what.world.open_for(log_.header);
            auto game = truth_of(dream->info());
            stage_ = std::make_unique<Stage>(std::move(dream), std::move(game));
            watch_ =
                std::make_unique<Watch>(log_, file == what.session ? nullptr : read_recording(what.session), info());
        }
        play_ = std::make_unique<Play>(*stage_);
    }
    const SessionLog& log() const { return log_; }
    const WorldInfo& info() const { return stage_->info(); }
    Step next() {
        const LogEvent& event = log_.events[at_++];
        Direction none;
        none.lanes.clear();
        return watch_ ? watch_->next(*play_, none) : replay(*play_, event);
    }
    bool rare() const { return stage_->game() && stage_->game()->rare_event(); }

private:
    SessionLog log_;
    std::unique_ptr<Stage> stage_;
    std::unique_ptr<Watch> watch_;
    std::unique_ptr<Play> play_;
    std::size_t at_ = 0;
};

const Frame* frame_of(const LogEvent& event, const Step& step, const std::optional<int>& lane) {
    if (!lane) return without_truth(event, step) ? nullptr : &step.truth;
    auto shown =
        std::find_if(step.lanes.begin(), step.lanes.end(), [&](const LaneStep& one) { return one.lane == *lane; });
    return shown == step.lanes.end() ? nullptr : &shown->frame;
}

// Of the truth its own hash alone: the lanes beside it are not dreamed again.
bool holds(const LogEvent& event, const Step& step, const std::optional<int>& lane) {
    auto now = hashes_of(step);
    if (without_truth(event, step)) {
        if (!lane) return true;
        now.resize(step.lanes.size());
    }
    if (event.hashes.empty() || (lane && now.size() != event.hashes.size())) return false;
    if (!lane) return now.back() == event.hashes.back();
    for (std::size_t i = 0; i < step.lanes.size(); ++i)
        if (step.lanes[i].lane == *lane) return now[i] == event.hashes[i];
    return true;
}

}  // namespace

void export_data_set(const DataSetExport& what) {
    const fs::path file = ending_of(what.session) == ".driftlog" ? what.session : log_beside(what.session);
    Session session(what, file);
    const WorldInfo& info = session.info();
    DataSet data{what.lane ? info.title : info.game, info.width, info.height, info.rate, info.actions, {},
                 what.lane ? "" : info.game};
    const auto describe = [&] { write_data_description(what.folder, data); };
    if (!find_entry(what.folder, data_toml).empty()) describe();  // is that one of this game?

    ClipCutter cutter;
    std::size_t written = 0, frames = 0;
    auto write = [&](std::optional<Clip> clip) {
        if (!clip) return;
        if (written == 0) describe();  // not before: a description of nothing would be taken for a data set
        char number[16];
        std::snprintf(number, sizeof number, "-%03zu", written++);
        clip->name = what.session.stem().string() + number;
        frames += clip->frames.size();
        write_clip(what.folder, data, *clip);
    };
    bool seen = false;
    const auto& events = session.log().events;
    for (std::size_t i = 0; i < events.size(); ++i) {
        Step step;
        try {
            step = session.next();
        } catch (const Error& error) {
            if (what.lane || i == 0) throw;
            std::fprintf(stderr,
                         "driftlab: the real game has failed at event %zu of %zu, as far as which it is written: %s\n",
                         i + 1, events.size(), error.what());
            break;
        }
        const Frame* frame = frame_of(events[i], step, what.lane);
        if (!holds(events[i], step, what.lane))
            throw Error(file, "event " + std::to_string(i + 1) + " of " + std::to_string(events.size()) +
                                  " does not give the frame that was logged: " +
                                  (what.lane ? "it was made otherwise: " + other_maker(session.log().header, info)
                                             : "it is damaged, or the game is another one now"));
        write(cutter.see(events[i], step, frame, session.rare()));
        seen = seen || frame;
    }
    write(cutter.end());
    if (!seen && !what.lane)
        throw Error(file, "expected frames of the real game, found none: it had failed throughout");
    if (!seen)
        throw Error(file, "expected a session with lane " + std::to_string(*what.lane + 1) +
                              ", found none in any of its frames");
    if (written == 0) throw Error(file, "expected frames that were played, found none to learn from");
    std::printf("%s of %s: %s\n", counted(written, "episode").c_str(), counted(frames, "frame").c_str(),
                printable(what.folder.string()).c_str());
}

}  // namespace drift
