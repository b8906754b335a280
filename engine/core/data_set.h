// Play as data: the frames of any game and the actions between them, as values that training, evaluation and files share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/action.h"
#include "core/frames.h"
#include "core/world_model.h"

namespace drift {

// Played without a break: every frame follows from the one before it by the action between them.
struct Clip {
    std::string name;                 // for messages
    Frames frames;                    // all of one size
    std::vector<ActionCode> actions;  // actions[i] led from frames[i] to frames[i + 1]
    std::vector<int> rare;            // frames that a rare event led to, rising; empty where nothing marks them

    void add(ActionCode action, Frame frame, bool rare_event);  // the first frame's action means nothing
};

struct DataSet {
    std::string title;
    int width = 0, height = 0;  // 0: not known yet
    int rate = 0;               // frames a second
    ActionSpace actions;
    std::vector<Clip> clips;
    std::string game;  // what was played, as --game names it; empty where that is not known
};

std::size_t count_frames(std::span<const Clip> clips);
std::size_t longest_clip(std::span<const Clip> clips);  // in frames; 0 where there is none

// Training and measuring must agree on what was not learned.
inline constexpr double held_out_share = 0.1;
// Takes this share of the frames out of the clips: whole ones from the last on, and the end of one where it is too long to go whole.
std::vector<Clip> hold_out(std::vector<Clip>& clips, double share);

// Where so many frames lie without a break: at most `most` such places, spread evenly over all clips.
struct ClipPlace {
    const Clip* clip;
    std::size_t first;
};
std::vector<ClipPlace> places_in(std::span<const Clip> clips, std::size_t most, std::size_t frames);

// Start histories: the clips' beginnings, and where these are fewer than `most`, places spread evenly over each clip too.
std::vector<History> openings_of(std::span<const Clip> clips, std::size_t most, int context_frames);

}  // namespace drift
