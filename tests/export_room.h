// What tests of exports begin with: sessions of a world without a network, their reels, and clips read back.
#pragma once

#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "media/export.h"
#include "media/ffmpeg.h"
#include "media/video_reader.h"
#include "media_fixture.h"
#include "play_room.h"
#include "session/log/log_writer.h"
#include "session/reel.h"

namespace drift {

inline constexpr ClipFormat formats[] = {ClipFormat::mp4, ClipFormat::webm, ClipFormat::gif, ClipFormat::webp};
inline constexpr const char* endings[] = {"a.mp4", "a.webm", "a.gif", "a.webp"};
inline constexpr std::size_t all_steps = 40;

inline std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Everything in a folder: names, and the bytes of what is a file.
inline std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        all[entry.path().string()] = entry.is_directory() ? "" : bytes_of(entry.path());
    return all;
}

// Plays by `go` and logs it; every step that was shown.
template <class World = PureWorld, class Go>
std::vector<Step> play_session(const fs::path& log, Go go) {
    PlayRoomOf<World> room;
    std::vector<Step> shown;
    LogWriter writer(log, room.stage.info());
    room.play.set_listener([&](const LogEvent& event, const Step& step) {
        writer.put(event);
        shown.push_back(step);
    });
    go(room.play);
    return shown;
}

// Lane 1 alone, from step 20 on lane 2 beside it, which has other settings from step 30 on.
inline std::vector<Step> play_two_lanes(const fs::path& log) {
    return play_session(log, [](Play& play) {
        play.open(7, lanes({1}));
        for (std::size_t i = 1; i < all_steps; ++i)
            play.advance({i % 3 == 0 ? 1u << 1 : 0}, i < 20 ? lanes({1}) : i < 30 ? lanes({1, 5}) : lanes({1, 3}));
    });
}

// Steps of a session, the last one too; lanes by number.
inline constexpr std::uint64_t last_step = ReelPlan().to;
inline ReelPlan stretch(std::uint64_t from, std::uint64_t to = last_step, std::vector<int> lanes = {},
                        bool truth = true) {
    return {from, to, std::move(lanes), truth};
}

template <class World = PureWorld>
Reel reel_of(const fs::path& log, const ReelPlan& plan = {}) {
    PlayRoomOf<World> room;
    Watch watch(read_session_log(log), {}, room.stage.info());
    return *Reel::walk(watch, room.play, room.stage.info(), plan, [](double) {});
}

inline bool write(const ExportPlan& plan, const Reel& reel, std::stop_token stop = {}) {
    return write_export(
        plan, reel.list(), [&](std::size_t i) { return reel.shot(i); }, [](double) {}, stop);
}

inline ExportPlan plan_of(const fs::path& file, std::optional<ClipFormat> clip, int scale = 1) {
    ExportPlan plan;
    plan.file = file, plan.clip = clip;
    plan.style.scale = scale;
    return plan;
}
inline BoardStyle bare(int scale) { return {scale, false, false, false, false}; }

inline Frame drawn(const ExportPlan& plan, const Reel& reel, std::size_t index) {
    return Board(plan.style, reel.list()).draw(reel.shot(index), index);
}

// What stands there in a picture is that frame, each pixel scale x scale pixels.
inline void expect_enlarged(const Frame& picture, int left, int top, int scale, const Frame& frame) {
    ASSERT_LE(left + frame.width * scale, picture.width);
    ASSERT_LE(top + frame.height * scale, picture.height);
    for (int y = 0; y < frame.height * scale; ++y)
        for (int x = 0; x < frame.width * scale; ++x)
            ASSERT_EQ(std::memcmp(picture.at(left + x, top + y), frame.at(x / scale, y / scale), 3), 0)
                << x << ", " << y;
}

struct ReadBack {
    int frames = 0;
    double seconds = 0;
};

// FFmpeg reads no animated WebP: chunks of a name, a length and that many bytes, padded to even (developers.google.com/speed/webp/docs/riff_container).
inline ReadBack read_webp(const fs::path& file) {
    std::string bytes = bytes_of(file);
    auto number = [&](std::size_t at, int size) {
        unsigned value = 0;
        for (int i = size - 1; i >= 0; --i)
            value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
        return value;
    };
    ReadBack clip;
    EXPECT_EQ(bytes.substr(8, 4), "WEBP");
    EXPECT_EQ(number(4, 4) + 8, bytes.size());
    for (std::size_t at = 12; at < bytes.size(); at += 8 + (number(at + 4, 4) + 1) / 2 * 2) {
        if (bytes.substr(at, 4) != "ANMF") continue;
        ++clip.frames;
        clip.seconds += number(at + 20, 3) / 1000.0;
    }
    return clip;
}

inline ReadBack read_clip(const fs::path& file) {
    if (file.extension() == ".webp") return read_webp(file);
    ReadBack clip;
    VideoReader reader(file);
    while (reader.next()) ++clip.frames;
    AVFormatContext* input = nullptr;
    if (avformat_open_input(&input, ("file:" + file.string()).c_str(), nullptr, nullptr) < 0) return clip;
    avformat_find_stream_info(input, nullptr);
    clip.seconds = static_cast<double>(input->duration) / AV_TIME_BASE;
    avformat_close_input(&input);
    return clip;
}

class Export : public Media {
protected:
    void SetUp() override {
        Media::SetUp();
        log = folder / "session.driftlog";
        out = folder / "out";
        fs::create_directories(out);
    }
    fs::path log, out;
};

}  // namespace drift
