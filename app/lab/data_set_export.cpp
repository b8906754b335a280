#include "lab/data_set_export.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include "core/error.h"
#include "games/list.h"
#include "lab/data_set.h"
#include "session/moment.h"
#include "session/play.h"
#include "session/replay.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int most_context_frames = 64;

// A world that dreams nothing: beside it the truth goes its way at no cost.
class Still : public WorldModel {
public:
    explicit Still(WorldInfo info) : info_(std::move(info)) {}
    const WorldInfo& info() const override { return info_; }
    const std::vector<History>& openings() const override { return none_; }
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        for (std::size_t i = 0; i < requests.size(); ++i) frames[i] = requests[i].history->frames.back();
    }

private:
    WorldInfo info_;
    std::vector<History> none_;
};

// The log does not say how many frames an opening has, but the hash of its last one does.
int context_frames_of(const LogEvent& first, Game& game) {
    if (first.kind == LogEvent::Kind::loaded) return static_cast<int>(moment_of_bytes(first.moment).state.truth.frames.size());
    game.reset(first.number);
    Step shown;
    for (int count = 1; count <= most_context_frames; ++count) {
        if (count > 1) game.step(0);
        game.render(shown.truth);
        if (!first.hashes.empty() && hashes_of(shown).back() == first.hashes.back()) return count;
    }
    throw Error("its opening is none of the game " + game.info().name + " as it is now");
}

std::unique_ptr<Stage> truth_stage(const SessionLog& log) {
    if (log.header.game.empty()) throw Error("expected a session with a real game, found one without: a lane can be exported instead");
    auto game = make_game(log.header.game);
    const GameInfo& facts = game->info();
    WorldInfo info;
    info.name = printable(log.header.world), info.game = facts.name, info.actions = facts.actions;
    info.width = facts.width, info.height = facts.height, info.rate = facts.rate;
    info.context_frames = context_frames_of(log.events.front(), *game);
    return std::make_unique<Stage>(std::make_unique<Still>(std::move(info)), std::move(game));
}

std::unique_ptr<Stage> dreaming_stage(const SessionLog& log, const WorldOptions& world) {
    auto dream = world.open_for(log.header);
    auto game = dream->info().game.empty() ? nullptr : make_game(dream->info().game);
    return std::make_unique<Stage>(std::move(dream), std::move(game));
}

const Frame* frame_of(const Step& step, const std::optional<int>& lane) {
    if (!lane) return &step.truth;
    auto shown = std::find_if(step.lanes.begin(), step.lanes.end(), [&](const LaneStep& one) { return one.lane == *lane; });
    return shown == step.lanes.end() ? nullptr : &shown->frame;
}

bool holds(const LogEvent& event, const Step& step, const std::optional<int>& lane) {
    auto now = hashes_of(step);
    if (now.size() != event.hashes.size()) return false;
    if (!lane) return now.back() == event.hashes.back();
    for (std::size_t i = 0; i < step.lanes.size(); ++i)
        if (step.lanes[i].lane == *lane) return now[i] == event.hashes[i];
    return true;
}

// Episodes as they end, each into a folder of its own.
class Episodes {
public:
    Episodes(const DataSetExport& what, const DataSet& data) : what_(what), data_(data) {}
    void see(const LogEvent& event, const Step& step, const Frame* frame, bool rare) {
        if (event.kind != LogEvent::Kind::played || !frame) end();
        if (frame) clip_.add(static_cast<std::uint8_t>(step.network_action), *frame, rare);
    }
    void end() {
        if (clip_.actions.empty()) {
            clip_ = {};
            return;
        }
        char number[16];
        std::snprintf(number, sizeof number, "-%03zu", written_++);
        clip_.name = what_.session.stem().string() + number;
        frames_ += clip_.frames.size();
        write_clip(what_.folder, data_, clip_);
        clip_ = {};
    }
    std::size_t written() const { return written_; }
    std::size_t frames() const { return frames_; }

private:
    const DataSetExport& what_;
    const DataSet& data_;
    Clip clip_;
    std::size_t written_ = 0, frames_ = 0;
};

}  // namespace

void export_data_set(const DataSetExport& what) {
    fs::path file = what.session;
    if (file.extension() != ".driftlog") file.replace_extension(".driftlog");
    SessionLog log = read_session_log(file);
    if (!log.warning.empty()) std::fprintf(stderr, "driftlab: %s\n", log.warning.c_str());
    if (log.events.empty()) throw Error(file, "expected a session, found one without a step");
    std::unique_ptr<Stage> stage;
    try {
        stage = what.lane ? dreaming_stage(log, what.world) : truth_stage(log);
    } catch (const Error& error) {
        throw Error(file, error.what());
    }
    const WorldInfo& info = stage->info();
    DataSet data{what.lane ? info.title : info.game, info.width, info.height, info.rate, info.actions, {}};
    write_data_description(what.folder, data);

    Play play(*stage);
    Episodes episodes(what, data);
    bool seen = false;
    for (std::size_t i = 0; i < log.events.size(); ++i) {
        const LogEvent& event = log.events[i];
        Step step = replay(play, event);
        const Frame* frame = frame_of(step, what.lane);
        if (!holds(event, step, what.lane))
            throw Error(file, "event " + std::to_string(i + 1) + " of " + std::to_string(log.events.size()) + " does not give the frame that was logged: " + (what.lane ? "it was made otherwise: " + other_maker(log.header, info) : "the game is another one now"));
        episodes.see(event, step, frame, stage->game() && stage->game()->rare_event());
        seen = seen || frame;
    }
    episodes.end();
    if (!seen) throw Error(file, "expected a session with lane " + std::to_string(*what.lane + 1) + ", found none in any of its steps");
    if (episodes.written() == 0) throw Error(file, "expected steps that were played, found none to learn from");
    std::printf("%zu episode%s of %zu frames: %s\n", episodes.written(), episodes.written() == 1 ? "" : "s", episodes.frames(), printable(what.folder.string()).c_str());
}

}  // namespace drift
