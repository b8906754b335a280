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
#include "files/world_files.h"
#include "player/ab.h"
#include "player/bindings.h"
#include "player/closer.h"
#include "player/drift_history.h"
#include "player/files/library_entry.h"
#include "player/files/preset_files.h"
#include "player/files/session_files.h"
#include "player/gl/difference_view.h"
#include "player/keyboard.h"
#include "player/layout.h"
#include "player/meters.h"
#include "player/pace.h"
#include "player/pages.h"
#include "player/preferences.h"
#include "session/performance.h"

namespace drift {

// Times the world's rate, beside turbo.
constexpr double speeds[] = {0.1, 0.25, 0.5, 1, 2, 4, 8}, slow_speed = 0.25;

struct Lane {
    int number = 0;
    int from = 0;  // it began as a copy of this one
    SamplerSettings settings;
    bool muted = false;  // it goes on dreaming out of sight
    AB ab = {};
};

// The dreams side by side; there is always one.
struct Lanes {
    std::vector<Lane> all{Lane{}};  // in the order they are shown
    int chosen = 0, main = 0;       // numbers of lanes
    int next = 1;                   // the number of the next new one: none comes twice
    std::uint64_t cast = 0;         // as in Standing: the newest that was seen
    int alone = -1;                 // the lane that alone is shown; -1: all are
    bool own_noise = false;

    Lane* find(int number) {
        auto it = std::find_if(all.begin(), all.end(), [&](const Lane& lane) { return lane.number == number; });
        return it == all.end() ? nullptr : &*it;
    }
    const Lane* find(int number) const { return const_cast<Lanes*>(this)->find(number); }
    // Whose sampler is edited.
    Lane& edited() {
        Lane* lane = find(chosen);
        return lane ? *lane : all.front();
    }
    const Lane& edited() const { return const_cast<Lanes*>(this)->edited(); }
};

struct Bookmark {
    std::uint64_t position = 0, index = 0, seed = 0;
    std::uint64_t line = 0;      // of DriftSample
    std::filesystem::path file;  // its moment, once its timeline is left behind
    Frame thumbnail;
    std::string name = {};  // that the user gave it
};

// What a panel asks to be done to files; panels touch none themselves.
struct PresetWish {
    enum class Kind { save, remove, bring_back, read };
    Kind kind = Kind::read;
    Preset preset = {};
};
struct SlotWish {
    int slot = 0;
    bool save = false;  // else it is loaded
};

enum class Dock { none, drift, film, futures };

// What the plots show: frames from `end` - `span` to `end`; nullopt follows the play.
struct PlotRange {
    static constexpr double usual = 300;
    double span = usual;
    std::optional<double> end;
    bool follows() const { return span == usual && !end; }
    void follow() { span = usual, end.reset(); }
    std::set<int> hidden;              // lanes
    std::size_t measures[2] = {0, 3};  // indices of drift_measures()
};

// How time goes on. Pausing has one door: View::pause; whether it stands still, View::paused says.
struct Playback {
    bool rewinding = false;
    bool policy = false;             // the world's own player has the keys
    bool policy_sees_truth = false;  // and looks at the real game
    bool restart_at_end = true;      // where the world says that the episode ended; else the dream goes on
    bool seed_locked = false;
    double speed = 1;    // one of `speeds`
    bool turbo = false;  // as fast as the network goes
    Hold hold;
    bool look_ahead = true;  // the next frame is imagined before it is due

    bool paused() const { return paused_; }

private:
    friend struct View;
    bool paused_ = false;
};

// What is written down and what is watched again.
struct Recording {
    RecordingState state;          // its file is empty while nothing is recorded
    double since = 0;              // as View::now
    std::filesystem::path window;  // empty while the window is not recorded
    double window_since = 0;
    std::uint64_t free_bytes = 0;  // of the disk that recordings go to
    std::optional<WatchState> watch;
    std::vector<SessionEntry> sessions;  // that can be watched
    std::filesystem::path wanted;        // of a panel: it is to be watched
    std::filesystem::path asked;         // whether it is, though a game is being played
    bool own_game = false;               // one was played before a session was watched: there is a way back to it
    std::size_t export_format = 0;       // of export_formats()
    std::optional<std::uint64_t> export_from, export_to;  // steps of the session that is watched
    std::optional<double> exported;                       // the part that is done, while one is under way
    std::string exporting;                                // and the name of its file
};

// A setting that the command palette was asked for: its row comes into sight, takes the keyboard, and is framed for a moment.
struct Sought {
    const SettingField* field = nullptr;
    double until = 0;  // as View::now
    bool seen = false;
};

// What is shown, and where.
struct Arrangement {
    double scale = 1;  // of text and panels
    bool panels = true;
    bool zen = false;  // the pictures alone, not even a status bar
    bool full_screen = false;
    bool help = false;             // over the picture: the game waits
    bool held_keys = false;        // the game's keys over the picture
    bool palette = false;          // the command palette: the game gets no keys
    bool first_words = false;      // what a new user needs to know, until a key of the game is pressed
    double first_words_until = 0;  // or so long (seconds); 0: not shown yet
    std::optional<Sought> sought;
    bool narrow = false;           // no room for columns: panels come as a drawer over the picture
    bool drawer = false;           // and it is open
    bool truth = false;            // the real game beside the dream
    bool ghost = true;             // the previous timeline
    bool low = false;              // the small frame that the frame was made from, beside it
    bool upsampler_shown = false;  // where the world has one: the sliders edit its sampler
    Dock dock = Dock::none;
    bool room_below = true;  // the picture, for a dock
    int future_frames = 0;   // that each future of a fan has; 0: a second's
    PlotRange plots;
    std::map<std::string, bool> open_sections;  // by title; absent: open
    std::set<Section> hidden_sections;          // until the user brings them back
    Reach reach;                                // of the panels
    bool away = false;                          // the game waits: nobody is there (presence.h)
};

// Said once in the status bar. It has one door: View::say.
class Notice {
public:
    const std::string& text() const { return text_; }
    const std::optional<Act>& act() const { return act_; }  // of a button beside it
    bool shown(double now) const { return !text_.empty() && now < until_; }

private:
    friend struct View;
    std::string text_, later_;
    std::optional<Act> act_, later_act_;
    double until_ = 0;
};

struct View;
void set_speed(View& view, double speed);
void change_speed(View& view, int by);  // to the next one of `speeds`

struct View {
    std::optional<WorldInfo> world;    // nullopt: still loading, or it failed
    std::filesystem::path world_file;  // what was opened; empty where that is not known
    std::filesystem::path
        opening;  // a world that is being loaded; the one above plays on when it is there, or cannot be
    std::vector<WorldEntry> worlds;  // to choose from
    bool has_map = false;  // its pictures show a part of a map: who is lost there may still see a plausible picture
    std::vector<Frame> openings;     // small pictures of what the world can begin with
    std::optional<Step> step;        // the newest
    std::shared_ptr<const Fan> fan;  // of futures, of the moment that is shown; null where none was asked for
    DriftHistory history;
    std::vector<Bookmark> bookmarks;
    Meters meters;
    double now = 0;  // seconds, monotonic
    int looks = 0;   // times a second that the loop looks at keys and steps
    int draws = 0;   // and draws the window: less often where nothing changes and the CPU would have to paint

    Playback playback;
    Lanes lanes;
    Recording recording;
    Arrangement layout;
    DifferenceView difference;
    Closer closer;
    PixelHistory pixels;  // while the loupe is used
    OwnPresets presets;
    std::set<int> slots;  // that hold a state
    Keyboard keyboard;
    KeysPage keys_page;
    SettingsPage settings_page;
    Preferences preferences;
    LibraryPage library;
    TrainingPage training;
    LearnPage learn;
    ActionSpace shipped;  // the world's actions with its own keys; WorldInfo has them as they are played
    bool mouse_captured = false;
    float sensitivity = 10;  // of the mouse: what the network counts for a pixel

    std::vector<Act> acts;  // asked for by a button
    std::vector<Command> commands;
    std::vector<PresetWish> preset_wishes;
    std::vector<SlotWish> slot_wishes;

    bool stopped = false;        // there is no world, and none is on its way
    std::string banner;          // a failure, until it is dismissed
    bool stopped_alone = false;  // the real game that plays alone has failed
    Notice notice;

    // What belongs to the world that was played: the next one begins as at the start.
    void forget_play();
    void say(std::string text) {
        notice.text_ = std::move(text);
        notice.act_.reset();
        notice.until_ = now + 6;
    }
    // The same with a button, as soon as nothing else is said.
    void offer(std::string text, Act act) { notice.later_ = std::move(text), notice.later_act_ = act; }
    void next_notice() {
        if (notice.later_.empty() || notice.shown(now)) return;
        notice.text_ = std::exchange(notice.later_, {});
        notice.act_ = notice.later_act_;
        notice.until_ = now + 12;
    }
    // By the user, while a page is open (help, keys, settings, the library), or while nobody is there.
    bool paused() const { return playback.paused() || waits(); }
    bool waits() const { return page() || layout.away || !recording.asked.empty(); }
    // Does one lie over the picture?
    bool page() const {
        return layout.help || keys_page.open || settings_page.open || library.open || training.open || learn.open;
    }
    void pause(bool on) {
        playback.paused_ = on;
        meters.pause();  // time stands still, or begins again
    }
    // The user has put something on another key.
    void keys_changed() { keys_page.changed = true, apply_keys(); }
    void apply_keys() {
        if (world) world->actions = with_own_names(with_own_keys(shipped, keyboard.own), keyboard.own, world->name);
    }
    Controls controls() const;
    // Of the chosen lane.
    SamplerSettings& settings() { return lanes.edited().settings; }
    const SamplerSettings& settings() const { return lanes.edited().settings; }
    AB& ab() { return lanes.edited().ab; }
    const AB& ab() const { return lanes.edited().ab; }
    // The settings that the sliders edit, what they are by default, and what they were trained for.
    SamplerSettings& part() { return edits_upsampler() ? settings().upsampler.front() : settings(); }
    const SamplerSettings& part() const { return const_cast<View*>(this)->part(); }
    const SamplerSettings& part_defaults() const {
        return edits_upsampler() ? world->defaults.upsampler.front() : world->defaults;
    }
    TrainedRanges part_trained() const { return edits_upsampler() ? TrainedRanges{} : world->trained; }
    bool edits_upsampler() const {
        return layout.upsampler_shown && world && !world->defaults.upsampler.empty() && !settings().upsampler.empty();
    }
    bool takes_mouse() const { return world && world->actions.mouse(); }
    // Is this lane part of the session that is watched? Its settings are what they were.
    bool recorded(int lane) const;
    bool session_over() const;  // is the session that is watched at its last frame?
    // Is there something that this lane's picture can be compared with?
    bool difference_shown(int lane) const;
    // What a dream is called that shows no picture of the game any more.
    const char* lost() const { return has_map ? "off the map" : "collapsed"; }
    // Else the real game plays alone, and the one picture is the truth.
    bool dreamed() const { return !world || world->weights_hash != truth_alone; }
    // Has the real game stopped, beside the dream or alone?
    bool game_stopped() const {
        return world && !world->recorded && (stopped_alone || (step && !step->truth_lost.empty()));
    }
    bool truth_shown() const { return layout.truth && step && !step->truth.empty() && world && dreamed(); }
};

}  // namespace drift
