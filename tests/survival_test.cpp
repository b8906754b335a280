// The generation thread lives through whatever a world does, and the next world opens.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>

#include "controls.h"
#include "core/error.h"
#include "fake_world.h"
#include "session/generation.h"

namespace drift {
namespace {

using namespace std::chrono_literals;

struct Trouble {
    std::atomic<bool> begins = false, films = false;  // it fails there
};

class TroubledWorld : public FakeWorld {
public:
    explicit TroubledWorld(std::shared_ptr<Trouble> trouble) : FakeWorld("bricks"), trouble_(std::move(trouble)) {}
    void begin(History&) override {
        if (trouble_->begins)
            throw std::runtime_error(
                "CUDA out of memory. Tried to allocate 20 GiB\nException raised from malloc\nframe #0");
    }
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        for (const DreamRequest& request : requests)
            if (request.film && trouble_->films) throw std::runtime_error("CUDA out of memory.\nframe #0");
        FakeWorld::imagine(requests, frames);
    }

private:
    std::shared_ptr<Trouble> trouble_;
};

struct Room {
    std::shared_ptr<Trouble> trouble = std::make_shared<Trouble>();
    Generation::Plan plan;
    std::optional<Generation> generation;
    std::optional<OpenedWorld> world;
    std::vector<Step> steps;
    std::vector<std::string> failures, warnings;
    bool finished = false, opening = true;
    Controls controls = turbo();

    Room() {
        plan.wait_for_another = true;
        plan.open = [trouble = trouble](const std::filesystem::path& file) -> std::unique_ptr<Stage> {
            if (file == "odd") throw 42;
            if (file == "heavy") trouble->begins = true;
            return std::make_unique<Stage>(std::make_unique<TroubledWorld>(trouble), make_game("bricks"));
        };
    }
    bool until(const std::function<bool()>& condition) {
        for (auto end = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < end;
             std::this_thread::sleep_for(1ms)) {
            Delivery all = generation->take();
            if (all.world) world = all.world, steps.clear(), generation->set_controls(controls);
            for (auto& shown : all.steps) steps.push_back(std::move(shown.step));
            if (all.failure) failures.push_back(*all.failure);
            warnings.insert(warnings.end(), all.warnings.begin(), all.warnings.end());
            finished = all.finished, opening = all.opening;
            if (condition()) return true;
        }
        return false;
    }
    bool plays(std::uint64_t number) {
        return until([&] { return world && world->number == number && !steps.empty() && steps.back().index > 3; });
    }
};

TEST(Survival, AWorldWhoseOpeningFailsIsRefusedAndTheOneBeforePlaysOn) {
    Room room;
    room.generation.emplace(room.plan);
    ASSERT_TRUE(room.plays(0));
    room.generation->send({Command::Kind::open_world, 0, "heavy"});
    ASSERT_TRUE(room.until([&] { return !room.warnings.empty(); }));
    EXPECT_EQ(room.warnings.front(), "heavy: the world cannot be opened: CUDA out of memory. Tried to allocate 20 GiB");
    const auto reached = room.steps.back().index;
    EXPECT_TRUE(room.until([&] { return room.steps.back().index > reached + 3; }));
    EXPECT_TRUE(room.failures.empty());
    room.generation->send({Command::Kind::open_world, 0, "odd"});
    ASSERT_TRUE(room.until([&] { return room.warnings.size() == 2; }));
    EXPECT_FALSE(room.opening);
    room.trouble->begins = false;
    room.generation->send({Command::Kind::open_world, 0, "light"});
    EXPECT_TRUE(room.plays(1));
}

TEST(Survival, AnOpeningThatFailsLaterIsASentenceAndThePlayGoesOnWhereItWas) {
    Room room;
    room.controls = paused();
    room.generation.emplace(room.plan);
    ASSERT_TRUE(room.until([&] { return room.steps.size() == 1; }));
    for (int i = 0; i < 3; ++i) room.generation->send({Command::Kind::step_once});
    ASSERT_TRUE(room.until([&] { return room.steps.size() == 4; }));
    room.trouble->begins = true;
    room.generation->send({Command::Kind::next_seed});
    ASSERT_TRUE(room.until([&] { return !room.failures.empty(); }));
    room.generation->send({Command::Kind::step_once});
    ASSERT_TRUE(room.until([&] { return room.steps.size() == 5; }));
    EXPECT_EQ(room.steps.back().index, 4u);
    EXPECT_EQ(room.steps.back().seed, 0u);
    EXPECT_GT(room.steps.back().main_lane().drift.psnr, 20) << "the real game stands where it stood too";
    room.trouble->begins = false;
    room.generation->send({Command::Kind::restart});
    ASSERT_TRUE(room.until([&] { return room.steps.back().index == 0; }));
    EXPECT_EQ(room.steps.back().seed, 0u) << "the seed of before";
}

TEST(Survival, RewindingWithAFilmStripThatFailsStopsAndTheNextWorldOpens) {
    Room room;
    room.controls = paused();
    room.controls.direction.film = 0;
    room.generation.emplace(room.plan);
    ASSERT_TRUE(room.until([&] { return room.steps.size() == 1; }));
    for (int i = 0; i < 5; ++i) room.generation->send({Command::Kind::step_once});
    ASSERT_TRUE(room.until([&] { return room.steps.size() == 6; }));
    room.trouble->films = true;
    room.controls.rewind = true;
    room.generation->set_controls(room.controls);
    ASSERT_TRUE(room.until([&] { return !room.failures.empty(); }));
    EXPECT_EQ(room.failures.front(), "CUDA out of memory.");
    EXPECT_FALSE(room.finished);
    room.trouble->films = false;
    room.controls = turbo();
    room.generation->send({Command::Kind::open_world, 0, "another"});
    EXPECT_TRUE(room.plays(1));
}

TEST(Survival, ASessionOfFramesEndsAtTheFirstThatFails) {
    Room room;
    room.plan.wait_for_another = false;
    room.plan.frames = 10;
    room.controls.direction.film = 0;
    room.trouble->films = true;
    room.generation.emplace(room.plan);
    room.generation->set_controls(room.controls);
    ASSERT_TRUE(room.until([&] { return room.finished; }));
    EXPECT_FALSE(room.failures.empty());
}

TEST(KeyLatch, MotionDoesNotPileUpWhileThePlayStandsStill) {
    KeyLatch keys;
    KeyLatch::Clock::time_point zero{};
    keys.move(5, 0, zero);
    keys.move(5, 1, zero + 10s);
    EXPECT_EQ(keys.take(zero + 20s).mouse_x, 10) << "of a play that runs none is lost, however slow it is";
    keys.stand_still(true, zero + 20s);
    for (int i = 0; i < 100; ++i) keys.move(50, 0, zero + 20s + i * 100ms);
    EXPECT_LE(keys.take(zero + 30s).mouse_x, 150) << "a single step feels what was moved just now";
    for (int i = 0; i < 100; ++i) keys.move(50, 0, zero + 30s + i * 100ms);
    keys.stand_still(false, zero + 50s);
    EXPECT_EQ(keys.take(zero + 50s).mouse_x, 0);
    keys.move(3, -2, zero + 51s);
    EXPECT_EQ(keys.take(zero + 60s).mouse_y, -2);
}

}  // namespace
}  // namespace drift
