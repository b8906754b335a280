// Video: decoded again with FFmpeg it shows the frames that were added, also after a full disk or a kill.
#include "media/video.h"

#include <array>
#include <vector>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include "media_fixture.h"

namespace drift {
namespace {

Frame filled(int width, int height, std::array<int, 3> colour) {
    Frame frame(width, height);
    for (std::size_t i = 0; i < frame.rgb.size(); ++i) frame.rgb[i] = static_cast<std::uint8_t>(colour[i % 3]);
    return frame;
}

struct Video {
    std::vector<Frame> frames;
    AVRational rate{};
    std::string codec;
    AVColorSpace space{};
    AVColorRange range{};
    int profile = 0;
    double seconds = 0;  // time of the last frame
};

// Decodes with FFmpeg, and turns into RGB as the file's own tags say.
Video read_video(const fs::path& path) {
    Video video;
    AVFormatContext* input = nullptr;
    if (avformat_open_input(&input, ("file:" + path.string()).c_str(), nullptr, nullptr) < 0) return video;
    if (avformat_find_stream_info(input, nullptr) < 0 || input->nb_streams != 1) {
        avformat_close_input(&input);
        return video;
    }
    AVStream* track = input->streams[0];
    const AVCodec* codec = avcodec_find_decoder(track->codecpar->codec_id);
    video.codec = codec->name;
    video.rate = track->avg_frame_rate;
    video.space = track->codecpar->color_space;
    video.range = track->codecpar->color_range;
    video.profile = track->codecpar->profile;
    AVCodecContext* decoder = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(decoder, track->codecpar);
    avcodec_open2(decoder, codec, nullptr);
    AVPacket* packet = av_packet_alloc();
    AVFrame* picture = av_frame_alloc();
    auto drain = [&] {
        while (avcodec_receive_frame(decoder, picture) >= 0) {
            SwsContext* scaler =
                sws_getContext(picture->width, picture->height, static_cast<AVPixelFormat>(picture->format),
                               picture->width, picture->height, AV_PIX_FMT_RGB24,
                               SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, nullptr, nullptr, nullptr);
            int space = picture->colorspace == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_ITU601;
            sws_setColorspaceDetails(scaler, sws_getCoefficients(space), picture->color_range == AVCOL_RANGE_JPEG,
                                     sws_getCoefficients(space), 1, 0, 1 << 16, 1 << 16);
            Frame frame(picture->width, picture->height);
            std::vector<std::uint8_t> rows(static_cast<std::size_t>(frame.width * 3 + 64) * frame.height);
            std::uint8_t* planes[] = {rows.data()};
            int strides[] = {frame.width * 3 + 64};
            sws_scale(scaler, picture->data, picture->linesize, 0, picture->height, planes, strides);
            for (int y = 0; y < frame.height; ++y)
                std::copy_n(rows.data() + static_cast<std::ptrdiff_t>(y) * strides[0], frame.width * 3, frame.at(0, y));
            sws_freeContext(scaler);
            video.seconds = static_cast<double>(picture->best_effort_timestamp) * av_q2d(track->time_base);
            video.frames.push_back(std::move(frame));
        }
    };
    while (av_read_frame(input, packet) >= 0) {
        avcodec_send_packet(decoder, packet);
        av_packet_unref(packet);
        drain();
    }
    avcodec_send_packet(decoder, nullptr);
    drain();
    av_frame_free(&picture);
    av_packet_free(&packet);
    avcodec_free_context(&decoder);
    avformat_close_input(&input);
    return video;
}

TEST_F(Media, VideoComesBack) {
    fs::path path = folder / "a.mp4";
    VideoWriter writer(path, 96, 64, 15);
    for (int i = 0; i < 30; ++i) writer.add(scene(96, 64, i));
    EXPECT_EQ(writer.frames(), 30);
    writer.finish();
    writer.finish();
    EXPECT_TRUE(contains(error_of([&] { writer.add(scene(96, 64, 0)); }), "finished"));
    Video video = read_video(path);
    ASSERT_EQ(video.frames.size(), 30u);
    EXPECT_EQ(av_q2d(video.rate), 15.0);
    EXPECT_NEAR(video.seconds, 29 / 15.0, 1e-3);
    EXPECT_EQ(video.space, AVCOL_SPC_BT709);
    EXPECT_EQ(video.range, AVCOL_RANGE_MPEG);
    if (writer.encoder() == "libx264") {
        EXPECT_EQ(video.codec, "h264");
        EXPECT_EQ(video.profile, FF_PROFILE_H264_HIGH);
    }
    for (int i = 0; i < 30; ++i)
        EXPECT_GT(psnr(video.frames[static_cast<std::size_t>(i)], scene(96, 64, i)), 36.0) << "frame " << i;
}

TEST_F(Media, VideoHasTheRightColours) {
    const std::vector<std::array<int, 3>> colours = {{255, 0, 0}, {0, 255, 0},     {0, 0, 255},   {255, 255, 255},
                                                     {0, 0, 0},   {128, 128, 128}, {200, 120, 40}};
    for (const char* encoder : {"libx264", "mpeg4"}) {
        if (!avcodec_find_encoder_by_name(encoder)) continue;
        VideoWriter writer(folder / "a.mp4", 64, 64, 10, {encoder});
        for (auto& colour : colours) writer.add(filled(64, 64, colour));
        writer.finish();
        Video video = read_video(folder / "a.mp4");
        ASSERT_EQ(video.frames.size(), colours.size());
        for (std::size_t i = 0; i < colours.size(); ++i)
            for (std::size_t c = 0; c < 3; ++c)
                EXPECT_NEAR(video.frames[i].at(32, 32)[c], colours[i][c], 4)
                    << encoder << ", colour " << i << ", channel " << c;
    }
}

TEST_F(Media, VideoOfOddSizeIsPadded) {
    VideoWriter writer(folder / "a.mp4", 33, 17, 15);
    for (int i = 0; i < 5; ++i) writer.add(filled(33, 17, {200, 120, 40}));
    writer.finish();
    Video video = read_video(folder / "a.mp4");
    ASSERT_EQ(video.frames.size(), 5u);
    EXPECT_EQ(video.frames[0].width, 34);
    EXPECT_EQ(video.frames[0].height, 18);
    EXPECT_NEAR(video.frames[4].at(33, 17)[0], 200, 4) << "the padding repeats the edge";
}

TEST_F(Media, VideoAtEveryRate) {
    for (int rate : {1, 2, 15, 24, 60, 240}) {
        VideoWriter writer(folder / "a.mp4", 32, 32, rate);
        for (int i = 0; i < 7; ++i) writer.add(scene(32, 32, i));
        writer.finish();
        Video video = read_video(folder / "a.mp4");
        EXPECT_EQ(video.frames.size(), 7u) << rate;
        EXPECT_EQ(av_q2d(video.rate), rate);
    }
}

TEST_F(Media, VideoWithoutFramesAndWithoutFinish) {
    { VideoWriter writer(folder / "a.mp4", 32, 32, 15); }
    EXPECT_TRUE(fs::exists(folder / "a.mp4"));
    {
        VideoWriter writer(folder / "b.mp4", 32, 32, 15);
        writer.add(scene(32, 32, 0));
    }
    EXPECT_EQ(read_video(folder / "b.mp4").frames.size(), 1u);
}

TEST_F(Media, VideoOfAnyPath) {
    for (std::string name :
         {std::string("a b\nc.mp4"), std::string("\xff\xfe.mp4"), std::string("http:x.mp4"), std::string(255, 'n')}) {
        VideoWriter writer(folder / name, 32, 32, 15);
        writer.add(scene(32, 32, 0));
        writer.finish();
        EXPECT_EQ(read_video(folder / name).frames.size(), 1u) << name;
    }
}

TEST_F(Media, VideoThatCannotBe) {
    fs::path path = folder / "a.mp4";
    EXPECT_TRUE(contains(error_of([&] {
                             VideoWriter(path, 32, 32, 15, {"no_such_encoder", "nor_this"});
                         }),
                         "no encoder no_such_encoder or nor_this"));
    EXPECT_TRUE(contains(error_of([&] { VideoWriter(folder / "none" / "a.mp4", 32, 32, 15); }), "cannot be written"));
    error_of([&] { VideoWriter(folder, 32, 32, 15); });
    for (auto [width, height, rate] : {std::array{0, 32, 15}, {32, -1, 15}, {32, 32, 0}, {1 << 20, 32, 15}})
        error_of([&] { VideoWriter(path, width, height, rate); });
    VideoWriter writer(path, 32, 32, 15, {"no_such_encoder", "mpeg4"});
    EXPECT_EQ(writer.encoder(), "mpeg4");
    EXPECT_TRUE(contains(error_of([&] { writer.add(scene(32, 16, 0)); }), "expected frames of 32 x 32, found 32 x 16"));
    writer.add(scene(32, 32, 0));  // a wrong frame does no harm
    writer.finish();
    EXPECT_EQ(read_video(path).frames.size(), 1u);
}

TEST_F(Media, VideoAfterKillLacksLessThanASecond) {
    fs::path path = folder / "a.mp4";
    for (const char* encoder : {"libx264", "mpeg4"}) {
        if (!avcodec_find_encoder_by_name(encoder)) continue;
        for (int frames : {16, 61, 75}) {
            pid_t child = fork();
            if (child == 0) {
                VideoWriter writer(path, 64, 64, 15, {encoder});
                for (int i = 0; i < frames; ++i) writer.add(scene(64, 64, i));
                kill(getpid(), SIGKILL);
            }
            int status = 0;
            waitpid(child, &status, 0);
            EXPECT_TRUE(WIFSIGNALED(status));
            Video video = read_video(path);
            EXPECT_GE(static_cast<int>(video.frames.size()), frames - 15) << encoder;
            ASSERT_FALSE(video.frames.empty());
            EXPECT_GT(psnr(video.frames.back(), scene(64, 64, static_cast<int>(video.frames.size()) - 1)), 33.0)
                << encoder;
        }
    }
}

TEST_F(Media, VideoOnAFullDiskSaysSoAndPlays) {
    fs::path path = folder / "a.mp4";
    int code = with_file_limit(40000, [&] {
        VideoWriter writer(path, 128, 128, 15);
        for (int i = 0; i < 1000; ++i) {
            try {
                writer.add(scene(128, 128, i));
            } catch (const Error&) {
                for (int again = 0; again < 2; ++again) {
                    try {
                        writer.add(scene(128, 128, i));
                        return 1;  // a failed writer must not seem to go on
                    } catch (const Error&) {}
                }
                try {
                    writer.finish();
                    return 2;
                } catch (const Error&) {}
                return i < 200 ? 100 + i / 15 : 3;
            }
        }
        return 4;
    });
    ASSERT_GE(code, 100) << "the seconds at which the disk was full, plus 100";
    Video video = read_video(path);
    EXPECT_GE(static_cast<int>(video.frames.size()), (code - 100) * 15 - 15);
    ASSERT_FALSE(video.frames.empty());
    EXPECT_GT(psnr(video.frames.back(), scene(128, 128, static_cast<int>(video.frames.size()) - 1)), 33.0);
}

TEST_F(Media, VideoInADeletedFolderStillEnds) {
    fs::create_directory(folder / "gone");
    VideoWriter writer(folder / "gone" / "a.mp4", 32, 32, 15);
    fs::remove_all(folder / "gone");
    for (int i = 0; i < 30; ++i)
        writer.add(scene(32, 32, i));  // the open file lives on; nothing is thrown, nothing crashes
    writer.finish();
}

}  // namespace
}  // namespace drift
