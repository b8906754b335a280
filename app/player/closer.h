// How closely the pictures are looked at: one part of all of them alike, a wipe between two, a pixel through a loupe. Plain data.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "core/step.h"
#include "player/layout.h"

namespace drift {

constexpr float most_zoom = 32;

struct Closer {
    float zoom = 1;            // 1: all of a picture
    float x = 0.5f, y = 0.5f;  // the middle of the part that is seen, as shares of the picture
    bool wipe = false;
    float wipe_at = 0.5f;  // share of the picture's place that is left of the line
    bool loupe = false;

    bool whole() const { return zoom <= 1; }
};

// Where all of a picture would be, if its part fills `seen`.
Box whole_box(const Closer& closer, const Box& seen);
// By that factor, so that what is at this share of the place stays there.
void zoom_at(Closer& closer, float factor, float across, float down);
// By shares of the place.
void pan(Closer& closer, float across, float down);
// The pixel at this share of the place. Always one of the picture's.
struct Texel {
    int x = 0, y = 0;
};
Texel texel_at(const Closer& closer, float across, float down, int width, int height);

// Of the frames that were shown lately: what a pixel was. Keeps them while a loupe is used, within a bound of memory.
class PixelHistory {
public:
    static constexpr std::size_t most_frames = 120, most_bytes = 48u << 20;
    void add(const Step& step);
    void clear() { kept_.clear(), bytes_ = 0; }
    // Brightness (Rec. 709, 0 to 255) of a lane's pixel, or of the truth's (lane -1), oldest first.
    std::vector<float> brightness(int lane, Texel at) const;

private:
    struct Kept {
        std::uint64_t position;
        std::vector<std::pair<int, Frame>> frames;
        std::size_t bytes() const;
    };
    std::deque<Kept> kept_;
    std::size_t bytes_ = 0;
};

}  // namespace drift
