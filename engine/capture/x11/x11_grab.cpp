#include "capture/x11/x11_grab.h"

#include <utility>

#include "capture/x11/x11_display.h"
#include "core/error.h"
#include "media/decoded_picture.h"
#include "media/ffmpeg.h"

extern "C" {
#include <libavdevice/avdevice.h>
}

namespace drift {
namespace {

struct Options {
    AVDictionary* all = nullptr;
    ~Options() { av_dict_free(&all); }
    void set(const char* name, const std::string& value) { av_dict_set(&all, name, value.c_str(), 0); }
};

}  // namespace

struct X11Grab::Input {
    Owned<AVFormatContext> grabber;
    Owned<AVCodecContext> codec;
    Owned<AVPacket> packet{av_packet_alloc()};
    Owned<AVFrame> picture{av_frame_alloc()};
    PictureConverter converter;
};

X11Grab::X11Grab(std::unique_ptr<Input> input) : input_(std::move(input)) {}
X11Grab::~X11Grab() = default;

std::unique_ptr<X11Grab> X11Grab::open(const std::string& display, unsigned long window) {
    av_log_set_level(AV_LOG_QUIET);
    avdevice_register_all();
    const AVInputFormat* x11grab = av_find_input_format("x11grab");
    if (!x11grab) throw Error("driftlab capture needs an FFmpeg with x11grab, found one without");
    Options options;
    options.set("window_id", std::to_string(window));
    options.set("draw_mouse", "0");
    options.set("framerate", "1000");  // it waits for its next time, and this clock is ours
    AVFormatContext* opened = nullptr;
    if (avformat_open_input(&opened, display.c_str(), x11grab, &options.all) < 0) return nullptr;
    auto input = std::make_unique<Input>();
    input->grabber.reset(opened);
    if (av_dict_count(options.all) > 0)
        throw Error("driftlab capture needs an FFmpeg of 4.4 or later, found one whose x11grab takes no window");
    const AVCodecParameters* form = opened->streams[0]->codecpar;
    const AVCodec* codec = avcodec_find_decoder(form->codec_id);
    if (!codec) throw Error("driftlab capture needs an FFmpeg that decodes raw video, found one that does not");
    input->codec.reset(avcodec_alloc_context3(codec));
    if (!input->codec || !input->packet || !input->picture ||
        avcodec_parameters_to_context(input->codec.get(), form) < 0)
        throw std::bad_alloc();
    if (avcodec_open2(input->codec.get(), codec, nullptr) < 0) return nullptr;
    return std::unique_ptr<X11Grab>(new X11Grab(std::move(input)));
}

std::optional<CapturedWindow::Picture> X11Grab::take() {
    Input& in = *input_;
    if (av_read_frame(in.grabber.get(), in.packet.get()) < 0) return std::nullopt;
    const double time = steady_seconds();
    const bool decoded = avcodec_send_packet(in.codec.get(), in.packet.get()) >= 0 &&
                         avcodec_receive_frame(in.codec.get(), in.picture.get()) >= 0;
    av_packet_unref(in.packet.get());
    if (!decoded) return std::nullopt;
    return CapturedWindow::Picture{in.converter.rgb(*in.picture, "x11grab"), time};
}

}  // namespace drift
