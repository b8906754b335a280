// The inputs of an OWL Control recording (Wayfarer-Labs/owl-control, src/output_types.rs): timed events of keys and mouse beside a video.
#pragma once

#include <optional>
#include <string_view>

#include "data/imports/play.h"

namespace drift {

struct OwlEvent {
    enum class What { key, mouse_button, move, scroll };
    double time = 0;  // seconds
    What what = What::key;
    int code = 0;       // a Windows virtual key, or a mouse button: 1 left, 2 right, 4 middle, 5 and 6 at the side
    bool down = false;  // of those
    int x = 0, y = 0;   // of a motion, to the right and down; x of the wheel, 120 a notch, up
};

struct OwlEvents {
    double start = 0;              // when frame 0 begins
    std::vector<OwlEvent> held;    // what was down when the recording started
    std::vector<OwlEvent> events;  // by time
    std::size_t of_gamepads = 0;   // which are left out
};

// Is it the names of the columns that such a file begins with?
bool is_owl_header(std::string_view first_line);
// Throws Error naming the file and the line.
OwlEvents read_owl_events(std::string_view text, const std::filesystem::path& file);
// A step for each frame: what was down at any moment of it, and how far mouse and wheel went in it. An event at t is of frame k where
// start + k / rate <= t < start + (k + 1) / rate. Keys that are none of the buttons are left out.
std::vector<ImportedStep> steps_of_events(const OwlEvents& events, const Buttons& buttons, double rate,
                                          std::size_t frames);

// The keys that occur, those held most often where they are too many. Throws Error where the video cannot be read.
PlayFacts owl_facts(const std::vector<FoundEpisode>& episodes);
void read_owl_recording(const FoundEpisode& episode, const PlayFacts& facts, EpisodeSink& sink);

}  // namespace drift
