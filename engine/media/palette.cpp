#include "media/palette.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

#include "core/error.h"

namespace drift {
namespace {

void check(int code) {
    if (code < 0) throw Error("the colours of a GIF cannot be found: FFmpeg's filters say \"" + cause_of(code) + "\"");
}

}  // namespace

std::string FilterGraph::source(const std::string& name, int width, int height) {
    return "buffer@" + name + "=video_size=" + std::to_string(width) + "x" + std::to_string(height) +
           ":pix_fmt=" + std::to_string(AV_PIX_FMT_RGB32) + ":time_base=1/1000:pixel_aspect=1/1[" + name + "]";
}

FilterGraph::FilterGraph(const std::string& description) : graph_(avfilter_graph_alloc()) {
    if (!graph_) throw std::bad_alloc();
    graph_->nb_threads = 1;
    AVFilterInOut *inputs = nullptr, *outputs = nullptr;
    int code = avfilter_graph_parse2(graph_.get(), description.c_str(), &inputs, &outputs);
    avfilter_inout_free(&inputs), avfilter_inout_free(&outputs);
    check(code);
    check(avfilter_graph_config(graph_.get(), nullptr));
}

AVFilterContext* FilterGraph::find(const std::string& name) const {
    return avfilter_graph_get_filter(graph_.get(), const_cast<char*>(name.c_str()));
}

void FilterGraph::put(const std::string& source, AVFrame* picture) {
    check(av_buffersrc_add_frame_flags(find("buffer@" + source), picture, AV_BUFFERSRC_FLAG_KEEP_REF));
}

Owned<AVFrame> FilterGraph::take() {
    Owned<AVFrame> picture(av_frame_alloc());
    if (!picture) throw std::bad_alloc();
    int code = av_buffersink_get_frame(find("buffersink@out"), picture.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return nullptr;
    check(code);
    return picture;
}

PaletteMaker::PaletteMaker(int width, int height)
    : graph_(FilterGraph::source("frames", width, height) +
             ";[frames]palettegen=stats_mode=full[found];[found]buffersink@out") {}

Owned<AVFrame> PaletteMaker::palette() {
    graph_.put("frames", nullptr);
    auto found = graph_.take();
    if (!found) throw Error("the colours of a GIF cannot be found: there are no pictures");
    return found;
}

// Dithered by a fixed pattern: what does not change from frame to frame stays the same and costs nothing.
PaletteUser::PaletteUser(int width, int height, AVFrame* palette)
    : graph_(FilterGraph::source("frames", width, height) + ";" +
             FilterGraph::source("palette", palette->width, palette->height) +
             ";[frames][palette]paletteuse=dither=bayer:bayer_scale=5[drawn];[drawn]buffersink@out") {
    palette->pts = 0;
    graph_.put("palette", palette);
    graph_.put("palette", nullptr);
}

void PaletteUser::use(AVFrame* rgb32, const std::function<void(AVFrame*)>& out) {
    graph_.put("frames", rgb32);
    while (auto picture = graph_.take()) out(picture.get());
}

void settle(Frame& frame, const Frame& shown) {
    constexpr int unseen = 5;  // levels of 255, in each of the three colours
    if (shown.empty()) return;
    for (std::size_t i = 0; i < frame.rgb.size(); i += 3) {
        bool same = true;
        for (std::size_t k = i; k < i + 3; ++k) same &= std::abs(int(frame.rgb[k]) - int(shown.rgb[k])) <= unseen;
        if (same) std::copy_n(&shown.rgb[i], 3, &frame.rgb[i]);
    }
}

void fill_rgb32(AVFrame* picture, const Frame& frame) {
    for (int y = 0; y < frame.height; ++y) {
        auto* to =
            reinterpret_cast<std::uint32_t*>(picture->data[0] + static_cast<std::ptrdiff_t>(y) * picture->linesize[0]);
        const std::uint8_t* from = frame.at(0, y);
        for (int x = 0; x < frame.width; ++x, from += 3)
            to[x] = 0xFF000000u | static_cast<std::uint32_t>(from[0] << 16 | from[1] << 8 | from[2]);
    }
}

}  // namespace drift
