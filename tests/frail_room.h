// A real game that fails, and a room that it is played in.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <utility>

#include "core/error.h"
#include "games/list.h"
#include "theatre.h"

namespace drift {

// When it fails: by the number of calls, or by chance.
struct Fate {
    int calls = 0;
    int fails_at = -1;  // this call and all after it, until it is reset
    bool dead = false, revives = true;
    double chance = 0;
    std::mt19937 random{7};
    bool small = false;  // it sends pictures of another size
    bool saves = true;
};

class FrailGame : public Game {
public:
    FrailGame(std::string name, std::shared_ptr<Fate> fate) : game_(make_game(name)), fate_(std::move(fate)) {}
    const GameInfo& info() const override { return game_->info(); }
    void reset(std::uint64_t seed) override {
        if (fate_->dead && fate_->revives) fate_->dead = false, fate_->fails_at = -1;
        live("reset");
        game_->reset(seed);
    }
    void step(ActionCode action) override { live("step"), game_->step(action); }
    void render(Frame& frame) const override {
        live("render"), game_->render(frame);
        if (fate_->small) frame = Frame(3, 3);
    }
    Probe probe() const override { return live("probe"), game_->probe(); }
    Probe probe(const Frame& picture) const override { return live("probe of a picture"), game_->probe(picture); }
    std::optional<bool> obeyed(const Probe& before, ActionCode action, const Probe& after) const override {
        return live("obeyed"), game_->obeyed(before, action, after);
    }
    int rare_event() const override { return game_->rare_event(); }
    std::optional<ActionCode> expert_action() const override { return game_->expert_action(); }
    std::vector<std::uint8_t> save() const override { return live("save"), game_->save(); }
    void load(std::span<const std::uint8_t> state) override { live("load"), game_->load(state); }

private:
    void live(const char* what) const {
        if (fate_->calls++ == fate_->fails_at) fate_->dead = true;
        if (fate_->dead) throw Error(std::string("the emulator has ended (in ") + what + ")");
        if (fate_->chance > 0 && std::uniform_real_distribution<double>()(fate_->random) < fate_->chance)
            throw Error(std::string("the emulator does not answer (") + what + ")");
    }
    std::unique_ptr<Game> game_;
    std::shared_ptr<Fate> fate_;
};

struct FrailRoom {
    std::shared_ptr<Fate> fate = std::make_shared<Fate>();
    Stage stage{std::make_unique<PureWorld>("bricks"), std::make_unique<FrailGame>("bricks", fate)};
    Play play{stage};
};

inline Action key(int i) { return {i % 3 == 0 ? 1u << 1 : i % 5 == 0 ? 1u << 2 : 0}; }

}  // namespace drift
