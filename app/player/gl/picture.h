// Puts frames on the screen: one texture for each, drawn crisp where the layout says.
#pragma once

#include "core/frame.h"
#include "player/gl/difference_view.h"
#include "player/gl/gl_program.h"
#include "player/layout.h"

namespace drift {

// One frame on the GPU. Needs a current GL context, here and until its end.
class FrameTexture {
public:
    FrameTexture();
    ~FrameTexture();
    FrameTexture(const FrameTexture&) = delete;
    FrameTexture& operator=(const FrameTexture&) = delete;

    // An empty frame, or one larger than the driver takes, is not uploaded.
    void upload(const Frame& frame);
    void bind() const;
    bool empty() const { return width_ == 0; }
    unsigned id() const { return id_; }
    bool same_size(const FrameTexture& other) const { return width_ == other.width_ && height_ == other.height_; }

private:
    unsigned id_ = 0;
    int width_ = 0, height_ = 0;
};

class Presenter {
public:
    Presenter();  // throws Error where the shaders are bad
    ~Presenter();
    Presenter(const Presenter&) = delete;
    Presenter& operator=(const Presenter&) = delete;

    // `box`: where all of the picture would be, `seen`: the part of the window that shows it, in pixels from the top left of a window of that height.
    void draw(const FrameTexture& texture, const Box& box, const Box& seen, int window_height);
    void draw(const FrameTexture& texture, const Box& box, int window_height) {
        draw(texture, box, box, window_height);
    }
    // a - b as `view` says; `a` itself where that is off or their sizes differ.
    void draw_difference(const FrameTexture& a, const FrameTexture& b, const DifferenceView& view, const Box& box,
                         const Box& seen, int window_height);

private:
    // With the frame in texture unit 0.
    void fill(const GlProgram& program, const Box& box, const Box& seen, int window_height);

    GlProgram program_, difference_;
    unsigned vertices_ = 0;  // core profile draws nothing without one, though it is empty
};

}  // namespace drift
