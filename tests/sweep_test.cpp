// Sweeps: settings crossed, work dealt out, and figures that do not depend on who did which part.
#include "measure/sweep.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "fake_world.h"
#include "games/policy.h"
#include "made_world.h"
#include "measure/paired.h"
#include "measure/sweep_table.h"

namespace drift {
namespace {

std::string why_not(const std::function<void()>& act) {
    try {
        act();
    } catch (const Error& e) {
        return e.what();
    }
    return "nothing was thrown";
}

TEST(SweepPoints, ValuesAreParsedAndCrossed) {
    auto scale = parse_axis("start-scale=0.50,1,2.0"), steps = parse_axis("steps=1,10");
    EXPECT_STREQ(scale.field->name, "start_scale");
    EXPECT_EQ(scale.values, (std::vector<std::string>{"0.5", "1", "2"}));
    SamplerSettings base;
    base.sigma_max = 7;
    auto points = cross(base, {scale, steps});
    ASSERT_EQ(points.size(), 6u);
    EXPECT_EQ(points[1].values, (std::vector<std::string>{"0.5", "10"}));
    EXPECT_EQ(points[1].settings.steps, 10);
    EXPECT_EQ(points[5].settings.start_scale, 2);
    EXPECT_EQ(points[5].settings.sigma_max, 7);
    EXPECT_EQ(point_name({scale, steps}, points[4]), "start_scale=2, steps=1");
    EXPECT_EQ(cross(base, {}).size(), 1u);
    EXPECT_EQ(parse_axis("sigma_list=5 0.3,2 1").values, (std::vector<std::string>{"5 0.3", "2 1"}));
}

TEST(SweepPoints, WhatIsNoSettingIsSaidInOneSentence) {
    EXPECT_NE(why_not([] { parse_axis("steps"); }).find("such as start_scale"), std::string::npos);
    EXPECT_NE(why_not([] { parse_axis("stepz=1"); }).find("expected one of the settings solver, steps"),
              std::string::npos);
    EXPECT_NE(why_not([] { parse_axis("steps=1,x"); }).find("expected a number, found \"x\""), std::string::npos);
    EXPECT_NE(why_not([] { parse_axis("steps=1,,3"); }).find("expected values"), std::string::npos);
    EXPECT_NE(why_not([] { parse_axis("steps="); }).find("expected values"), std::string::npos);
    EXPECT_NE(why_not([] { parse_axis("start_scale=1,1.0"); }).find("found 1 twice"), std::string::npos);
    EXPECT_NE(why_not([] {
                  cross({}, {parse_axis("steps=1,2"), parse_axis("steps=3")});
              }).find("steps twice"),
              std::string::npos);
    EXPECT_NE(
        why_not([] { cross({}, {parse_axis("steps=1,100")}); }).find("steps=100 that are not (steps must be 1 to 64"),
        std::string::npos);
}

TEST(SweepUnits, EveryEpisodeOfEveryPointIsDoneOnceByOneShard) {
    auto points = cross({}, {parse_axis("steps=10,1,3"), parse_axis("start_scale=1,2")});
    auto units = sweep_units(points, 40, 16);
    ASSERT_EQ(units.size(), 18u);
    EXPECT_TRUE(std::is_sorted(units.begin(), units.end(), [](auto& a, auto& b) { return a.calls < b.calls; }));
    std::vector<int> done(points.size() * 40);
    std::vector<double> cost(4);
    for (int s = 1; s <= 4; ++s)
        for (std::size_t u = 0; u < units.size(); ++u)
            if (parse_shard(std::to_string(s) + "/4").has(u)) {
                for (int e = units[u].first; e < units[u].first + units[u].count; ++e)
                    ++done[static_cast<std::size_t>(units[u].point * 40 + e)];
                cost[static_cast<std::size_t>(s - 1)] += units[u].calls * units[u].count;
            }
    EXPECT_EQ(done, std::vector<int>(done.size(), 1));
    auto [least, most] = std::minmax_element(cost.begin(), cost.end());
    EXPECT_LT(*most - *least, 320);  // of 4,480 in all; a dear unit is 160
    EXPECT_EQ((SweepUnit{2, 16, 16, 1}.name()), "point-003-episodes-0017-0032");
    for (const char* none : {"0/4", "5/4", "1", "1/", "/4", "1/4x", "a/b", "-1/4", "1/0", ""})
        EXPECT_THROW(parse_shard(none), Error) << none;
}

struct SweepPlay : testing::Test {
    EvaluationOptions options;
    std::vector<const Game*> real;  // the games beside the dreams
    void SetUp() override {
        options.horizons = {1, 4, 20};
        options.make_game = [this] {
            auto game = make_game("bricks");
            real.push_back(game.get());
            return game;
        };
        options.make_policy = [](std::uint64_t seed) {
            return [policy = rollout_policy(seed)](const Game& game) mutable { return policy.act(game); };
        };
    }
    Sweep make_sweep(const std::vector<const char*>& varied, int episodes, int batch) {
        Sweep sweep;
        for (const char* text : varied) sweep.axes.push_back(parse_axis(text));
        sweep.points = cross({}, sweep.axes);
        sweep.units = sweep_units(sweep.points, episodes, batch);
        sweep.horizons = options.horizons;
        sweep.objects = {"ball", "paddle"};
        return sweep;
    }
    std::vector<EpisodeRecord> play(WorldModel& world, const Sweep& sweep, std::size_t u) {
        const SweepUnit& unit = sweep.units[u];
        options.settings = sweep.points[static_cast<std::size_t>(unit.point)].settings;
        real.clear();
        return play_episodes(world, options, unit.first, unit.count);
    }
};

// As a cluster does it: the shards in any order, each from a fresh world, put together afterwards.
TEST_F(SweepPlay, ShardsPutTogetherEqualTheWholeBitForBit) {
    auto sweep = make_sweep({"start_scale=0.5,4", "steps=1,3"}, 5, 2);
    auto table_of = [&](const std::vector<const char*>& shards) {
        std::vector<std::vector<EpisodeRecord>> done(sweep.units.size());
        for (const char* shard : shards) {
            FakeWorld world("bricks");
            for (std::size_t u = 0; u < sweep.units.size(); ++u)
                if (parse_shard(shard).has(u)) done[u] = play(world, sweep, u);
        }
        return sweep_table(sweep, done);
    };
    auto whole = table_of({"1/1"}), merged = table_of({"3/3", "1/3", "2/3"});
    ASSERT_EQ(whole.rows.size(), 12u);
    EXPECT_EQ(whole.rows[0].episodes, 5);
    for (std::size_t r = 0; r < whole.rows.size(); ++r)
        for (std::size_t c = 0; c < whole.columns.size(); ++c)
            for (auto part : {&Estimate::value, &Estimate::low, &Estimate::high}) {
                double a = whole.rows[r].estimates[c].*part, b = merged.rows[r].estimates[c].*part;
                EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << whole.columns[c];
            }
    EXPECT_EQ(to_csv(sweep, whole), to_csv(sweep, merged));
    // Less start noise over more steps: the fake world's grain is finer, with the same keys and the same noise.
    auto psnr_at_1 = [&](int point) {
        return whole.rows[static_cast<std::size_t>(3 * point)].estimates[*whole.column("psnr")].value;
    };
    EXPECT_GT(psnr_at_1(1), psnr_at_1(0));
    EXPECT_GT(psnr_at_1(0), psnr_at_1(2));
}

TEST_F(SweepPlay, EveryPointIsPlayedWithTheSameKeysOpeningsAndNoise) {
    struct Asked {
        std::uint64_t seed, step;
        std::uint32_t lane;
        ActionCode action;
        bool operator==(const Asked&) const = default;
    };
    std::vector<std::vector<Asked>> asked;
    std::vector<Frame> openings;
    MadeWorld world;
    world.make = [&](const DreamRequest& r, std::size_t) {
        asked.back().push_back({r.seed, r.step, r.lane, r.action});
        if (r.step == 1) openings.push_back(r.history->frames.back());
        return Frame(64, 64);
    };
    auto sweep = make_sweep({"steps=1,5"}, 3, 3);
    for (std::size_t u = 0; u < sweep.units.size(); ++u) asked.emplace_back(), play(world, sweep, u);
    ASSERT_EQ(asked.size(), 2u);
    EXPECT_EQ(asked[0], asked[1]);
    for (std::size_t e = 0; e < 3; ++e) EXPECT_EQ(openings[e], openings[3 + e]);
    EXPECT_NE(openings[0], openings[1]);
    EXPECT_EQ(asked[0][4].seed, options.seed + 1);
    EXPECT_EQ(asked[0][4].step, 2u);
    EXPECT_EQ(asked[0][4].lane, 0u);
}

// Episode 2 of four is grey from step 4 on, the others are the truth.
TEST_F(SweepPlay, TheTableSaysWhatHappened) {
    MadeWorld world;
    world.make = [&](const DreamRequest& request, std::size_t i) {
        Frame frame;
        real[i]->render(frame);
        if (request.seed == options.seed + 1 && request.step >= 4)
            std::fill(frame.rgb.begin(), frame.rgb.end(), std::uint8_t{90});
        return frame;
    };
    auto sweep = make_sweep({"steps=2"}, 4, 3);
    std::vector<std::vector<EpisodeRecord>> done;
    for (std::size_t u = 0; u < sweep.units.size(); ++u) done.push_back(play(world, sweep, u));
    auto table = sweep_table(sweep, done);
    auto at = [&](std::size_t row, const char* name) { return table.rows[row].estimates[*table.column(name)]; };
    EXPECT_EQ(at(0, "psnr").value, psnr_ceiling);
    EXPECT_EQ(at(0, "ssim").low, 1);
    EXPECT_EQ(at(0, "within_1px_all").value, 1);
    EXPECT_EQ(at(0, "collapsed_so_far").value, 0);
    EXPECT_EQ(at(1, "collapsed_so_far").value, 0.25);
    EXPECT_EQ(at(2, "collapsed_so_far").value, 0.25);
    EXPECT_EQ(at(1, "within_1px_ball").value, 0.75);
    EXPECT_EQ(at(1, "within_1px_all").value, 0.75);
    EXPECT_EQ(at(1, "obeyed_so_far").value, (3 + 0.75) / 4);
    EXPECT_EQ(at(2, "obeyed").value, 1);  // of those that can be told
    EXPECT_EQ(done[0][1].off_step, 4);
    EXPECT_EQ(at(0, "off_step").value, 21);  // the median: not off up to 20
    EXPECT_LT(at(2, "off_step").low, 21);
    EXPECT_LT(at(2, "psnr").low, at(2, "psnr").value);
    // Of a game whose pictures nobody can read.
    for (auto& unit : done)
        for (EpisodeRecord& record : unit)
            for (HorizonRecord& horizon : record.at) {
                horizon.obeyed = horizon.readable = 0;
                for (auto& right : horizon.within) right.reset();
            }
    const auto blind = sweep_table(sweep, done);
    for (const char* column : {"within_1px_ball", "within_1px_all", "obeyed_so_far", "off_step"})
        EXPECT_TRUE(std::isnan(blind.rows[1].estimates[*blind.column(column)].value)) << column;
    EXPECT_FALSE(std::isnan(blind.rows[1].estimates[*blind.column("psnr")].value));
    EXPECT_FALSE(table.column("main_psnr"));

    auto csv = to_csv(sweep, table);
    EXPECT_EQ(csv.substr(0, 43), "steps,horizon,episodes,psnr,psnr_lo,psnr_hi");
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 4);
    EXPECT_NE(csv.find("\n2,1,4,60,60,60,60,60,60,1,1,1,"), std::string::npos) << csv;
    EXPECT_EQ(std::count(csv.begin(), csv.begin() + static_cast<std::ptrdiff_t>(csv.find('\n')), ','),
              2 + 3 * static_cast<int>(table.columns.size()));
}

TEST(SweepTable, UnknownValuesAreLeftOutAndAllUnknownIsEmpty) {
    std::vector<EpisodeRecord> records(3);
    for (auto& record : records) record.at.resize(1);
    records[0].at[0].drift.psnr = 20, records[2].at[0].drift.psnr = 30;
    Sweep sweep{{}, cross({}, {}), {}, {7}, {}};
    sweep.units = sweep_units(sweep.points, 4, 3);
    auto table = sweep_table(sweep, {records, {}});
    EXPECT_EQ(table.rows[0].estimates[*table.column("psnr")].value, 25);
    EXPECT_TRUE(std::isnan(table.rows[0].estimates[*table.column("ssim")].value));
    auto csv = to_csv(sweep, table);
    EXPECT_EQ(csv.substr(csv.find('\n') + 1, 17), "7,3,25,20,30,,,,,");
    EXPECT_TRUE(sweep_table(sweep, {{}, {}}).rows.empty());
}

// The means of 20, 21 and 100 dB against 10, 13 and 88 dB are far apart and unsure; the differences of 10, 8 and 12 dB are not.
TEST(PairedPoints, AreComparedEpisodeByEpisode) {
    EpisodesByNumber those, others;
    const auto put = [](EpisodesByNumber& into, int number, double psnr) {
        into[number].at.resize(2);
        into[number].at[1].drift.psnr = psnr;
    };
    put(those, 0, 20), put(those, 2, 21), put(those, 5, 100), put(those, 6, 7);
    put(others, 0, 10), put(others, 1, 50), put(others, 2, 13), put(others, 5, 88);
    EXPECT_EQ(pairs_of(those, others), 3u);
    const Estimate gain = paired_gain(those, others, 1);
    EXPECT_DOUBLE_EQ(gain.value, 10) << "of the three that both have";
    EXPECT_GE(gain.low, 8);
    EXPECT_LE(gain.high, 12);
    EXPECT_TRUE(std::isnan(paired_gain({}, others, 1).value));
}

TEST(PairedPoints, ACounterpartIsFoundByItsNameAndWhatIsTheSame) {
    Sweep sweep{{parse_axis("start_scale=0,1,5"), parse_axis("steps=1,3")}, {}, {}, {7}, {}};
    sweep.points = cross({}, sweep.axes);
    EXPECT_EQ(counterpart(sweep, 5, sweep, parse_point("start_scale=1")), 3u) << "the same steps";
    EXPECT_EQ(counterpart(sweep, 4, sweep, parse_point("start_scale=0,steps=3")), 1u);
    EXPECT_EQ(counterpart(sweep, 4, sweep, parse_point("start_scale=2")), std::nullopt);
    Sweep other{{parse_axis("steps=1,10")}, {}, {}, {7}, {}};
    other.points = cross({}, other.axes);
    EXPECT_EQ(counterpart(sweep, 2, other, {}), 0u) << "another sweep, the same steps";
    EXPECT_EQ(counterpart(sweep, 3, other, {}), std::nullopt);
    EXPECT_EQ(why_not([&] { counterpart(other, 0, sweep, {}); }),
              "start_scale: expected a value of it to compare with, found none");
    EXPECT_NE(why_not([] { parse_point("steps=1,nothing=3"); }).find("found \"nothing\""), std::string::npos);
}

}  // namespace
}  // namespace drift
