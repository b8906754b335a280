// Masters: what was recorded comes back byte for byte, also after a full disk, a kill and a repair.
#include "media/master.h"

#include <cmath>
#include <map>

#include "media/video.h"
#include "media/video_reader.h"
#include "media_fixture.h"

namespace drift {
namespace {

using Key = std::pair<std::size_t, std::int64_t>;  // track, time in frames
std::map<Key, Frame> read_all(const fs::path& file, int rate = 15) {
    std::map<Key, Frame> frames;
    VideoReader reader(file);
    while (auto picture = reader.next())
        frames[{picture->track, std::llround(picture->seconds * rate)}] = picture->frame;
    return frames;
}

// Two lanes and a truth; the second lane comes later and is gone at times.
std::map<Key, Frame> record(MasterWriter& writer, int times) {
    std::map<Key, Frame> frames;
    for (int t = 0; t < times; ++t)
        for (std::size_t track = 0; track < 3; ++track) {
            if (track == 1 && (t < 10 || t % 20 == 0)) continue;
            Frame frame = scene(63, 48, t * 3 + static_cast<int>(track));
            writer.add(track, t, frame);
            frames[{track, t}] = frame;
        }
    return frames;
}

TEST_F(Media, MasterComesBackByteForByte) {
    fs::path file = folder / "a b:c.mkv";
    MasterWriter writer(file, 63, 48, 15, {"lane 1", "lane 2", "truth"});
    auto frames = record(writer, 60);
    writer.finish();
    writer.finish();
    EXPECT_EQ(read_all(file), frames);
    VideoReader reader(file);
    ASSERT_EQ(reader.tracks().size(), 3u);
    EXPECT_EQ(reader.tracks()[2].name, "truth");
    EXPECT_EQ(reader.tracks()[0].width, 63);
    EXPECT_NEAR(reader.tracks()[0].rate, 15, 0.01);
    EXPECT_FALSE(repair_master(file));
    EXPECT_GT(writer.bytes(), 1000);
    EXPECT_TRUE(contains(error_of([&] { writer.add(0, 60, scene(63, 48, 0)); }), "takes no more frames"));
}

TEST_F(Media, MasterRefusesWhatCannotBe) {
    EXPECT_TRUE(
        contains(error_of([&] { MasterWriter(folder / "none" / "a.mkv", 64, 64, 15, {"a"}); }), "cannot be written"));
    EXPECT_TRUE(contains(error_of([&] { MasterWriter(folder / "a.mkv", 64, 64, 15, {}); }), "0 tracks"));
    MasterWriter writer(folder / "b.mkv", 64, 64, 15, {"a"});
    EXPECT_TRUE(
        contains(error_of([&] { writer.add(0, 0, Frame(32, 64)); }), "expected frames of 64 x 64, found 32 x 64"));
    EXPECT_TRUE(contains(error_of([&] { writer.add(1, 0, Frame(64, 64)); }), "found track 1"));
    writer.add(0, 5, Frame(64, 64));
    EXPECT_TRUE(contains(error_of([&] { writer.add(0, 5, Frame(64, 64)); }), "a later time"));
    EXPECT_TRUE(contains(error_of([&] { MasterWriter(folder / "b.mkv", 64, 64, 15, {"a"}); }), "never overwrites"));
    EXPECT_TRUE(contains(error_of([&] { VideoReader reader(folder); }), "expected a video"));
}

TEST_F(Media, MasterOfAKilledProgramIsRepaired) {
    for (int times : {16, 75, 149}) {
        fs::path file = folder / (std::to_string(times) + ".mkv");
        pid_t child = fork();
        if (child == 0) {
            MasterWriter writer(file, 63, 48, 15, {"lane 1", "lane 2", "truth"});
            record(writer, times);
            kill(getpid(), SIGKILL);
        }
        int status = 0;
        waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));
        auto cut = read_all(file);
        fs::path whole = folder / "whole.mkv";
        fs::remove(whole);
        MasterWriter writer(whole, 63, 48, 15, {"lane 1", "lane 2", "truth"});
        auto frames = record(writer, times);
        std::int64_t last = cut.empty() ? -1 : 0;
        for (const auto& [key, frame] : cut) {
            ASSERT_EQ(frame, frames[key]) << key.first << " at " << key.second;
            last = std::max(last, key.second);
        }
        EXPECT_GE(last, times - 2) << times;
        EXPECT_TRUE(repair_master(file));
        EXPECT_EQ(read_all(file), cut);
        EXPECT_FALSE(repair_master(file));
    }
    EXPECT_TRUE(contains(error_of([&] { repair_master(folder / "none.mkv"); }), "nothing that plays"));
}

TEST_F(Media, MasterThatIsBeingWrittenIsNotRepaired) {
    fs::path file = folder / "a.mkv";
    MasterWriter writer(file, 63, 48, 15, {"lane 1", "lane 2", "truth"});
    auto frames = record(writer, 30);
    EXPECT_FALSE(repair_master(file));
    writer.finish();
    EXPECT_EQ(read_all(file), frames);
}

TEST_F(Media, MasterIsSoughtIn) {
    fs::path file = folder / "a.mkv";
    MasterWriter writer(file, 63, 48, 15, {"lane 1", "lane 2", "truth"});
    auto frames = record(writer, 90);
    writer.finish();
    auto source = read_master(file);
    for (std::int64_t at : {50, 3, 89, 0, 41}) {
        source->seek(at);
        auto picture = source->next();
        ASSERT_TRUE(picture);
        EXPECT_EQ(picture->at, at);
        EXPECT_EQ(picture->frame, frames[Key(picture->track, at)]);
    }
}

TEST_F(Media, VideosAreReadToo) {
    fs::path file = folder / "a.mp4";
    VideoWriter writer(file, 96, 64, 15);
    for (int t = 0; t < 20; ++t) writer.add(scene(96, 64, t));
    writer.finish();
    auto frames = read_all(file);
    ASSERT_EQ(frames.size(), 20u);
    for (int t = 0; t < 20; ++t) EXPECT_GT(psnr(frames[Key(0, t)], scene(96, 64, t)), 28) << t;
}

}  // namespace
}  // namespace drift
