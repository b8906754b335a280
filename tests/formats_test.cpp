// Files outlive the program that wrote them: older ones still load, nothing in them depends on what a struct looks like in memory, and what
// they say is made legal where it is read.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "core/error.h"
#include "play_room.h"
#include "scratch_folder.h"
#include "session/log/log_writer.h"
#include "session/log/moment.h"
#include "session/log/replay.h"
#include "session/log/state_file.h"
#include "session/log/value_bytes.h"

namespace drift {
namespace {

// Written by the program of before: two lanes, the second with 7 steps and a list of sigmas; open 7, 24 steps, a state after the 20th, back
// to 12, 6 steps with noise of their own and the second lane as the main one, lane 0 back to the truth, the state, 4 steps.
const std::filesystem::path formats = "tests/formats";  // tests run in the project folder

Direction two_lanes() {
    Direction two = lanes({0, 0.1f});
    two.lanes[1].settings.steps = 7;
    two.lanes[1].settings.schedule = Schedule::list;
    two.lanes[1].settings.sigma_list = {4, 0.5f, 0.01f};
    return two;
}

Step played_to_20(PurePlayRoom& room) {
    Step step = room.play.open(7, two_lanes());
    for (std::uint64_t i = 1; i <= 20; ++i)
        step = room.play.advance({i % 5 < 2 ? 1u << 1 : i % 7 == 3 ? 1u << 2 : 0, 0, 0}, two_lanes());
    return step;
}

TEST(Formats, AStateOfVersion2IsTheMomentThatItWas) {
    PurePlayRoom room;
    const Step now = played_to_20(room);
    const StageState state = room.stage.save();
    const Moment then = read_state(formats / "moment_2.state", room.stage.info());
    ASSERT_EQ(then.step.lanes.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(then.step.lanes[i].frame, now.lanes[i].frame);
        EXPECT_EQ(then.step.lanes[i].settings, now.lanes[i].settings);
        for (const DriftMeasure& measure : drift_measures()) {
            if (measure.value == &Drift::moving_psnr) continue;  // nobody measured it then
            double a = then.step.lanes[i].drift.*measure.value, b = now.lanes[i].drift.*measure.value;
            EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << measure.name << ": " << a << ", " << b;
        }
        EXPECT_EQ(then.state.lanes[i].history, state.lanes[i].history);
    }
    EXPECT_EQ(then.step.truth, now.truth);
    EXPECT_EQ(then.step.action, now.action);
    EXPECT_EQ(then.state.truth, state.truth);
    EXPECT_EQ(then.state.game, state.game);
    EXPECT_EQ(then.state.opening.sharpness, state.opening.sharpness);
    EXPECT_EQ(then.state.opening.colours, state.opening.colours);
    EXPECT_EQ(then.state.path, 0u) << "nobody wrote it down then";
    PurePlayRoom other;
    other.play.load(formats / "moment_2.state");
    EXPECT_EQ(other.play.advance({1u << 1}, two_lanes()).lanes[1].frame,
              room.play.advance({1u << 1}, two_lanes()).lanes[1].frame);
}

TEST(Formats, ALogOfVersion2ReplaysToItsLastByte) {
    SessionLog log = read_session_log(formats / "session_2.driftlog");
    EXPECT_EQ(log.warning, "");
    ASSERT_EQ(log.events.size(), 38u);
    PurePlayRoom room;
    for (std::size_t i = 0; i < log.events.size(); ++i)
        EXPECT_FALSE(difference(log.events[i], replay(room.play, log.events[i]))) << i;
}

TEST(Formats, AMomentKeepsAllThatItHas) {
    PurePlayRoom room;
    played_to_20(room);
    Moment moment = room.play.now();
    double value = 1;
    for (const DriftMeasure& measure : drift_measures()) moment.step.lanes[1].drift.*measure.value = value++;
    moment.step.action = {3, -7, 1234};
    moment.step.truth_lost = "the emulator has ended";
    moment.state.truth_lost = "the emulator has ended too";
    moment.state.path = 42;
    moment.step.truth_outcome = GameOutcome{-2, true, true, false, 3};
    moment.step.lanes[1].agreement = {9, 5, 4, 3, 2};
    moment.state.lanes[0].agreement = {8, 1, 0, 1, 1};
    const auto bytes = to_bytes(moment);
    const Moment again = moment_of_bytes(bytes);
    EXPECT_EQ(to_bytes(again), bytes);
    EXPECT_EQ(again.step.action, moment.step.action);
    EXPECT_EQ(again.step.truth_lost, moment.step.truth_lost);
    EXPECT_EQ(again.state.truth_lost, moment.state.truth_lost);
    EXPECT_EQ(again.state.path, 42u);
    ASSERT_TRUE(again.step.truth_outcome);
    EXPECT_EQ(again.step.truth_outcome->reward, -2);
    EXPECT_TRUE(again.step.truth_outcome->end && again.step.truth_outcome->life_lost &&
                !again.step.truth_outcome->rare);
    EXPECT_EQ(again.step.truth_outcome->lives, 3);
    EXPECT_EQ(again.step.lanes[1].agreement, moment.step.lanes[1].agreement);
    EXPECT_EQ(again.state.lanes[0].agreement, moment.state.lanes[0].agreement);
    value = 1;
    for (const DriftMeasure& measure : drift_measures())
        EXPECT_EQ(again.step.lanes[1].drift.*measure.value, value++) << measure.name;
}

// A measure that is added to Drift, or a setting to SamplerSettings, and not to the lists that files are written from, would be lost in them.
TEST(Formats, EveryMeasureAndEverySettingIsWritten) {
    EXPECT_EQ(sizeof(Drift), drift_measures().size() * sizeof(double)) << "a measure is missing in drift_measures()";
    SamplerSettings settings;
    settings.upsampler.emplace_back();
    {
        // Does not compile with another number of members: add the new one to setting_fields() and here.
        auto& [solver, steps, schedule, sigma_min, sigma_max, rho, sigma_list, start_at_sigma_max, start_scale,
               start_centre, s_churn, s_tmin, s_tmax, s_noise, context_noise, quantise, action_guidance,
               history_guidance, history_noise, auto_guidance, noise_variation, upsampler] = settings;
        EXPECT_EQ(setting_fields().size(), 21u) << "one for each member but the upsampler";
        solver = Solver::heun, steps = 9, schedule = Schedule::list, sigma_min = 0.1f, sigma_max = 3, rho = 5,
        sigma_list = {3, 1}, start_at_sigma_max = true, start_scale = 0.5f;
        start_centre = 0.25f, s_churn = 2, s_tmin = 0.5f, s_tmax = 9, s_noise = 1.5f, context_noise = 0.125f,
        quantise = false;
        action_guidance = 2, history_guidance = 3, history_noise = 0.5f, auto_guidance = 1.5f, noise_variation = 7;
        upsampler.front().steps = 4;
    }
    const SamplerSettings defaults;
    for (const SettingField& field : setting_fields())
        EXPECT_NE(setting_text(settings, field), setting_text(defaults, field))
            << field.name << " reads no member, or another's";
    ByteWriter out;
    put(out, settings);
    ByteReader in(out.bytes);
    EXPECT_EQ(get_settings(in), settings);
}

TEST(Formats, SettingsOfAFileAreMadeLegalWhereTheyAreRead) {
    for (int steps : {0, -3, 1'000'000'000}) {
        SamplerSettings settings;
        settings.steps = steps;
        settings.start_scale = 1e30f;
        settings.upsampler.emplace_back().steps = steps;
        ByteWriter out;
        put(out, settings);
        ByteReader in(out.bytes);
        const SamplerSettings read = get_settings(in);
        EXPECT_EQ(read, clamped(settings));
        EXPECT_LE(read.steps, 64);
        EXPECT_GE(read.upsampler.front().steps, 1);
    }
    // Through a state and through a log as well: there is one reader.
    ScratchFolder folder;
    PurePlayRoom room;
    Direction wild = lanes({1});
    wild.lanes[0].settings.start_centre = 77;
    {
        LogWriter writer(folder / "a.driftlog", room.stage.info());
        room.play.set_listener([&](const LogEvent& event, const Step&) { writer.put(event); });
        room.play.open(7, wild);
        room.play.save(folder / "a.state");
    }
    EXPECT_EQ(read_state(folder / "a.state", room.stage.info()).step.main_lane().settings.start_centre, 1);
    EXPECT_EQ(read_session_log(folder / "a.driftlog").events[0].direction->lanes[0].settings.start_centre, 1);
    Direction crowd = lanes({1});
    crowd.lanes.resize(4000, crowd.lanes[0]);
    ByteWriter out;
    put(out, crowd);
    ByteReader in(out.bytes);
    EXPECT_THROW(get_direction(in), Error);
}

TEST(Formats, AMomentOfALaterVersionIsRefusedInWords) {
    PurePlayRoom room;
    played_to_20(room);
    auto bytes = to_bytes(room.play.now());
    bytes[7] = 9;
    try {
        moment_of_bytes(bytes);
        ADD_FAILURE() << "no Error was thrown";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("version 9"), std::string::npos) << error.what();
    }
}

}  // namespace
}  // namespace drift
