// A session as clips: every frame follows from the one before by the action between, whatever was gone back to, loaded or brought back.
#include "session/log/clip_cutter.h"

#include <gtest/gtest.h>

#include "games/list.h"
#include "play_room.h"

namespace drift {
namespace {

// All clips of the truth (lane -1) or of a lane.
struct Cut {
    PlayRoom room;
    ClipCutter cutter;
    std::vector<Clip> clips;
    explicit Cut(int lane) {
        room.play.set_listener([this, lane](const LogEvent& event, const Step& step) {
            const Frame* frame = lane < 0 ? &step.truth : nullptr;
            for (const LaneStep& shown : step.lanes)
                if (shown.lane == lane) frame = &shown.frame;
            keep(cutter.see(event, step, frame,
                            event.kind == LogEvent::Kind::played && room.stage.game()->rare_event()));
        });
    }
    void keep(std::optional<Clip> clip) {
        if (clip) clips.push_back(std::move(*clip));
    }
    void steps(int count, const Direction& direction) {
        for (int i = 0; i < count; ++i) room.play.advance({i % 3 == 0 ? 1u << 1 : i % 5 == 0 ? 1u << 2 : 0}, direction);
    }
};

TEST(ClipCutter, ATruthIsCutWhereverPlayDidNotGoOn) {
    Cut cut(-1);
    Play& play = cut.room.play;
    play.open(7, lanes({1}));
    cut.steps(40, lanes({1}));
    Moment kept = play.now();
    play.recall(31);
    play.recall(20);
    cut.steps(10, lanes({1, 5}));
    play.resync(1);
    cut.steps(5, lanes({1, 5}));
    play.load(std::move(kept));
    cut.steps(8, lanes({1}));
    play.open(8, lanes({1}));
    cut.keep(cut.cutter.end());
    std::vector<std::size_t> lengths;
    for (const Clip& clip : cut.clips) lengths.push_back(clip.frames.size());
    EXPECT_EQ(lengths, (std::vector<std::size_t>{41, 11, 6, 9}));

    // The actions lead the real game through the same frames.
    auto game = make_game("bricks");
    game->reset(7);
    for (int i = 1; i < cut.room.stage.info().context_frames; ++i) game->step(0);
    Frame frame;
    const Clip& first = cut.clips.front();
    for (std::size_t i = 0; i < first.frames.size(); ++i) {
        game->render(frame);
        EXPECT_EQ(frame, first.frames[i]) << i;
        if (i < first.actions.size()) game->step(first.actions[i]);
    }
    EXPECT_EQ(cut.clips[1].frames.front(), first.frames[20]);
    EXPECT_EQ(cut.clips[3].frames.front(), first.frames[40]);
}

TEST(ClipCutter, ALaneIsCutWhereItEnds) {
    Cut cut(1);
    cut.room.play.open(7, lanes({1}));
    cut.steps(3, lanes({1}));
    cut.steps(6, lanes({1, 5}));
    cut.steps(4, lanes({1}));
    cut.steps(5, lanes({1, 5}));
    cut.steps(2, lanes({1}));
    cut.steps(1, lanes({1, 5}));
    cut.keep(cut.cutter.end());
    ASSERT_EQ(cut.clips.size(), 2u) << "a single frame is no play";
    EXPECT_EQ(cut.clips[0].frames.size(), 6u);
    EXPECT_EQ(cut.clips[1].actions.size(), 4u);
}

}  // namespace
}  // namespace drift
