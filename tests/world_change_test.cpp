// Another world while one plays: it begins as the first one did, what was told to the one before is not told to it, and where it does not open nothing changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "controls.h"
#include "core/error.h"
#include "core/tracks.h"
#include "fake_world.h"
#include "scratch_folder.h"
#include "session/generation.h"

namespace drift {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// A recording that is only counted.
struct Counted {
    std::atomic<int> frames = 0, finished = 0;
};
class CountingSink : public TrackSink {
public:
    explicit CountingSink(Counted& counted) : counted_(counted) {}
    void add(std::size_t, std::int64_t, const Frame&) override { ++counted_.frames; }
    void finish() override { ++counted_.finished; }
    std::int64_t bytes() const override { return counted_.frames; }

private:
    Counted& counted_;
};

// The thread, and what a player sees of it. A world is named by its game; any other name does not open.
struct Worlds {
    ScratchFolder folder;
    Counted counted;
    int logs = 0;                    // that were begun; the thread's
    std::atomic<bool> held = false;  // opening waits
    std::atomic<int> asked = 0;      // openings that were begun
    Generation::Plan plan;
    std::optional<Generation> generation;
    std::optional<Generation::Opened> world;
    std::vector<Step> steps;  // of that world
    std::vector<std::string> failures, warnings;
    std::vector<Standing> standings;
    bool opening = true, finished = false;
    Controls controls = turbo();

    Worlds() {
        plan.seed = 5;
        plan.open = [this](const fs::path& file) {
            ++asked;
            while (held) std::this_thread::sleep_for(1ms);
            std::string name = file.empty() ? "bricks" : file.string();
            auto games = game_names();
            if (std::find(games.begin(), games.end(), name) == games.end())
                throw Error(file, "expected a world, found none");
            return std::make_unique<Stage>(std::make_unique<FakeWorld>(name), make_game(name));
        };
        plan.around.log = [this](const WorldInfo& info) {
            return std::make_unique<LogWriter>(folder / (std::to_string(logs++) + " " + info.name + ".driftlog"), info);
        };
        plan.around.record = [this](const fs::path&, const WorldInfo&, const std::vector<std::string>&) {
            return std::make_unique<CountingSink>(counted);
        };
    }
    ~Worlds() { held = false; }

    void begin() { generation.emplace(plan); }
    void ask(const std::string& name) { generation->send({Command::Kind::open_world, 0, name}), opening = true; }
    // A look, as the player's loop does it.
    void look() {
        Delivery all = generation->take();
        opening = all.opening, finished = all.finished;
        if (all.world) {
            world = all.world;
            steps.clear();
            generation->set_controls(controls);
        }
        for (auto& [step, standing, answers] : all.steps) {
            if (standings.empty() || standings.back() != *standing) standings.push_back(*standing);
            steps.push_back(std::move(step));
        }
        if (all.standing) standings.push_back(*all.standing);
        if (all.failure) failures.push_back(*all.failure);
        warnings.insert(warnings.end(), all.warnings.begin(), all.warnings.end());
    }
    bool until(const std::function<bool()>& condition) {
        for (auto end = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < end;
             std::this_thread::sleep_for(1ms)) {
            look();
            if (condition()) return true;
        }
        return false;
    }
    bool plays(const std::string& name, std::uint64_t steps_at_least = 3) {
        return until([&] {
            return world && world->info.name == name && !opening && !steps.empty() &&
                   steps.back().index >= steps_at_least;
        });
    }
};

TEST(WorldChange, TheNextWorldBeginsAsAtTheStart) {
    Worlds w;
    w.begin();
    ASSERT_TRUE(w.plays("bricks"));
    EXPECT_TRUE(w.world->file.empty());
    w.ask("rover");
    w.look();
    EXPECT_TRUE(w.opening);
    ASSERT_TRUE(w.plays("rover"));
    EXPECT_EQ(w.world->file, "rover");
    EXPECT_EQ(w.world->number, 1u);
    EXPECT_EQ(w.steps.front().kind, Step::Kind::opened);
    EXPECT_EQ(w.steps.front().seed, 5u);
    EXPECT_EQ(w.steps.front().position, 0u);
    EXPECT_EQ(w.steps.front().episode, 0u);
    auto rover = make_game("rover");  // the truth is its own
    rover->reset(5);
    for (int i = 1; i < w.world->info.context_frames; ++i) rover->step(0);
    Frame truth;
    rover->render(truth);
    EXPECT_EQ(w.steps.front().truth, truth);
    EXPECT_EQ(w.steps.front().main_lane().frame, truth);
    w.ask("bricks");
    ASSERT_TRUE(w.plays("bricks"));
    EXPECT_EQ(w.world->number, 2u);
    EXPECT_TRUE(w.failures.empty());
    EXPECT_TRUE(w.warnings.empty());
    w.generation.reset();
    for (const char* log : {"0 bricks.driftlog", "1 rover.driftlog", "2 bricks.driftlog"}) {
        SessionLog session = read_session_log(w.folder / log);
        EXPECT_GE(session.events.size(), 4u) << log;
        EXPECT_TRUE(session.warning.empty()) << log;
        EXPECT_EQ(session.header.world, std::string(log).find("rover") == std::string::npos ? "bricks" : "rover");
    }
}

TEST(WorldChange, AWorldThatDoesNotOpenChangesNothing) {
    Worlds w;
    w.begin();
    ASSERT_TRUE(w.plays("bricks"));
    w.generation->send({Command::Kind::record, 0, w.folder / "a.mkv"});
    w.ask("nowhere");
    ASSERT_TRUE(w.until([&] { return !w.opening; }));
    ASSERT_TRUE(w.until([&] { return !w.warnings.empty(); }));
    EXPECT_EQ(w.warnings.front(), "nowhere: expected a world, found none");
    std::uint64_t then = w.steps.back().index;
    ASSERT_TRUE(w.plays("bricks", then + 5));  // not paused
    EXPECT_EQ(w.world->number, 0u);
    EXPECT_TRUE(w.failures.empty());
    EXPECT_EQ(w.standings.back().recording.file, w.folder / "a.mkv");
    EXPECT_EQ(w.counted.finished, 0);
    for (std::size_t i = 1; i < w.steps.size(); ++i) EXPECT_EQ(w.steps[i].position, w.steps[i - 1].position + 1);
}

TEST(WorldChange, ARecordingIsFinishedFirst) {
    Worlds w;
    w.begin();
    ASSERT_TRUE(w.plays("bricks"));
    w.generation->send({Command::Kind::record, 0, w.folder / "a.mkv"});
    ASSERT_TRUE(w.until([&] { return !w.standings.empty() && w.standings.back().recording.steps > 5; }));
    w.ask("rover");
    ASSERT_TRUE(w.until([&] { return w.world->info.name == "rover"; }));
    EXPECT_EQ(w.counted.finished, 1);
    EXPECT_TRUE(w.standings.back().recording.file.empty());
    EXPECT_GE(read_session_log(w.folder / "a.driftlog").events.size(), 5u);
    EXPECT_TRUE(w.warnings.empty());
}

// What is asked while the next world loads is of the one that is seen: a state is saved, a seed does not open in the world after it.
TEST(WorldChange, CommandsStayWithTheirWorld) {
    Worlds w;
    w.controls = paused();
    w.begin();
    ASSERT_TRUE(w.plays("bricks", 0));
    w.held = true;
    w.ask("rover");
    ASSERT_TRUE(w.until([&] { return w.asked == 2; }));  // it is being loaded
    w.generation->send({Command::Kind::set_seed, 99});
    w.generation->send({Command::Kind::save_state, 0, w.folder / "a.state"});
    for (int i = 0; i < 3; ++i) w.generation->send({Command::Kind::step_once});
    w.generation->set_controls(turbo());
    w.held = false;
    ASSERT_TRUE(w.plays("rover", 0));
    std::this_thread::sleep_for(50ms);
    w.look();
    EXPECT_EQ(w.steps.size(), 1u);
    EXPECT_EQ(w.steps.back().seed, 5u);
    EXPECT_TRUE(fs::exists(w.folder / "a.state"));
    w.generation->send({Command::Kind::step_once});
    EXPECT_TRUE(w.until([&] { return w.steps.back().index == 1; }));
}

TEST(WorldChange, TheNewestWishCounts) {
    Worlds w;
    w.begin();
    ASSERT_TRUE(w.plays("bricks"));
    w.held = true;
    w.ask("nowhere");
    ASSERT_TRUE(w.until([&] { return w.asked == 2; }));
    w.ask("maze");
    w.ask("rover");
    w.held = false;
    ASSERT_TRUE(w.plays("rover"));
    EXPECT_EQ(w.world->number, 1u);
    EXPECT_EQ(w.warnings.size(), 1u);
}

TEST(WorldChange, WhereTheFirstDoesNotOpenAnotherMay) {
    Worlds w;
    w.plan.wait_for_another = true;
    w.plan.open = [first = w.plan.open](const fs::path& file) { return first(file.empty() ? "nowhere" : file); };
    w.begin();
    ASSERT_TRUE(w.until([&] { return !w.opening; }));
    EXPECT_EQ(w.failures, std::vector<std::string>{"nowhere: expected a world, found none"});
    EXPECT_FALSE(w.finished);
    w.ask("neither");
    ASSERT_TRUE(w.until([&] { return !w.opening; }));
    EXPECT_EQ(w.failures.size(), 2u);
    w.ask("rover");
    ASSERT_TRUE(w.plays("rover"));
    EXPECT_EQ(w.failures.size(), 2u);
}

}  // namespace
}  // namespace drift
