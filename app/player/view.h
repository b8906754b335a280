// What the panels draw from and what they may change: plain data of the UI thread, no threads and no GL in it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/step.h"
#include "core/world_model.h"
#include "player/ab.h"
#include "player/bindings.h"
#include "player/difference_view.h"
#include "player/meters.h"
#include "player/preset_files.h"
#include "session/inbox.h"

namespace drift {

enum class Pace { normal, slow, turbo };
constexpr double slow_speed = 0.25;

struct View {
    std::optional<WorldInfo> world;  // nullopt: still loading, or it failed
    std::optional<Step> step;        // the newest
    Meters meters;
    double now = 0;                  // seconds, monotonic
    int looks = 0;                   // times a second that the loop looks at keys and steps
    int draws = 0;                   // and draws the window: less often where nothing changes and the CPU would have to paint
    double scale = 1;                // of text and panels

    // Changed by panels and keys, read by the loop.
    SamplerSettings settings;
    AB ab;
    OwnPresets presets;
    DifferenceView difference;
    bool paused = false;
    Pace pace = Pace::normal;
    bool show_truth = false;
    bool show_panels = true;
    bool show_help = false;
    bool seed_locked = false;
    std::map<std::string, bool> open_sections;  // by title; absent: open
    std::vector<Act> acts;                      // asked for by a button
    std::vector<Command> commands;

    bool stopped = false;  // no world will come any more
    std::string banner;  // a failure, until it is dismissed
    std::string notice;  // said once, in the status bar
    double notice_until = 0;

    void say(std::string text) {
        notice = std::move(text);
        notice_until = now + 6;
    }
    Controls controls() const {
        return {settings, paused, pace == Pace::slow ? slow_speed : pace == Pace::turbo ? 0.0 : 1.0};
    }
    bool difference_shown() const {
        return difference.mode != DifferenceView::Mode::off && step && step->truth.width == step->dream.width && step->truth.height == step->dream.height;
    }
    bool truth_shown() const { return show_truth && step && !step->truth.empty(); }
};

}  // namespace drift
