// A recording: frames as they were shown, a log that makes them again, and what is left of it after a kill or on a disk that fails.
#include "session/log/recorder.h"

#include <gtest/gtest.h>
#include <sys/mount.h>

#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <thread>

#include "media/master.h"
#include "media_fixture.h"
#include "play_room.h"
#include "session/log/replay.h"
#include "session/log/scribe.h"

namespace drift {
namespace {

using namespace std::chrono_literals;
using Key = std::pair<std::size_t, std::int64_t>;  // track, time in steps

std::map<Key, Frame> frames_in(const fs::path& master) {
    std::map<Key, Frame> frames;
    auto source = read_master(master);
    while (auto picture = source->next()) frames[{picture->track, picture->at}] = std::move(picture->frame);
    return frames;
}

// A play that is recorded through a scribe, and every step that it showed while it was.
struct RecordedPlay : PurePlayRoom {
    std::vector<std::string> warnings;
    std::vector<Step> shown;
    Scribe scribe{[this](std::string sentence) { warnings.push_back(std::move(sentence)); }};
    bool on = false;

    RecordedPlay() {
        play.set_listener([this](const LogEvent& event, const Step& step) {
            scribe.hear(play, event, step);
            if (on) shown.push_back(step);
        });
    }
    void record(const fs::path& file, const OpenTracks& open = write_master) {
        Step now = play.now().step;
        scribe.record(file, open, stage.info(), play, now);
        shown = {now};
        on = true;
    }
    void steps(int count, const Direction& direction) {
        for (int i = 0; i < count; ++i) play.advance({i % 3 == 0 ? 1u << 1 : 0}, direction);
    }
};

void expect_shown(const std::map<Key, Frame>& stored, const std::vector<Step>& shown) {
    std::size_t frames = 0;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        for (const LaneStep& lane : shown[i].lanes) {
            auto it = stored.find({static_cast<std::size_t>(lane.lane), static_cast<std::int64_t>(i)});
            ASSERT_NE(it, stored.end()) << "step " << i << " lane " << lane.lane;
            EXPECT_EQ(it->second, lane.frame) << "step " << i << " lane " << lane.lane;
        }
        EXPECT_EQ(stored.at({lane_tracks, static_cast<std::int64_t>(i)}), shown[i].truth) << "step " << i;
        frames += shown[i].lanes.size() + 1;
    }
    EXPECT_EQ(stored.size(), frames);
}

// Every event of the log beside a master, made again in another room, against the master's frames.
void expect_replays(const fs::path& master, const std::vector<Step>& shown) {
    SessionLog log = read_session_log(log_beside(master));
    EXPECT_TRUE(log.warning.empty()) << log.warning;
    ASSERT_EQ(log.events.size(), shown.size());
    PurePlayRoom other;
    for (std::size_t i = 0; i < log.events.size(); ++i) {
        Step step = replay(other.play, log.events[i]);
        EXPECT_FALSE(difference(log.events[i], step)) << i;
        EXPECT_EQ(step.main_lane().frame, shown[i].main_lane().frame) << i;
        EXPECT_EQ(step.truth, shown[i].truth) << i;
    }
}

TEST_F(Media, RecordingKeepsWhatWasShownAndItsLogMakesItAgain) {
    RecordedPlay room;
    room.play.open(7, lanes({1}));
    room.steps(20, lanes({1}));
    room.play.save(folder / "state");
    room.record(folder / "a.mkv");
    room.steps(20, lanes({1, 5}));
    room.play.recall(30);
    room.steps(5, lanes({2, 5}));
    room.play.recall(12);  // before the recording began
    room.steps(5, lanes({2, 5}));
    room.play.resync(1);
    room.steps(5, lanes({2, 5, 0.5f}));
    room.play.load(folder / "state");
    room.steps(5, lanes({1}));
    room.play.open(8, lanes({1, 1}));
    room.steps(5, lanes({1, 1}));
    EXPECT_GT(room.scribe.recording().steps, 40u);
    room.scribe.stop_recording();
    EXPECT_TRUE(room.warnings.empty()) << room.warnings.front();
    EXPECT_TRUE(room.scribe.recording().file.empty());
    expect_shown(frames_in(folder / "a.mkv"), room.shown);
    expect_replays(folder / "a.mkv", room.shown);
    EXPECT_FALSE(repair_master(folder / "a.mkv"));
}

TEST_F(Media, ThePastIsRecordedAsIfItHadBeen) {
    RecordedPlay room;
    room.play.open(3, lanes({1, 2}));
    room.steps(30, lanes({1, 2}));
    room.play.recall(25);
    room.steps(20, lanes({1, 5}));
    std::vector<Step> shown;
    for (std::uint64_t at = 16; at <= 45; ++at) shown.push_back(room.play.timeline().at(at).step);
    EXPECT_EQ(record_past(folder / "a.mkv", write_master, room.stage.info(), room.play, 30), 30u);
    expect_shown(frames_in(folder / "a.mkv"), shown);
    expect_replays(folder / "a.mkv", shown);
    EXPECT_EQ(record_past(folder / "b.mkv", write_master, room.stage.info(), room.play, 1000), 46u);
    EXPECT_TRUE(
        contains(error_of([&] { record_past(folder / "b.mkv", write_master, room.stage.info(), room.play, 30); }),
                 "already exists"));
}

TEST_F(Media, ARecordingThatCannotBeginLeavesNothingBehind) {
    RecordedPlay room;
    room.play.open(3, lanes({1}));
    EXPECT_TRUE(contains(error_of([&] { room.record("/proc/none/a.mkv"); }), "cannot be written"));
    EXPECT_TRUE(contains(error_of([&] { room.record(folder / "a.mkv", {}); }), "without FFmpeg"));
    fs::create_directories(folder / "a.driftlog");  // in the log's place
    EXPECT_FALSE(error_of([&] { room.record(folder / "a.mkv"); }).empty());
    EXPECT_FALSE(fs::exists(folder / "a.mkv"));
    room.steps(3, lanes({1}));  // the play goes on
}

// A sink that takes its time, or fails at some frame.
struct TroubledSink : TrackSink {
    int fails_at = -1, count = 0;
    std::atomic<std::chrono::milliseconds> pause{0ms};
    void add(std::size_t, std::int64_t, const Frame&) override {
        std::this_thread::sleep_for(pause.load());
        if (count++ == fails_at) throw Error("the disk is gone");
    }
    void finish() override {}
    std::int64_t bytes() const override { return count; }
};

TEST_F(Media, ASinkThatFailsEndsTheRecordingAndNotThePlay) {
    RecordedPlay room;
    room.play.open(3, lanes({1}));
    room.record(folder / "a.mkv", [](auto&&...) {
        auto sink = std::make_unique<TroubledSink>();
        sink->fails_at = 10;
        return sink;
    });
    for (int i = 0; i < 100 && room.warnings.empty(); ++i) {
        room.steps(1, lanes({1}));
        std::this_thread::sleep_for(2ms);
        room.scribe.look();
    }
    ASSERT_EQ(room.warnings.size(), 1u);
    EXPECT_EQ(room.warnings[0], "the disk is gone");
    EXPECT_TRUE(room.scribe.recording().file.empty());
    room.steps(3, lanes({1}));
}

TEST_F(Media, ASlowSinkIsSeenAndLosesNothing) {
    RecordedPlay room;
    room.play.open(3, lanes({1}));
    TroubledSink* sink = nullptr;
    room.record(folder / "a.mkv", [&](auto&&...) {
        auto made = std::make_unique<TroubledSink>();
        made->pause = 200ms;  // slower than a step on any machine, until it has been seen
        sink = made.get();
        return made;
    });
    bool slow = false;
    for (int i = 0; i < 250; ++i) {
        room.steps(1, lanes({1}));
        auto state = room.scribe.recording();
        EXPECT_LE(state.waiting, Recorder::patience + 2);  // memory does not grow
        slow = slow || state.slow;
        if (slow) sink->pause = 0ms;
    }
    EXPECT_TRUE(slow);
    int taken = 0;
    while (room.scribe.recording().waiting > 0) std::this_thread::sleep_for(1ms);
    taken = sink->count;
    EXPECT_EQ(taken, 2 * 251);  // one lane and the truth
    room.scribe.stop_recording();
    EXPECT_TRUE(room.warnings.empty());
}

// A hundred programs that record 150 steps are killed at a moment of chance: every master and log opens, and of what had happened two steps
// before the kill nothing is lost.
TEST_F(Media, AKillAtAnyMomentLosesNextToNothing) {
    std::mt19937 random(1);
    long told_in_all = 0, found_in_all = 0;
    for (int round = 0; round < 100; ++round) {
        fs::path file = folder / (std::to_string(round) + ".mkv");
        int pipes[2];
        ASSERT_EQ(pipe(pipes), 0);
        pid_t child = fork();
        if (child == 0) {
            RecordedPlay room;
            room.play.open(5, lanes({1}));
            room.record(file);
            for (int i = 0; i < 150; ++i) {
                room.steps(1, lanes({1}));
                // Steps follow each other far faster than 15 a second: what a crowded machine has not come to yet is waited for.
                while (room.scribe.recording().waiting > 2) std::this_thread::sleep_for(200us);
                if (i % 4 == 3) std::this_thread::sleep_for(1ms);
                char done = 1;
                if (write(pipes[1], &done, 1) != 1) _exit(1);
            }
            pause();
        }
        close(pipes[1]);
        int wanted = 20 + static_cast<int>(random() % 131), told = 0;
        char byte;
        while (told < wanted && read(pipes[0], &byte, 1) == 1) ++told;
        std::this_thread::sleep_for(
            std::chrono::milliseconds(70));  // a step's time at 15 a second, for what is told to be under way
        kill(child, SIGKILL);
        while (read(pipes[0], &byte, 1) == 1) {}
        close(pipes[0]);
        waitpid(child, nullptr, 0);
        auto stored = frames_in(file);
        long found = 0;
        while (stored.contains({0, found + 1}) && stored.contains({lane_tracks, found + 1})) ++found;
        EXPECT_GE(found, told - 15) << "round " << round;  // less than a second
        told_in_all += told, found_in_all += std::min<long>(found, told);
        EXPECT_TRUE(repair_master(file));
        SessionLog log = read_session_log(log_beside(file));
        EXPECT_GE(log.events.size() + 15, static_cast<std::size_t>(told)) << "round " << round;
        fs::remove(file);
    }
    EXPECT_GE(found_in_all * 150, told_in_all * 148);
}

// What the kernel says where a disk is full, a folder is gone, or the file system turned read-only: on a small disk of its own.
TEST_F(Media, AFullDiskEndsTheRecordingWithWhatPlays) {
    fs::path disk = folder / "disk";
    fs::create_directories(disk);
    if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=192k") != 0)
        GTEST_SKIP() << "mounting a small disk is not allowed here";
    struct Unmount {
        fs::path at;
        ~Unmount() { umount2(at.c_str(), MNT_DETACH); }
    } unmount{disk};
    RecordedPlay room;
    room.play.open(3, lanes({1, 5}));
    room.record(disk / "a.mkv");
    for (int i = 0; i < 4000 && room.warnings.empty(); ++i) {
        room.steps(1, lanes({1, 5}));
        room.scribe.look();
    }
    ASSERT_FALSE(room.warnings.empty());
    EXPECT_TRUE(contains(room.warnings[0], "No space left")) << room.warnings[0];
    EXPECT_TRUE(contains(room.warnings[0], "a.mkv") || contains(room.warnings[0], "a.driftlog"));
    room.scribe.stop_recording();
    auto stored = frames_in(disk / "a.mkv");
    EXPECT_GT(stored.size(), 15u);
    for (const auto& [key, frame] : stored)
        if (key.first == 0) {
            EXPECT_EQ(frame, room.shown[static_cast<std::size_t>(key.second)].lanes[0].frame) << key.second;
        }
    EXPECT_GT(read_session_log(disk / "a.driftlog").events.size(), 0u);
    room.steps(3, lanes({1}));
    fs::remove(disk / "a.mkv");
    fs::remove(disk / "a.driftlog");
    ASSERT_EQ(mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, ""), 0);
    EXPECT_TRUE(contains(error_of([&] { room.record(disk / "b.mkv"); }), "b.mkv"));
    room.steps(3, lanes({1}));
}

TEST_F(Media, AFolderThatIsDeletedTakesTheRecordingAndNotThePlay) {
    RecordedPlay room;
    room.play.open(3, lanes({1}));
    room.record(folder / "sub" / "a.mkv");
    room.steps(10, lanes({1}));
    fs::remove_all(folder / "sub");
    room.steps(40, lanes({1}));
    room.scribe.stop_recording();
    ASSERT_EQ(room.warnings.size(), 1u);
    EXPECT_TRUE(contains(room.warnings[0], "its file was deleted")) << room.warnings[0];
    room.record(folder / "sub" / "b.mkv");  // a new one makes the folder again
    room.steps(4, lanes({1}));
    room.scribe.stop_recording();
    EXPECT_EQ(frames_in(folder / "sub" / "b.mkv").size(), 10u);
}

}  // namespace
}  // namespace drift
