// A recording that cannot begin, or whose log fails: nothing hangs, nothing that waits is dropped, and each lane has a track to itself.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "media/master.h"
#include "media_fixture.h"
#include "play_room.h"
#include "session/log/recorder.h"
#include "session/log/scribe.h"
#include "session/watch.h"

namespace drift {
namespace {

using namespace std::chrono_literals;

struct Counts {
    int frames = 0;
    bool finished = false;
};
struct CountedSink : TrackSink {
    Counts& counts;
    explicit CountedSink(Counts& where) : counts(where) {}
    void add(std::size_t, std::int64_t, const Frame&) override {
        std::this_thread::sleep_for(2ms);
        ++counts.frames;
    }
    void finish() override { counts.finished = true; }
    std::int64_t bytes() const override { return counts.frames; }
};

TEST_F(Media, ARecorderThatThrowsWhenItBeginsDoesNotWaitAndLeavesNothing) {
    PurePlayRoom room;  // nothing was played: there is no moment to begin with
    Step step;
    step.lanes.push_back({0, {}, Frame(64, 64), {}, {}, {}});
    EXPECT_THROW(Recorder(folder / "a.mkv", write_master, room.stage.info(), room.play, step), Error);
    EXPECT_FALSE(fs::exists(folder / "a.mkv"));
    EXPECT_FALSE(fs::exists(folder / "a.driftlog"));
}

TEST_F(Media, ALogThatFailsLetsTheFramesThatWaitIntoTheVideo) {
    int outcome = with_file_limit(20'000, [&] {  // of the log: its sink is in memory
        Counts counts;
        PurePlayRoom room;
        std::vector<std::string> warnings;
        Scribe scribe([&](std::string sentence) { warnings.push_back(std::move(sentence)); });
        room.play.set_listener([&](const LogEvent& event, const Step& step) { scribe.hear(room.play, event, step); });
        Step now = room.play.open(3, lanes({5}));
        scribe.record(
            folder / "a.mkv", [&](auto&&...) { return std::make_unique<CountedSink>(counts); }, room.stage.info(),
            room.play, now);
        int shots = 1;
        for (int i = 0; i < 3000 && warnings.empty(); ++i) {
            if (i % 20 == 19) room.play.load(room.play.now());  // a whole moment: the log grows fast
            else room.play.advance({}, lanes({5}));
            ++shots;
            if (i % 40 == 39) std::this_thread::sleep_for(5ms), scribe.look();
        }
        if (warnings.size() != 1) return 1;
        if (!scribe.recording().file.empty()) return 2;
        if (!counts.finished) return 3;
        return counts.frames == 2 * shots ? 0 : 4;  // one lane and the truth
    });
    EXPECT_EQ(outcome, 0);
}

// Lane numbers only rise, tracks are four: whichever lanes there are at a time, each has one to itself, and watching finds it.
TEST_F(Media, LanesOfAnyNumberAreRecordedAndWatched) {
    PurePlayRoom room;
    Scribe scribe([](std::string sentence) { ADD_FAILURE() << sentence; });
    std::vector<Step> shown;
    room.play.set_listener([&](const LogEvent& event, const Step& step) {
        scribe.hear(room.play, event, step);
        shown.push_back(step);
    });
    auto of = [](std::vector<int> numbers) {
        Direction direction;
        direction.lanes.clear();
        for (int number : numbers) {
            direction.lanes.push_back({number, 0, {}});
            direction.lanes.back().settings.start_scale = 1 + 0.5f * static_cast<float>(number);
        }
        direction.main = numbers.front();
        return direction;
    };
    Step now = room.play.open(3, of({0}));
    shown = {now};
    scribe.record(folder / "a.mkv", write_master, room.stage.info(), room.play, now);
    for (auto numbers : {std::vector{0}, {0, 1}, {0, 4}, {4, 8, 0}, {8, 4, 12, 16}, {16}, {16, 3, 7}})
        for (int i = 0; i < 5; ++i) room.play.advance({}, of(numbers));
    scribe.stop_recording();
    // Every frame of every lane is in it, on one track for as long as the lane is there.
    std::map<std::int64_t, std::map<std::size_t, Frame>> stored;
    auto source = read_master(folder / "a.mkv");
    while (auto picture = source->next()) stored[picture->at][picture->track] = picture->frame;
    std::map<int, std::size_t> track_of;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto& frames = stored[static_cast<std::int64_t>(i)];
        EXPECT_EQ(frames.size(), shown[i].lanes.size() + 1) << i;
        std::set<std::size_t> taken;
        for (const LaneStep& lane : shown[i].lanes)
            for (const auto& [track, frame] : frames)
                if (track < lane_tracks && frame == lane.frame && taken.insert(track).second) {
                    const bool stays =
                        i > 0 && std::any_of(shown[i - 1].lanes.begin(), shown[i - 1].lanes.end(),
                                             [&](const LaneStep& before) { return before.lane == lane.lane; });
                    EXPECT_TRUE(!stays || track_of[lane.lane] == track) << i;
                    track_of[lane.lane] = track;
                    break;
                }
        EXPECT_EQ(taken.size(), shown[i].lanes.size()) << i;
    }
    auto counted = std::make_shared<FakeWorldControls>();
    Stage stage(std::make_unique<PureWorld>("bricks", counted), make_game("bricks"));
    Play play(stage);
    Watch watch(read_session_log(folder / "a.driftlog"), read_master(folder / "a.mkv"), stage.info());
    EXPECT_EQ(watch.lanes(), (std::vector<int>{0, 1, 3, 4, 7, 8, 12, 16}));
    for (std::size_t i = 0; i < shown.size(); ++i) {
        Step step = watch.next(play, {.lanes = {}});
        for (std::size_t k = 0; k < shown[i].lanes.size(); ++k)
            EXPECT_EQ(step.lanes[k].frame, shown[i].lanes[k].frame) << i;
    }
    EXPECT_EQ(counted->imagined, 0) << "all of it was stored";
}

// FFmpeg takes a disk that cannot be read for the end of the file.
TEST_F(Media, ARepairWhoseReadingFailsLeavesTheOnlyCopy) {
    const fs::path file = folder / "a.mkv";
    {
        MasterWriter writer(file, 64, 48, 15, {"lane 1"});
        for (int t = 0; t < 60; ++t) writer.add(0, t, scene(64, 48, t));
        writer.finish();
    }
    auto bytes = [&] {
        std::string all(static_cast<std::size_t>(fs::file_size(file)), 0);
        FILE* in = std::fopen(file.c_str(), "rb");
        EXPECT_EQ(std::fread(all.data(), 1, all.size(), in), all.size());
        std::fclose(in);
        return all;
    };
    // As a killed program leaves it: the clusters, and no index or length. The length is an element 44 89 (Duration) of 8 bytes.
    std::string whole = bytes();
    const auto length = whole.find("\x44\x89\x88");
    ASSERT_NE(length, std::string::npos);
    for (std::size_t i = 0; i < 8; ++i) whole[length + 3 + i] = 0;
    whole.resize(whole.size() * 9 / 10);
    FILE* out = std::fopen(file.c_str(), "wb");
    std::fwrite(whole.data(), 1, whole.size(), out);
    std::fclose(out);
    for (std::int64_t from : {whole.size() / 3, whole.size() / 2, whole.size() - 10}) {
        ReadAt failing = [&](int descriptor, void* to, std::size_t count, std::int64_t at) -> std::int64_t {
            if (at + static_cast<std::int64_t>(count) > from && at > 0) return errno = EIO, -1;
            return ::pread(descriptor, to, count, at);
        };
        EXPECT_TRUE(contains(error_of([&] { repair_master(file, failing); }), "cannot be read")) << from;
        EXPECT_EQ(bytes(), whole);
        EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1) << "nothing of the attempt is left";
    }
    EXPECT_TRUE(repair_master(file));
    EXPECT_FALSE(repair_master(file));
}

}  // namespace
}  // namespace drift
