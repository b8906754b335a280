// A real game that fails takes the truth with it and nothing else: dreams, time, recordings and logs go on, and the truth can come back.
#include <gtest/gtest.h>

#include <random>

#include "frail_room.h"
#include "scratch_folder.h"
#include "session/log/replay.h"
#include "session/log/scribe.h"
#include "theatre.h"

namespace drift {
namespace {

using enum Command::Kind;

TEST(LostTruth, DreamsGoOnByteForByteWhereverTheGameFails) {
    PurePlayRoom whole;
    std::vector<Step> expected{whole.play.open(4, lanes({1, 5}))};
    for (int i = 1; i <= 12; ++i) expected.push_back(whole.play.advance(key(i), lanes({1, 5})));
    int calls = 0;
    {
        FrailRoom room;
        room.play.open(4, lanes({1, 5}));
        for (int i = 1; i <= 12; ++i) room.play.advance(key(i), lanes({1, 5}));
        calls = room.fate->calls;
    }
    ASSERT_GT(calls, 60);
    for (int at = 0; at < calls; ++at) {
        FrailRoom room;
        room.play.open(4, lanes({1, 5}));
        if (at < room.fate->calls) continue;  // the opening's own: below
        room.fate->fails_at = at;
        bool lost = false;
        for (int i = 1; i <= 12; ++i) {
            Step step = room.play.advance(key(i), lanes({1, 5}));
            const Step& then = expected[static_cast<std::size_t>(i)];
            ASSERT_EQ(step.lanes.size(), 2u);
            for (std::size_t k = 0; k < 2; ++k)
                ASSERT_EQ(step.lanes[k].frame, then.lanes[k].frame) << "call " << at << ", step " << i;
            lost = lost || !step.truth_lost.empty();
            if (lost) {
                EXPECT_NE(step.truth_lost.find("the emulator has ended"), std::string::npos) << step.truth_lost;
                EXPECT_EQ(step.truth_lost.find('\n'), std::string::npos);
                EXPECT_FALSE(room.stage.game());
            } else {
                EXPECT_EQ(step.truth, then.truth);
            }
        }
        EXPECT_TRUE(lost) << at;
        EXPECT_EQ(room.play.recall(3).lanes[0].frame, expected[3].lanes[0].frame);
        EXPECT_EQ(room.play.advance(key(4), lanes({1, 5})).lanes[1].frame, expected[4].lanes[1].frame);
    }
}

TEST(LostTruth, ComesBackByTheActionsSinceTheOpeningAndIsTheSame) {
    PurePlayRoom whole;
    FrailRoom room;
    for (Play* play : {&whole.play, &room.play}) {
        play->open(9, lanes({1}));
        for (int i = 1; i <= 7; ++i) play->advance(key(i), lanes({1}));
        play->recall(3);
        for (int i = 4; i <= 20; ++i) play->advance(key(i + 1), lanes({1}));
    }
    room.fate->fails_at = room.fate->calls;
    whole.play.advance(key(2), lanes({1}));
    EXPECT_FALSE(room.play.advance(key(2), lanes({1})).truth_lost.empty());
    for (int i = 0; i < 4; ++i) whole.play.advance(key(i), lanes({1})), room.play.advance(key(i), lanes({1}));
    EXPECT_FALSE(room.play.resync(0));
    Step back = room.play.restart_truth();
    EXPECT_EQ(back.truth_lost, "");
    EXPECT_EQ(back.truth, whole.play.now().step.truth);
    EXPECT_EQ(room.stage.save().truth, whole.stage.save().truth);
    EXPECT_EQ(room.stage.save().game, whole.stage.save().game);
    EXPECT_EQ(room.play.now().step.truth, back.truth) << "it is kept with the moment";
    Step a = whole.play.advance(key(1), lanes({1})), b = room.play.advance(key(1), lanes({1}));
    EXPECT_EQ(a.truth, b.truth);
    EXPECT_EQ(a.main_lane().drift.psnr, b.main_lane().drift.psnr);
    EXPECT_EQ(a.main_lane().frame, b.main_lane().frame);
}

TEST(LostTruth, ComesBackWhereTimeWasTurnedBackToBeforeTheFailure) {
    FrailRoom room;
    std::vector<Step> seen{room.play.open(9, lanes({1}))};
    for (int i = 1; i <= 6; ++i) seen.push_back(room.play.advance(key(i), lanes({1})));
    room.fate->fails_at = room.fate->calls;
    room.play.advance(key(7), lanes({1}));
    Step past = room.play.recall(4);
    EXPECT_EQ(past.truth, seen[4].truth) << "what was seen then";
    EXPECT_FALSE(past.truth_lost.empty()) << "the game is not there all the same";
    EXPECT_EQ(room.play.restart_truth().truth, seen[4].truth);
    EXPECT_EQ(room.play.advance(key(5), lanes({1})).truth, seen[5].truth);
}

TEST(LostTruth, IsSaidNotToComeBackWhereNobodyKnowsHow) {
    ScratchFolder folder;
    FrailRoom room;
    auto sentence = [&]() -> std::string {
        try {
            room.play.restart_truth();
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_NE(sentence().find("nothing has been played"), std::string::npos);
    room.play.open(9, lanes({1}));
    for (int i = 1; i <= 6; ++i) room.play.advance(key(i), lanes({1}));
    room.fate->fails_at = room.fate->calls, room.fate->revives = false;
    room.play.advance(key(7), lanes({1}));
    EXPECT_NE(sentence().find("has ended"), std::string::npos);
    FrailRoom other;  // it has the moment, and not the actions that led to it
    other.play.open(1, lanes({1}));
    Step loaded = other.play.load(room.play.timeline().at(room.play.cursor()));
    EXPECT_FALSE(loaded.truth_lost.empty());
    EXPECT_FALSE(other.play.advance({}, lanes({1})).main_lane().frame.empty());
    try {
        other.play.restart_truth();
        ADD_FAILURE() << "no Error was thrown";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("not known"), std::string::npos) << error.what();
    }
    EXPECT_EQ(other.play.open(2, lanes({1})).truth_lost, "") << "an opening begins the game again";
}

// What is kept of a play whose game has failed, a state or a session that begins there, has the actions with it.
TEST(LostTruth, ComesBackToWhoeverGoesOnFromThere) {
    ScratchFolder folder;
    PurePlayRoom whole;
    FrailRoom room;
    for (Play* play : {&whole.play, &room.play}) {
        play->open(9, lanes({1}));
        for (int i = 1; i <= 6; ++i) play->advance(key(i), lanes({1}));
    }
    room.fate->fails_at = room.fate->calls, room.fate->revives = false;
    whole.play.advance(key(7), lanes({1})), room.play.advance(key(7), lanes({1}));
    room.play.save(folder / "lost.state");
    {
        Scribe scribe([](const std::string& sentence) { ADD_FAILURE() << sentence; });
        const Step now = room.play.now().step;
        scribe.set_log(std::make_unique<LogWriter>(folder / "a.driftlog", room.stage.info()), &room.play, &now);
        room.play.set_listener([&](const LogEvent& event, const Step& step) { scribe.hear(room.play, event, step); });
        for (int i = 8; i <= 12; ++i) room.play.advance(key(i), lanes({1}));
        room.play.set_listener({});
    }
    const Step then = whole.play.now().step;
    FrailRoom by_state, by_session;
    by_state.play.open(1, lanes({1}));
    EXPECT_FALSE(by_state.play.load(folder / "lost.state").truth_lost.empty());
    EXPECT_EQ(by_state.play.restart_truth().truth, then.truth);

    const SessionLog log = read_session_log(folder / "a.driftlog");
    ASSERT_EQ(log.events.size(), 6u);
    for (const LogEvent& event : log.events) replay(by_session.play, event);
    for (int i = 8; i <= 12; ++i) whole.play.advance(key(i), lanes({1}));
    EXPECT_EQ(by_session.play.restart_truth().truth, whole.play.now().step.truth);
}

TEST(LostTruth, AGameThatLiesIsLostToo) {
    FrailRoom room;
    room.play.open(9, lanes({1}));
    room.fate->small = true;
    Step step = room.play.advance({}, lanes({1}));
    EXPECT_NE(step.truth_lost.find("3x3"), std::string::npos) << step.truth_lost;
    EXPECT_TRUE(step.truth.empty());
}

TEST(LostTruth, AnOpeningThatTheGameCannotMakeIsTheWorlds) {
    FrailRoom room;
    room.fate->dead = true, room.fate->revives = false;
    Step step = room.play.open(9, lanes({1}));
    EXPECT_FALSE(step.truth_lost.empty());
    EXPECT_FALSE(step.main_lane().frame.empty());
    room.play.advance({}, lanes({1}));
    room.fate->revives = true;
    EXPECT_THROW(room.play.restart_truth(), Error) << "the game has another opening than the dream had";
}

TEST(LostTruth, WhereNothingIsDreamedTheFailureIsAllThereIs) {
    auto fate = std::make_shared<Fate>();
    Stage stage(nullptr, std::make_unique<FrailGame>("bricks", fate));
    Play play(stage);
    play.open(3, lanes({1}));
    Step before = play.advance({}, lanes({1}));
    fate->fails_at = fate->calls;
    EXPECT_THROW(play.advance({}, lanes({1})), Error);
    EXPECT_THROW(play.advance({}, lanes({1})), Error);
    EXPECT_EQ(play.restart_truth().truth, before.truth);
    EXPECT_EQ(play.advance({}, lanes({1})).index, 2u);
}

// By chance, anywhere, again and again: what is dreamed, gone back to, written down and read again is what it is without any game.
TEST(LostTruth, AtAnyMomentNothingElseIsLost) {
    ScratchFolder folder;
    std::mt19937 choice(3);
    int lost = 0, back = 0;
    for (int round = 0; round < 10; ++round) {
        FrailRoom room;
        PurePlayRoom whole;
        const auto file = folder / (std::to_string(round) + ".driftlog");
        std::vector<Step> shown;
        {
            LogWriter writer(file, room.stage.info());
            room.play.set_listener(
                [&](const LogEvent& event, const Step& step) { writer.put(event), shown.push_back(step); });
            room.play.open(static_cast<std::uint64_t>(round), lanes({1, 2}));
            whole.play.open(static_cast<std::uint64_t>(round), lanes({1, 2}));
            room.fate->random.seed(static_cast<unsigned>(round));
            room.fate->chance = 0.01;
            for (int i = 0; i < 60; ++i) {
                const auto what = choice() % 12;
                Step a, b;
                if (what == 0) {
                    const auto to = choice() % room.play.timeline().end();
                    a = room.play.recall(to), b = whole.play.recall(to);
                } else if (what == 1 && !room.stage.truth_lost().empty()) {
                    try {
                        a = room.play.restart_truth(), b = whole.play.now().step, ++back;
                        EXPECT_TRUE(!a.truth_lost.empty() || a.truth == b.truth) << round << ": " << i;
                    } catch (const Error&) {
                        continue;  // it fails by chance as it fails anywhere
                    }
                } else {
                    a = room.play.advance(key(i), lanes({1, 2})), b = whole.play.advance(key(i), lanes({1, 2}));
                    if (a.truth_lost.empty()) {
                        EXPECT_EQ(a.truth, b.truth) << round << ": " << i;
                    } else {
                        ++lost;
                    }
                }
                for (std::size_t k = 0; k < 2; ++k) ASSERT_EQ(a.lanes[k].frame, b.lanes[k].frame) << round << ": " << i;
            }
        }
        SessionLog log = read_session_log(file);
        ASSERT_EQ(log.events.size(), shown.size());
        PurePlayRoom again;  // with a game that is well
        for (std::size_t i = 0; i < log.events.size(); ++i)
            EXPECT_FALSE(difference(log.events[i], replay(again.play, log.events[i]))) << round << ": " << i;
    }
    EXPECT_GT(lost, 20);
    EXPECT_GT(back, 2);
}

TEST(LostTruth, IsSaidOnceAndAskedBackByACommand) {
    auto fate = std::make_shared<Fate>();
    Stage stage(std::make_unique<PureWorld>("bricks"), std::make_unique<FrailGame>("bricks", fate));
    std::vector<Step> shown;
    std::vector<std::string> warnings;
    Performance performance(
        stage, {}, [&](Step step) { shown.push_back(std::move(step)); },
        [&](std::string sentence) { warnings.push_back(std::move(sentence)); });
    performance.obey({set_seed, 7});
    performance.advance({}, {});
    fate->fails_at = fate->calls;
    for (int i = 0; i < 5; ++i) performance.advance({}, {});
    ASSERT_EQ(warnings.size(), 1u);
    EXPECT_NE(warnings[0].find("the emulator has ended"), std::string::npos) << warnings[0];
    performance.obey({restart_truth});
    EXPECT_EQ(shown.back().truth_lost, "");
    EXPECT_FALSE(shown.back().truth.empty());
}

}  // namespace
}  // namespace drift
