// What the generation thread tells the UI, in one mailbox: what is taken together is of one moment, and every step carries what held when it was made.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/step.h"
#include "core/world_model.h"
#include "session/performance.h"

namespace drift {

// How the play stands besides its pictures.
struct Standing {
    RecordingState recording;
    std::optional<WatchState> watch;
    std::uint64_t cast = 0;                 // see Performance::cast()
    std::shared_ptr<const Fan> fan = {};    // of the moment that is shown, where one was asked for
    std::filesystem::path saved_past = {};  // the newest recording of what was played before it was asked for
    bool operator==(const Standing&) const = default;
};

// A world that was loaded: the first, and every other one that a command asked for. It waits for its controls.
struct OpenedWorld {
    WorldInfo info;
    std::filesystem::path file;  // that the command named; empty: the one to begin with
    std::uint64_t number = 0;
    std::vector<Frame> openings =
        {};  // the last frame of each that the world ships; seed s begins with number s modulo their count
};

struct Delivery {
    struct Shown {
        Step step;
        std::shared_ptr<const Standing> standing;              // when it was made; never null
        std::optional<Pacer::Clock::time_point> answers = {};  // when the oldest key event came that it is an answer to
    };
    std::optional<OpenedWorld> world;          // since the last delivery; all that follows is of it
    std::vector<Shown> steps;                  // since then, oldest first
    std::shared_ptr<const Standing> standing;  // the newest; null: as it was delivered last
    std::optional<std::string> failure;  // a sentence: the play is paused on its last good frame, or there is none
    std::vector<std::string> warnings;   // sentences: something has ended, the play goes on
    bool opening = false;                // a world is being loaded, or is about to be
    bool finished = false;               // nothing comes any more
};

class Outbox {
public:
    // So many steps wait for a UI that sleeps; older ones lose their pictures then, not their figures.
    explicit Outbox(std::size_t capacity = 256) : capacity_(capacity) {}

    void put(Step step, Standing standing, std::optional<Pacer::Clock::time_point> answers = {}) {
        std::lock_guard lock(mutex_);
        stand(std::move(standing));
        if (steps_.size() >= capacity_) strip(steps_[steps_.size() - capacity_].step);
        steps_.push_back({std::move(step), stands_, answers});
    }
    void put(Standing standing) {
        std::lock_guard lock(mutex_);
        stand(std::move(standing));
    }
    // The world that was asked for. Steps of the one before are nobody's any more, and its failure does not pause this one.
    void put(OpenedWorld world) {
        std::lock_guard lock(mutex_);
        world_ = std::move(world);
        steps_.clear();
        stands_ = std::make_shared<const Standing>();
        turned_ = true;
        if (failure_) warnings_.push_back(*std::exchange(failure_, std::nullopt));
        --opening_;
    }
    void fail(std::string sentence) {
        std::lock_guard lock(mutex_);
        failure_ = std::move(sentence);
    }
    void warn(std::string sentence) {
        std::lock_guard lock(mutex_);
        warnings_.push_back(std::move(sentence));
    }
    // The world that was asked for does not open. A warning where another one plays on.
    void refuse(std::string sentence, bool another_plays) {
        std::lock_guard lock(mutex_);
        another_plays ? warnings_.push_back(std::move(sentence)) : void(failure_ = std::move(sentence));
        --opening_;
    }
    void expect_world(int more = 1) {
        std::lock_guard lock(mutex_);
        opening_ += more;
    }
    void finish() {
        std::lock_guard lock(mutex_);
        finished_ = true;
    }

    Delivery take() {
        std::lock_guard lock(mutex_);
        Delivery all;
        all.world = std::exchange(world_, std::nullopt);
        all.steps.assign(std::make_move_iterator(steps_.begin()), std::make_move_iterator(steps_.end()));
        steps_.clear();
        if (std::exchange(turned_, false)) all.standing = stands_;
        all.failure = std::exchange(failure_, std::nullopt);
        all.warnings = std::exchange(warnings_, {});
        all.opening = opening_ > 0 && !finished_;
        all.finished = finished_;
        return all;
    }

private:
    void stand(Standing standing) {
        if (stands_ && *stands_ == standing) return;
        stands_ = std::make_shared<const Standing>(std::move(standing));
        turned_ = true;
    }
    static void strip(Step& step) {
        for (LaneStep& lane : step.lanes) lane.frame = lane.low = {};
        step.truth = step.ghost = {};
        step.film.reset();
        step.spread = {};
    }

    std::size_t capacity_;
    std::mutex mutex_;
    std::optional<OpenedWorld> world_;
    std::deque<Delivery::Shown> steps_;
    std::shared_ptr<const Standing> stands_;
    bool turned_ = false;  // since the last delivery
    std::optional<std::string> failure_;
    std::vector<std::string> warnings_;
    int opening_ = 1;  // worlds that are to be loaded
    bool finished_ = false;
};

}  // namespace drift
