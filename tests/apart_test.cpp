// What reads in a process of its own: what it says arrives, and its crash is a sentence.
#include "data/imports/apart.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "core/error.h"
#include "made_imports.h"
#include "scratch_folder.h"

namespace drift {
namespace {

std::string why(const std::function<void(const Say&)>& work) {
    try {
        run_apart("some.file", work, [](std::string_view) {});
    } catch (const Error& error) {
        return error.what();
    }
    return "no Error";
}

TEST(Apart, WhatIsSaidArrivesInOrder) {
    std::string heard;
    run_apart(
        "some.file",
        [](const Say& say) {
            for (int i = 0; i < 100; ++i) say(std::string(static_cast<std::size_t>(i * 100), 'a') + std::to_string(i));
        },
        [&](std::string_view said) { heard += std::to_string(said.size()) + " "; });
    EXPECT_TRUE(heard.starts_with("1 101 201 ")) << heard;
    EXPECT_TRUE(heard.ends_with("9902 ")) << heard;
}

TEST(Apart, ErrorsAndCrashesAreSentences) {
    EXPECT_EQ(why([](const Say&) { throw Error("exactly this"); }), "exactly this");
    EXPECT_EQ(why([](const Say&) { std::raise(SIGKILL); }), "some.file: is damaged: what reads it crashes");
    EXPECT_EQ(why([](const Say&) { throw 7; }), "some.file: is damaged: what reads it crashes");
}

TEST(Apart, NothingIsWrittenThere) {
    ScratchFolder folder;
    run_apart(
        "some.file",
        [&](const Say& say) {
            std::signal(SIGXFSZ, SIG_IGN);
            std::ofstream out(folder / "written");
            out << "text" << std::flush;
            say(out.good() ? "written" : "refused");
        },
        [](std::string_view said) { EXPECT_EQ(said, "refused"); });
}

TEST(Apart, WhoeverHearsMayEndIt) {
    struct Enough {};
    EXPECT_THROW(run_apart(
                     "some.file",
                     [](const Say& say) {
                         for (;;) say("again");
                     },
                     [](std::string_view) { throw Enough{}; }),
                 Enough);
}

TEST(Apart, AnEpisodeComesThroughAsItIs) {
    struct Sink : EpisodeSink {
        std::vector<Frame> frames;
        std::vector<ImportedStep> steps;
        std::size_t expected = 0;
        void expect(std::size_t count) override { expected = count; }
        void frame(Frame frame) override { frames.push_back(std::move(frame)); }
        void step(const ImportedStep& step) override { steps.push_back(step); }
    } sink;
    read_apart(
        "some.file",
        [](EpisodeSink& to) {
            to.expect(2);
            to.frame(made_frame(1)), to.frame(made_frame(2));
            to.step({3, {5, -1.5, 2}, {0.25, 1}});
            to.step({});
        },
        sink);
    EXPECT_EQ(sink.expected, 2u);
    EXPECT_EQ(sink.frames, (std::vector<Frame>{made_frame(1), made_frame(2)}));
    ASSERT_EQ(sink.steps.size(), 2u);
    EXPECT_EQ(sink.steps[0].action, 3);
    EXPECT_EQ(sink.steps[0].held, (HeldStep{5, -1.5, 2}));
    EXPECT_EQ(sink.steps[0].more, (std::vector<double>{0.25, 1}));

    // What a child that went wrong may send.
    EXPECT_THROW(read_apart(
                     "some.file",
                     [](EpisodeSink& to) {
                         to.step({-1, {}, {}});
                     },
                     sink),
                 Error);
    EXPECT_THROW(read_apart(
                     "some.file",
                     [](EpisodeSink& to) {
                         Frame frame(2, 2);
                         frame.width = 200'000;
                         to.frame(frame);
                     },
                     sink),
                 Error);
}

}  // namespace
}  // namespace drift
