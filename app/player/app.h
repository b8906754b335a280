// The player: one loop that hands keys and settings to the generation thread and shows the Steps that come back.
#pragma once

#include <SDL_events.h>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "player/files/exporter.h"
#include "player/files/keys_file.h"
#include "player/files/library.h"
#include "player/files/scratch.h"
#include "player/files/settings_store.h"
#include "player/files/step_log.h"
#include "player/files/window_recorder.h"
#include "player/gl/scene.h"
#include "player/gl/texture_shelf.h"
#include "player/gl/window.h"
#include "player/input.h"
#include "player/learning.h"
#include "player/options.h"
#include "player/presence.h"
#include "player/undo.h"
#include "player/view.h"
#include "session/generation.h"

namespace drift {

// Counts what happened within the last second.
class LastSecond {
public:
    int add(double now) {
        times_.push_back(now);
        while (times_.front() < now - 1) times_.pop_front();
        return static_cast<int>(times_.size());
    }

private:
    std::deque<double> times_;
};

class App {
public:
    explicit App(const Options& options);  // throws Error where there is no window to be had
    int run();                             // until quit; the exit code

private:
    static constexpr double attention = 0.3;  // seconds that the window goes on being drawn after an event
    static double seconds();                  // of a steady clock

    bool events();  // has a step come meanwhile?
    void receive(Delivery all);
    void fit_plots(const Step& step);
    void begin_world(const Generation::Opened& opened);
    void begin_lanes(std::vector<std::string>& notes);
    void perform(Act act);
    void record();
    void record_past();
    void record_window();
    void film_window();
    void export_session();
    void start_export(const std::filesystem::path& log, ExportKind kind, ReelPlan reel,
                      const std::filesystem::path& world);
    void look_at_export();
    void show_library(bool on);
    void look_again();
    void look_at_library();
    void work_on_library();
    void work_on_item(const LibraryWish& wish);
    void rename_item(const LibraryItem& item, const std::string& name);
    void trash_item(const LibraryItem& item);
    void move_files(const std::string& words, std::function<void()> back, std::function<void()> again);
    void open_outside(const std::filesystem::path& file);
    void tell(const std::string& words, bool undoable);
    void watch(const std::filesystem::path& file);
    void work_on_files();
    void work_on_presets(const PresetWish& wish);
    void preset_changed(const std::string& words, const std::string& name, const std::optional<Preset>& before,
                        const std::optional<Preset>& after);
    void save_moment(const std::filesystem::path& file, const Frame& frame);
    void finish_pictures();
    void take_picture(const std::filesystem::path& file);
    void take_file(const std::filesystem::path& file, int worlds_opened = 0);
    bool open_world_of(const std::filesystem::path& file, int worlds_opened);
    const Options& take_replay();
    std::filesystem::path taken_out(const std::filesystem::path& file);
    void take_world(const std::filesystem::path& file);
    void remember(const std::filesystem::path& world);
    void take_standing(const Standing& standing, bool warned);
    void look_around();
    void capture_mouse(bool on);
    void save_over(int slot);
    void set_scale(double scale, bool chosen);
    void watch_now(const std::filesystem::path& file);
    void back_to_game();
    void release_keys();
    void close();
    void show_dock(Dock dock);
    void show_help(bool on);
    void show_keys(bool on);
    bool close_page();
    void show_training(bool on);
    void look_at_training();
    void show_learn(bool on);
    void look_at_learning();
    void turn_page(bool open, void (App::*show)(bool));
    void show_settings(bool on);
    void note_call();
    void restyle();
    void take_preferences();
    void look_for_user(const SDL_Event& event);
    void wait_for_user();
    void keep_keys();
    void send();
    void ask_to_quit();
    void draw();
    void wait(double begun);
    void show();
    void say_latency() const;
    void theme();
    void save_picture(const std::filesystem::path& file, const Frame& frame);
    // `before`: what was said earlier, and would be overwritten.
    void note(const std::vector<std::string>& notes, std::vector<std::string> before = {});
    void fail(const std::string& sentence);  // and the program ends with 1
    void warn(const std::string& sentence);
    void show(const std::string& sentence);
    void keep_settings();

    Options options_;
    std::vector<std::string> notes_;  // said once the window is there, and again with the first world's
    SettingsStore store_;
    KeysFile keys_file_;
    Learning learning_;
    View view_;
    Scratch scratch_;
    Undo undo_;
    struct OwnGame {  // that was left to watch a session: what only the window knows of it
        std::vector<Lane> lanes;
        int chosen = 0, alone = -1;
        std::vector<Bookmark> bookmarks;
        DriftHistory history = {};
        Undo undo = {};
    };
    OwnGame own_game_;
    bool plots_fit_ = false, plots_moved_ = false;  // to what can be measured of this world's game
    bool returning_ = false;                        // to it: its step is still to come
    std::set<int> pressed_;                         // keys that ImGui has not been shown held down yet
    std::vector<SDL_Event> released_;               // and that are up again already
    double chosen_scale_ = 0;                       // of text, by keys; 0: the display's
    bool crowded_ = false;                          // the dock that is wanted has no room
    Window window_;
    Scene scene_;
    TextureShelf shelf_;
    Input input_;
    std::optional<StepLog> log_;
    std::optional<Controls> sent_;
    LastSecond looks_, draws_;
    std::vector<Pacer::Clock::time_point> answers_;  // key events whose first answer is in the next picture
    std::uint32_t woken_;                            // SDL's event: there is a step to take
    double woken_at_ = 0;
    double wanted_until_ = 0;  // the window is drawn until then: something has happened
    double drawn_at_ = -1;
    double looked_at_ = 0;                       // at the disk
    std::filesystem::path saved_past_;           // as it was told last
    std::vector<std::filesystem::path> lately_;  // worlds that were opened, newest first
    bool by_options_ = false;                    // the world's settings are the command line's: they do not last
    std::unique_ptr<WindowRecorder> window_recorder_;
    std::unique_ptr<Exporter> exporter_;
    std::unique_ptr<Library> library_;  // once it was asked for
    double library_at_ = 0;             // it was looked at last
    struct Then {
        std::filesystem::path file;
        int worlds_opened = 0;
    };
    Then then_;                     // what is gone on from as soon as its world, which is being opened, is there
    std::filesystem::path to_end_;  // a session that a picture of its last frame carries: it is wound on to there
    bool picture_wanted_ = false;
    Presence presence_;
    std::optional<Preferences> preferences_;  // that are in effect
    std::mutex compute_mutex_;                // of the line below: the generation thread reads it when it opens a world
    Compute compute_;
    struct Picture {  // that is saved, and waits for the state that it is to carry
        std::filesystem::path file, state;
        std::string about;
    };
    std::vector<Picture> pictures_;
    bool quit_ = false, failed_ = false;
    double quit_asked_at_ = -1e9;
    Latest<int> repaired_;  // recordings that a crash had cut
    std::jthread repairer_;
    Generation generation_;  // last: its thread ends before what it writes to
};

}  // namespace drift
