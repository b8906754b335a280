// What the panels draw from and what they may change: plain data of the UI thread, no threads and no GL in it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/step.h"
#include "core/world_model.h"
#include "player/ab.h"
#include "player/bindings.h"
#include "player/gl/difference_view.h"
#include "player/drift_history.h"
#include "player/meters.h"
#include "player/files/preset_files.h"
#include "player/files/session_files.h"
#include "player/files/world_files.h"
#include "session/performance.h"

namespace drift {

enum class Pace { normal, slow, turbo };
constexpr double slow_speed = 0.25;

struct Lane {
    int number = 0;
    int from = 0;              // it began as a copy of this one
    SamplerSettings settings;  // of the chosen lane they stand in View::settings
    bool muted = false;        // it goes on dreaming out of sight
    AB ab = {};                // of the chosen lane it stands in View::ab
};

struct Bookmark {
    std::uint64_t position = 0, index = 0, seed = 0;
    Frame thumbnail;
};

enum class Dock { none, drift, film };

// What the plots show: steps from `end` - `span` to `end`; nullopt follows the play.
struct PlotRange {
    double span = 300;
    std::optional<double> end;
    std::set<int> hidden;  // lanes
    std::size_t measures[2] = {0, 2};  // indices of drift_measures()
};

struct View {
    std::optional<WorldInfo> world;  // nullopt: still loading, or it failed
    std::filesystem::path world_file;  // what was opened; empty where that is not known
    std::filesystem::path opening;     // a world that is being loaded; the one above plays on when it is there, or cannot be
    std::vector<WorldEntry> worlds;    // to choose from
    bool has_map = false;            // its pictures show a part of a map: who is lost there may still see a plausible picture
    std::optional<Step> step;        // the newest
    Meters meters;
    double now = 0;                  // seconds, monotonic
    int looks = 0;                   // times a second that the loop looks at keys and steps
    int draws = 0;                   // and draws the window: less often where nothing changes and the CPU would have to paint
    double scale = 1;                // of text and panels

    RecordingState recording;               // its file is empty while nothing is recorded
    double recording_since = 0;             // as `now`
    std::filesystem::path window_recording; // empty while the window is not recorded
    double window_since = 0;
    std::uint64_t free_bytes = 0;           // of the disk that recordings go to
    std::optional<WatchState> watch;        // a session is watched
    std::vector<SessionEntry> sessions;     // that can be
    std::size_t export_format = 0;          // of export_formats()
    std::optional<std::uint64_t> export_from, export_to;  // steps of the session that is watched
    std::optional<double> exported;         // the part that is done, while one is under way

    DriftHistory history;
    std::vector<Bookmark> bookmarks;

    // Changed by panels and keys, read by the loop.
    AB ab;
    OwnPresets presets;
    DifferenceView difference;
    SamplerSettings settings;            // of the chosen lane
    bool upsampler_shown = false;        // where the world has one: the sliders turn its sampler
    std::vector<Lane> lanes{Lane{}};     // in the order they are shown
    int chosen = 0, main = 0;            // numbers of lanes
    int alone = -1;                      // the lane that alone is shown; -1: all are
    bool own_noise = false;
    bool rewinding = false;
    bool policy = false;                 // the world's own player has the keys
    bool restart_at_end = true;          // where the world says that the episode ended; else the dream goes on
    bool show_low = false;               // the small frame that the frame was made from, beside it
    bool mouse_captured = false;
    float sensitivity = 10;              // of the mouse: what the network counts for a pixel
    std::vector<Frame> openings;         // small pictures of what the world can begin with
    bool show_ghost = true;
    Dock dock = Dock::none;
    PlotRange plots;
    bool paused = false;
    Pace pace = Pace::normal;
    bool show_truth = false;
    bool show_panels = true;
    bool show_help = false;
    bool seed_locked = false;
    std::map<std::string, bool> open_sections;  // by title; absent: open
    std::vector<Act> acts;                      // asked for by a button
    std::vector<Command> commands;

    bool stopped = false;  // there is no world, and none is on its way
    std::string banner;  // a failure, until it is dismissed
    std::string notice;  // said once, in the status bar
    double notice_until = 0;

    // What belongs to the world that was played: the next one begins as at the start.
    void forget_play();
    void say(std::string text) {
        notice = std::move(text);
        notice_until = now + 6;
    }
    Controls controls() const {
        Direction direction;
        direction.lanes.clear();
        for (const Lane& lane : lanes) direction.lanes.push_back({lane.number, lane.from, lane.number == chosen ? settings : lane.settings});
        direction.main = main;
        direction.own_noise = own_noise;
        if (dock == Dock::film) direction.film = chosen;
        std::vector<int> beside;
        if (watch)
            for (const Lane& lane : lanes)
                if (!recorded(lane.number)) beside.push_back(lane.number);
        Controls::AtEnd at_end = !restart_at_end ? Controls::AtEnd::go_on : seed_locked ? Controls::AtEnd::restart : Controls::AtEnd::next;
        return {direction, paused, pace == Pace::slow ? slow_speed : pace == Pace::turbo ? 0.0 : 1.0, rewinding, policy, at_end, beside};
    }
    // The settings that the sliders turn, what they are by default, and what they were trained for.
    SamplerSettings& part() { return turns_upsampler() ? settings.upsampler.front() : settings; }
    const SamplerSettings& part() const { return turns_upsampler() ? settings.upsampler.front() : settings; }
    const SamplerSettings& part_defaults() const { return turns_upsampler() ? world->defaults.upsampler.front() : world->defaults; }
    TrainedRanges part_trained() const { return turns_upsampler() ? TrainedRanges{} : world->trained; }
    bool turns_upsampler() const { return upsampler_shown && world && !world->defaults.upsampler.empty() && !settings.upsampler.empty(); }
    bool takes_mouse() const { return world && world->actions.kind == ActionSpace::Kind::csgo; }
    // Is this lane part of the session that is watched? Its settings are what they were.
    bool recorded(int lane) const { return watch && std::find(watch->lanes.begin(), watch->lanes.end(), lane) != watch->lanes.end(); }
    // Is there something that this lane's picture can be held against?
    bool difference_shown(int lane) const {
        if (difference.mode == DifferenceView::Mode::off || !step) return false;
        return difference.against == DifferenceView::Against::truth ? !step->truth.empty() : step->lanes.size() > 1 && lane != step->main_lane().lane;
    }
    // What a dream is called that shows no picture of the game any more.
    const char* lost() const { return has_map ? "off the map" : "collapsed"; }
    // Where nothing is dreamed, the one picture is the truth already.
    bool truth_shown() const { return show_truth && step && !step->truth.empty() && world && world->weights_hash != truth_alone; }
};

}  // namespace drift
