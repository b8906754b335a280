// What happened inside of one frame's sampling: what a film strip shows.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "core/frame.h"

namespace drift {

struct FilmCall {
    float sigma = 0;
    Frame x;            // what the network was given, scaled down where it is louder than a picture
    float x_scale = 1;  // by this
    Frame d;            // what it answered, as it was used
    double change = 0;  // root mean square of D less the D before (at first: less the previous frame), in byte levels
};

struct Film {
    std::vector<Frame> context;  // what went in, oldest first
    std::vector<FilmCall> calls;
    std::uint64_t number = next_number();  // of all films that were made: what tells two of them apart

    static std::uint64_t next_number() {
        static std::atomic<std::uint64_t> made = 0;
        return ++made;
    }
};

}  // namespace drift
