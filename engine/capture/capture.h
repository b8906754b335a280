// A game that is running, written down as a data set: pictures at an even rate, and what was held from each to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "capture/captured_window.h"
#include "data/picture_size.h"
#include "formats/buttons.h"

namespace drift {

struct CaptureRequest {
    std::filesystem::path out;  // the data set's folder: a new one, or one to go on with
    std::string title;
    Buttons buttons;
    PictureSize size;
    int rate = 15;           // frames a second
    double lag = 0;          // seconds, see HeldInput
    std::size_t frames = 0;  // ends with so many; 0: never by itself
    // Bytes: where the disk has less left it ends, while what was captured can still be made whole.
    std::uintmax_t least_space = 64'000'000;
};

struct CaptureCounts {
    std::size_t episodes = 0, frames = 0, bytes = 0;
    std::size_t late = 0;    // frames that came more than a quarter of a frame's time too late after the one before
    std::size_t breaks = 0;  // new episodes because a frame could not be taken in its time at all
    bool closed = false;     // the window is gone
    bool full = false;       // the disk is
};
struct CaptureProgress {
    CaptureCounts counts;
    double seconds = 0;  // since the beginning
    bool paused = false, hidden = false, focus = false;
};

// An episode ends, and another one begins, where play was not captured without a break: at the pause key, where the window is hidden, where a frame is
// missing; and after five minutes, so that not more than that is lost if the power fails. Ends when the window closes, when there are enough frames or when
// `go_on` says no; all that was captured is whole then. Throws Error where the folder holds another data set, or cannot be written.
CaptureCounts capture(CapturedWindow& window, const CaptureRequest& request,
                      const std::function<bool(const CaptureProgress&)>& go_on);

// The size of the pictures that are in the folder already; a width of 0 where there are none.
PictureSize size_in(const std::filesystem::path& folder);

}  // namespace drift
