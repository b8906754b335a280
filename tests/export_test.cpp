// Exports: what each format holds is read back and held against the session.
#include "media/export.h"

#include "export_room.h"
#include "media/png.h"

namespace drift {
namespace {

TEST_F(Export, EveryFormatHoldsEveryStepForAsLongAsItWasPlayed) {
    play_two_lanes(log);
    Reel reel = reel_of(log);
    ASSERT_EQ(reel.list().count(), all_steps);
    for (int f = 0; f < 4; ++f) {
        ExportPlan plan = plan_of(out / endings[f], formats[f]);
        EXPECT_TRUE(write(plan, reel));
        ReadBack clip = read_clip(plan.file);
        EXPECT_EQ(clip.frames, static_cast<int>(all_steps)) << endings[f];
        EXPECT_NEAR(clip.seconds, all_steps / 15.0, 0.07) << endings[f];
        if (formats[f] == ClipFormat::webp) continue;
        VideoReader reader(plan.file);
        for (std::size_t i = 0; auto picture = reader.next(); ++i) {
            Frame expected = drawn(plan, reel, i);
            ASSERT_EQ(picture->frame.width, expected.width) << endings[f];
            ASSERT_EQ(picture->frame.height, expected.height) << endings[f];
            EXPECT_GT(psnr(picture->frame, expected), 27) << endings[f] << " step " << i;
        }
    }
    EXPECT_EQ(contents(out).size(), 4u);
}

TEST_F(Export, PicturesHoldTheFramesEnlarged) {
    auto shown = play_two_lanes(log);
    Reel reel = reel_of(log);
    for (const BoardStyle& style : {BoardStyle{3}, bare(2)}) {
        ExportPlan plan = plan_of(out / ("scale " + std::to_string(style.scale)), std::nullopt);
        plan.style = style;
        EXPECT_TRUE(write(plan, reel));
        EXPECT_EQ(contents(plan.file).size(), all_steps);
        Board board(style, reel.list());
        for (std::size_t i : {0u, 25u, 39u}) {
            Frame picture =
                load_png(plan.file / ("frame-0000" + std::string(i < 10 ? "0" : "") + std::to_string(i) + ".png"));
            for (const LaneStep& lane : shown[i].lanes)
                expect_enlarged(picture, board.left_of(static_cast<std::size_t>(lane.lane)), board.top(), style.scale,
                                lane.frame);
            expect_enlarged(picture, board.left_of(2), board.top(), style.scale, shown[i].truth);
        }
    }
}

TEST_F(Export, InAndOutPointsAndLanesAreChosen) {
    auto shown = play_two_lanes(log);
    ExportPlan plan = plan_of(out / "pictures", std::nullopt);
    plan.style = bare(1);
    EXPECT_TRUE(write(plan, reel_of(log, stretch(18, 22, {1}, false))));
    auto found = contents(plan.file);
    ASSERT_EQ(found.size(), 5u);
    EXPECT_EQ(fs::path(found.begin()->first).filename(), "frame-000018.png");
    EXPECT_EQ(load_png(plan.file / "frame-000021.png"), shown[21].lanes[1].frame);
    EXPECT_NE(load_png(plan.file / "frame-000019.png"),
              shown[19].lanes[0].frame);                                // it was not there yet: its place is empty
    EXPECT_EQ(reel_of(log, stretch(0, 12)).list().columns.size(), 2u);  // a lane that comes later takes no place
    EXPECT_EQ(reel_of(log, stretch(30)).list().count(), 10u);
    EXPECT_EQ(reel_of(log, stretch(20)).list().turned, std::vector<std::size_t>{10});
    for (const ReelPlan& wrong : {stretch(40), stretch(9, 3), stretch(0, last_step, {2}), stretch(0, 12, {1})}) {
        std::string sentence = error_of([&] { reel_of(log, wrong); });
        EXPECT_TRUE(contains(sentence, wrong.from == 40
                                           ? "from frame 40: expected a frame of this session, which ends with frame 39"
                                       : wrong.to == 3  ? "expected the end after the beginning"
                                       : wrong.to == 12 ? "lane 2: it is not there in any of these frames"
                                                        : "lane 3: this session never had such a lane"))
            << sentence;
    }
}

TEST_F(Export, SpeedIsKeptAndStepsAreLeftOutAboveWhatAFormatShows) {
    play_two_lanes(log);
    Reel reel = reel_of(log, stretch(0, last_step, {}, false));
    struct Case {
        double speed;
        int format, frames;
    };
    for (const Case& each :
         {Case{0.5, 0, 40}, {2, 2, 40}, {3, 3, 40}, {4, 1, 40}, {8, 0, 20}, {8, 2, 14}, {100, 1, 2}}) {
        ExportPlan plan = plan_of(out / endings[each.format], formats[each.format]);
        plan.over = true;
        plan.speed = each.speed;
        plan.style = bare(1);
        EXPECT_TRUE(write(plan, reel));
        ReadBack clip = read_clip(plan.file);
        EXPECT_EQ(clip.frames, each.frames) << endings[each.format] << " at " << each.speed;
        EXPECT_NEAR(clip.seconds, all_steps / 15.0 / each.speed, 0.07) << endings[each.format] << " at " << each.speed;
    }
}

TEST_F(Export, EachSwitchTakesItsPartAway) {
    play_two_lanes(log);
    Reel reel = reel_of(log);
    const Board whole({2}, reel.list());
    for (bool BoardStyle::*part :
         {&BoardStyle::captions, &BoardStyle::keys, &BoardStyle::settings, &BoardStyle::plot}) {
        BoardStyle without{2};
        without.*part = false;
        EXPECT_LT(Board(without, reel.list()).height(), whole.height());
    }
    Board pictures(bare(2), reel.list());
    EXPECT_EQ(pictures.left_of(0), 0);
    EXPECT_EQ(pictures.top(), 0);
    EXPECT_EQ(pictures.height(), 2 * reel.list().height);
    EXPECT_EQ(pictures.width(), pictures.left_of(2) + 2 * reel.list().width);
    EXPECT_TRUE(contains(error_of([&] { Board({64}, reel.list()); }),
                         "expected at most 8192 on a side; a smaller scale gives less"));
}

// Four lanes with long labels above small pictures: between the columns nothing is written, nor on the pictures.
TEST_F(Export, CaptionsNeverOverlap) {
    auto shown = play_session(log, [](Play& play) {
        Direction direction = lanes({1, 5, 0.25f, 2});
        for (std::size_t i = 1; i < 4; ++i) {
            SamplerSettings& settings = direction.lanes[i].settings;
            settings.steps = 10, settings.rho = 3.25f, settings.sigma_min = 0.0125f, settings.s_churn = 12.5f,
            settings.start_centre = 0.75f, settings.quantise = false;
        }
        play.open(7, direction);
        for (int i = 0; i < 3; ++i) play.advance({}, direction);
    });
    Reel reel = reel_of(log);
    for (int scale : {1, 2, 4}) {
        Board board({scale}, reel.list());
        Frame picture = board.draw(reel.shot(3), 3);
        const Frame ground = Canvas(1, 1, colours::back).frame();
        const int tile = reel.list().width * scale, gap = board.left_of(1) - board.left_of(0) - tile;
        EXPECT_GE(gap, 8);
        for (std::size_t c = 0; c < 5; ++c) {
            for (int x : {board.left_of(c) - 2, board.left_of(c) + tile + 2})
                for (int y = 0; y < board.top() + tile; ++y)
                    ASSERT_EQ(std::memcmp(picture.at(x, y), ground.rgb.data(), 3), 0)
                        << "scale " << scale << " at " << x << ", " << y;
            expect_enlarged(picture, board.left_of(c), board.top(), scale,
                            c < 4 ? shown[3].lanes[c].frame : shown[3].truth);
        }
    }
}

// What a dream is to a GIF: the game under a grain that is another in every frame.
TEST_F(Export, AGifOfTwentySecondsOfTwoLanesStaysSmall) {
    play_session<FakeWorld>(log, [](Play& play) {
        play.open(7, lanes({1, 2}));
        for (int i = 1; i < 300; ++i) play.advance({i % 40 < 20 ? 1u << 1 : 1u << 2}, lanes({1, 2}));
    });
    ExportPlan plan = plan_of(out / "a.gif", ClipFormat::gif, 4);
    EXPECT_TRUE(write(plan, reel_of<FakeWorld>(log, stretch(0, last_step, {}, false))));
    EXPECT_LT(fs::file_size(plan.file), 10'000'000u);
    EXPECT_GT(fs::file_size(plan.file), 100'000u);
    RecordProperty("bytes", static_cast<int>(fs::file_size(plan.file)));
}

TEST_F(Export, ALogThatWasCutIsShownUpToThere) {
    auto shown = play_two_lanes(log);
    fs::resize_file(log, fs::file_size(log) - 3);
    EXPECT_FALSE(read_session_log(log).warning.empty());
    Reel reel = reel_of(log);
    EXPECT_LT(reel.list().count(), all_steps);
    EXPECT_GT(reel.list().count(), all_steps - 9);  // half a second
    ExportPlan plan = plan_of(out / "a.webm", ClipFormat::webm);
    EXPECT_TRUE(write(plan, reel));
    EXPECT_EQ(read_clip(plan.file).frames, static_cast<int>(reel.list().count()));
    std::size_t last = reel.list().count() - 1;
    EXPECT_EQ(reel.shot(last).frames.back(), shown[last].truth);
}

TEST_F(Export, TheRealGameAloneIsShownOnce) {
    Stage stage(nullptr, make_game("bricks"));
    std::vector<Step> shown;
    {
        Play play(stage);
        LogWriter writer(log, stage.info());
        play.set_listener([&](const LogEvent& event, const Step& step) { writer.put(event), shown.push_back(step); });
        play.open(1, lanes({1, 5}));
        for (int i = 0; i < 5; ++i) play.advance({1u << 1}, lanes({1, 5}));
    }
    auto reel = [&](const ReelPlan& plan) {
        Play play(stage);
        Watch watch(read_session_log(log), {}, stage.info());
        return *Reel::walk(watch, play, stage.info(), plan, [](double) {});
    };
    Reel alone = reel({});
    ASSERT_EQ(alone.list().columns.size(), 1u);
    EXPECT_EQ(alone.list().columns[0].name, "Truth");
    ExportPlan plan = plan_of(out / "pictures", std::nullopt);
    plan.style = bare(1);
    EXPECT_TRUE(write(plan, alone));
    EXPECT_EQ(load_png(plan.file / "frame-000004.png"), shown[4].truth);
    EXPECT_TRUE(write(plan_of(out / "a.gif", ClipFormat::gif), alone));
    EXPECT_TRUE(contains(error_of([&] { reel(stretch(0, last_step, {}, false)); }), "shows the real game alone"));
}

}  // namespace
}  // namespace drift
