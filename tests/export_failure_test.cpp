// Exports that fail or are stopped: one sentence, nothing half written, and what was there before as it was.
#include <fstream>

#include "export_room.h"
#include "media/export.h"

namespace drift {
namespace {

TEST_F(Export, WhatIsThereIsWrittenOverOnlyWhenAsked) {
    play_two_lanes(log);
    Reel reel = reel_of(log, stretch(0, 3));
    ExportPlan clip = plan_of(out / "a.mp4", ClipFormat::mp4), pictures = plan_of(out / "pictures", std::nullopt);
    EXPECT_TRUE(write(clip, reel));
    EXPECT_TRUE(write(pictures, reel));
    auto before = contents(out);
    EXPECT_TRUE(contains(error_of([&] { write(clip, reel); }), "a.mp4: already exists; use --force to overwrite"));
    EXPECT_TRUE(contains(error_of([&] { write(pictures, reel); }), "pictures: is a folder with something in it"));
    EXPECT_TRUE(contains(error_of([&] { check_free(plan_of(out / "a.mp4", std::nullopt)); }),
                         "expected a folder for the pictures, found a file"));
    pictures.over = clip.over = true;
    EXPECT_TRUE(contains(error_of([&] { check_free(plan_of(out / "pictures", ClipFormat::gif)); }),
                         "expected a file or nothing yet, found something else"));
    EXPECT_EQ(contents(out), before);
    std::ofstream(out / "pictures" / "notes.txt") << "mine";
    Reel shorter = reel_of(log, stretch(0, 1));
    EXPECT_TRUE(write(clip, shorter));
    EXPECT_TRUE(write(pictures, shorter));
    EXPECT_EQ(read_clip(clip.file).frames, 2);
    EXPECT_EQ(contents(out / "pictures").size(), 3u);  // none of the longer export stays among the two; the notes do
    EXPECT_EQ(bytes_of(out / "pictures" / "notes.txt"), "mine");
}

TEST_F(Export, AMissingCodecAndAMissingFolderAreSaid) {
    play_two_lanes(log);
    Reel reel = reel_of(log, stretch(0, 3));
    for (int f = 0; f < 4; ++f) {
        ExportPlan plan = plan_of(out / endings[f], formats[f]);
        plan.encoders = {"h266", "none"};
        EXPECT_TRUE(contains(error_of([&] { write(plan, reel); }), "this FFmpeg has no encoder h266 or none"))
            << endings[f];
        EXPECT_TRUE(contains(error_of([&] { write(plan_of(out / "none" / endings[f], formats[f]), reel); }),
                             "cannot be written (No such file or directory)"))
            << endings[f];
    }
    EXPECT_TRUE(contains(error_of([&] { write(plan_of(out / "none" / "pictures", std::nullopt), reel); }),
                         "cannot be made (No such file or directory)"));
    EXPECT_TRUE(contents(out).empty());
    ExportPlan second = plan_of(out / "a.mp4", ClipFormat::mp4);
    second.encoders = {"none", "mpeg4"};
    EXPECT_TRUE(write(second, reel));
    EXPECT_EQ(read_clip(second.file).frames, 4);
}

// What an export that does not come to its end leaves: nothing, and of an earlier one all. `fail` gets a plan to begin and is to see it fail.
template <class Fail>
void expect_as_before(const fs::path& log, const fs::path& out, Fail fail) {
    play_two_lanes(log);
    Reel reel = reel_of(log, stretch(18, 26));
    for (bool over : {false, true}) {
        if (over) {
            EXPECT_TRUE(write(plan_of(out / "pictures", std::nullopt), reel_of(log, stretch(1, 3))));
            for (const char* ending : endings) std::ofstream(out / ending) << "an earlier one";
        }
        auto before = contents(out);
        for (int f = 0; f < 5; ++f) {
            ExportPlan plan = f < 4 ? plan_of(out / endings[f], formats[f]) : plan_of(out / "pictures", std::nullopt);
            plan.over = over;
            fail(plan, reel);
            EXPECT_EQ(contents(out), before) << plan.file;
        }
    }
}

TEST_F(Export, AStopLeavesEverythingAsItWas) {
    expect_as_before(log, out, [](const ExportPlan& plan, const Reel& reel) {
        std::stop_source stop;
        EXPECT_FALSE(write_export(
            plan, reel.list(), [&](std::size_t i) { return reel.shot(i); },
            [&](double part) {
                if (part > 0.6) stop.request_stop();
            },
            stop.get_token()));
    });
    PurePlayRoom room;
    Watch watch(read_session_log(log), {}, room.stage.info());
    std::stop_source stop;
    EXPECT_FALSE(Reel::walk(
        watch, room.play, room.stage.info(), {}, [&](double) { stop.request_stop(); }, stop.get_token()));
}

TEST_F(Export, AFullDiskLeavesEverythingAsItWas) {
    expect_as_before(log, out, [](const ExportPlan& plan, const Reel& reel) {
        EXPECT_EQ(0, with_file_limit(1000,
                                     [&] {
                                         std::string sentence = error_of([&] { write(plan, reel); });
                                         return contains(sentence, plan.file.filename().string()) &&
                                                        contains(sentence, "File too large")
                                                    ? 0
                                                    : 1;
                                     }))
            << plan.file;
    });
}

}  // namespace
}  // namespace drift
