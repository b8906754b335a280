// The colours of a GIF: found from all its frames, then given to each of them.
#pragma once

#include <functional>
#include <string>

#include "core/frame.h"
#include "media/ffmpeg.h"

extern "C" {
#include <libavfilter/avfilter.h>
}

namespace drift {

// Pictures through FFmpeg's filters: put in by the name of a buffer, taken from the one sink.
class FilterGraph {
public:
    // Throws Error where this FFmpeg has not all of the filters.
    explicit FilterGraph(const std::string& description);
    static std::string source(const std::string& name, int width, int height);  // of pictures of RGB32

    void put(const std::string& source, AVFrame* picture);  // null: the end
    Owned<AVFrame> take();                                  // null: nothing is ready

private:
    struct Free {
        void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
    };
    AVFilterContext* find(const std::string& name) const;
    std::unique_ptr<AVFilterGraph, Free> graph_;
};

// Sees frames, tells the 255 colours that serve them best (and one for "as before").
class PaletteMaker {
public:
    PaletteMaker(int width, int height);
    void see(AVFrame* rgb32) { graph_.put("frames", rgb32); }
    Owned<AVFrame> palette();

private:
    FilterGraph graph_;
};

class PaletteUser {
public:
    PaletteUser(int width, int height, AVFrame* palette);
    // Gives `out` the pictures that are ready; `rgb32` null: the end.
    void use(AVFrame* rgb32, const std::function<void(AVFrame*)>& out);

private:
    FilterGraph graph_;
};

// A pixel that differs from what is shown by no more than can be seen among 256 colours stays as it is: a dream's grain, other in every
// frame, would fill a GIF with nothing else. No pixel is ever off by more than that.
void settle(Frame& frame, const Frame& shown);

// Four bytes a pixel, as these filters and WebP take them. The picture must be writable and of the frame's size.
void fill_rgb32(AVFrame* picture, const Frame& frame);

}  // namespace drift
