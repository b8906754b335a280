// A real game that is another program: its frames and states come through, and whatever it does wrong is one sentence after which it can begin anew.
#include "games/outside/outside_game.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <cmath>
#include <filesystem>
#include <random>
#include <thread>

#include "core/error.h"
#include "measure/drift_meter.h"
#include "measure/episodes.h"
#include "measure/perfect_dream.h"

namespace drift {
namespace {

OutsideProgram example() { return {"square", {"python3", "app/games/example.py"}}; }
OutsideProgram faulty(const std::string& how) { return {"faulty", {"python3", "tests/games/faulty.py", how}}; }
constexpr OutsidePatience short_patience{outside::Duration(20'000), outside::Duration(400)};

std::vector<std::uint8_t> picture(const Game& game) {
    Frame frame;
    game.render(frame);
    return frame.rgb;
}

// What is said when the game is stepped until it fails.
std::string failure_of(const std::string& how, int steps = 3) {
    OutsideGame game(faulty(how), short_patience);
    try {
        for (int i = 0; i < steps; ++i) game.step(1);
    } catch (const Error& error) {
        return error.what();
    }
    return "nothing";
}

void expect_said(const std::string& said, const std::string& part) { EXPECT_NE(said.find(part), said.npos) << said; }

TEST(OutsideGame, PlaysAndTellsWhereThingsAre) {
    OutsideGame game(example());
    EXPECT_EQ(game.info().name, "square");
    EXPECT_EQ(game.info().width, 64);
    EXPECT_EQ(game.info().actions.entries[2].keys, std::vector<std::string>{"Right"});
    game.reset(3);
    auto before = *game.probe().objects[0];
    EXPECT_EQ(before.x, 12);
    game.step(2);
    EXPECT_EQ(game.probe().objects[0]->x, before.x + 2);
    auto bytes = picture(game);
    EXPECT_EQ(bytes[(28 * 64 + 14) * 3], 255);
    EXPECT_EQ(bytes[(28 * 64 + 13) * 3], 0);
    EXPECT_EQ(game.outcome()->lives, std::nullopt);
    EXPECT_THROW(game.step(5), Error);
    game.step(2);
    EXPECT_EQ(game.probe().objects[0]->x, before.x + 4) << "a wrong action is refused here, and the game goes on";
}

TEST(OutsideGame, AStateBringsBackWhatWas) {
    for (const auto& program :
         {example(), faulty("plays")}) {  // one that saves itself, one whose actions are played again
        OutsideGame game(program);
        game.reset(5);
        for (int i = 0; i < 4; ++i) game.step(1);
        auto state = game.save();
        auto at_state = picture(game);
        for (int i = 0; i < 3; ++i) game.step(0);
        auto later = picture(game);
        game.load(state);
        EXPECT_EQ(picture(game), at_state);
        for (int i = 0; i < 3; ++i) game.step(0);
        EXPECT_EQ(picture(game), later);
        OutsideGame other(program);
        other.load(state);
        EXPECT_EQ(picture(other), at_state) << "another process of the same game";
        EXPECT_THROW(game.load({}), Error);
        std::vector<std::uint8_t> wrong{7, 1, 2};
        EXPECT_THROW(game.load(wrong), Error);
    }
}

TEST(OutsideGame, WhatItCannotDoIsAbsent) {
    OutsideGame game(faulty("plays"));
    EXPECT_TRUE(game.info().objects.empty() && game.info().judged().empty());
    Frame frame;
    game.render(frame);
    EXPECT_TRUE(game.probe(frame).objects.empty());
    EXPECT_TRUE(std::isnan(game.probe(frame).likeness));
    EXPECT_FALSE(game.expert_action());
    EXPECT_FALSE(game.obeyed({}, 0, {}));
    for (int i = 0; i < 4; ++i) game.step(1);
    EXPECT_TRUE(game.rare_event());
    EXPECT_EQ(game.outcome()->reward, 1.5f);
    EXPECT_EQ(game.outcome()->lives, 3);
}

TEST(OutsideGame, AnObjectThatIsInNeitherPictureIsNotOff) {
    OutsideGame game(example());
    Frame frame;
    game.render(frame);
    const auto error = [&](std::optional<Point> real, std::optional<Point> seen, bool other) {
        Probe truth, dream;
        truth.objects = {real}, dream.objects = {seen};
        if (other) truth.objects.push_back(Point{10, 10}), dream.objects.push_back(Point{12, 11});
        const Sight sight{frame, dream};
        return measure(sight, 0, sight, {&game, &frame, truth}, look_at(std::vector{frame}), nullptr).object_error;
    };
    EXPECT_EQ(error({}, {}, true), 2) << "that of the other one";
    EXPECT_TRUE(std::isnan(error({}, {}, false)));
    EXPECT_EQ(error(Point{1, 1}, {}, true), frame.width);
    EXPECT_EQ(error({}, Point{1, 1}, true), frame.width);
}

// It says where its square is; that a dream's is elsewhere or gone, nobody can tell.
TEST(OutsideGame, ObjectsThatNoPictureIsSearchedForAreNotJudged) {
    OutsideGame game(example());
    Frame frame;
    game.render(frame);
    const Sight black{Frame(64, 64), game.probe(Frame(64, 64))};
    EXPECT_EQ(judge(black.probe, game.probe(), 2), std::vector<std::optional<bool>>{std::nullopt});
    const TruthNow truth{&game, &frame, game.probe()};
    EXPECT_TRUE(std::isnan(measure(black, 0, black, truth, look_at(std::vector{frame}), nullptr).object_error));
    const PerfectDream score = perfect_dream(game, std::vector<ActionCode>(10, 1));
    ASSERT_EQ(score.within.size(), 1u);
    EXPECT_TRUE(std::isnan(score.within[0])) << score.within[0];
}

TEST(OutsideGame, EachFaultIsASentence) {
    expect_said(failure_of("hang"), "game faulty: it has not answered");
    expect_said(failure_of("crash"), "game faulty: it was ended by a signal (Aborted)");
    expect_said(failure_of("half"), "it ended with exit code 0");
    expect_said(failure_of("size"), "expected a frame of 16x16 pixels, 776 bytes in all, found 1208 (400 pixels in place of 256)");
    expect_said(failure_of("huge"), "expected a message of at most 16 MB, found 4294967295 bytes");
    expect_said(failure_of("fails"), "game faulty: ValueError: no such room");
    for (auto [how, said] : {std::pair{"at once", "it ended with exit code 3: sorry, no game today"},
                             {"speaks", "does it print to standard output?"},
                             {"hello", "expected a whole number \"width\" from 16 to 1024, found 100000"}}) {
        try {
            OutsideGame game(faulty(how));
            ADD_FAILURE() << how << " started";
        } catch (const Error& error) {
            expect_said(error.what(), said);
        }
    }
    try {
        OutsideGame game({"none", {"/nowhere/no-such-game"}});
        ADD_FAILURE();
    } catch (const Error& error) {
        expect_said(error.what(), "/nowhere/no-such-game: cannot be started: No such file or directory");
    }
}

TEST(OutsideGame, AfterAFaultItBeginsAnew) {
    OutsideGame game(faulty("crash"), short_patience);
    game.reset(1);
    auto opening = picture(game);
    EXPECT_THROW(for (int i = 0; i < 3; ++i) game.step(1), Error);
    EXPECT_EQ(game.process(), std::nullopt);
    EXPECT_THROW(game.step(1), Error) << "it does not go on elsewhere by itself";
    game.reset(1);
    EXPECT_EQ(picture(game), opening);
    EXPECT_TRUE(game.process());
}

TEST(OutsideGame, HasNoFileOfOursAndEndsWithUs) {
    auto said = failure_of("descriptors");
    expect_said(said, "open: 0 1 2");
    EXPECT_EQ(said.find("open: 0 1 2 "), said.npos) << said;
    pid_t process = 0;
    {
        OutsideGame game(example());
        process = *game.process();
        EXPECT_EQ(kill(process, 0), 0);
    }
    EXPECT_NE(kill(process, 0), 0);
}

TEST(OutsideGame, KilledAtAnyMomentItIsASentenceAndStartsAgain) {
    std::mt19937 random(1);
    OutsideGame game(example());
    for (int round = 0; round < 100; ++round) {
        game.reset(static_cast<std::uint64_t>(round));
        const pid_t process = *game.process();
        std::jthread killer([&, wait = random() % 2000] {
            std::this_thread::sleep_for(std::chrono::microseconds(wait));
            kill(process, SIGKILL);
        });
        try {
            for (int i = 0; i < 100000; ++i) {
                game.step(i % 5);
                if (i % 7 == 0) game.save();
            }
            ADD_FAILURE() << "it was not killed";
        } catch (const Error& error) {
            expect_said(error.what(), "game square: it was ended by a signal (Killed)");
        }
    }
}

}  // namespace
}  // namespace drift
