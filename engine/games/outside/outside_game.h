// A real game that is another program (app/games/README.md): an emulator, any environment, a script. It may crash, hang or lie; each of these
// is one Error, after which reset() or load() starts it anew.
#pragma once

#include <memory>

#include "core/game.h"
#include "games/atari_probes.h"
#include "games/outside/child.h"
#include "games/outside/message.h"

namespace drift {

struct OutsideProgram {
    std::string name;                  // of the game, as people call it
    std::vector<std::string> command;  // program and arguments
};

// How long it may take to say what it is, and to answer anything else.
struct OutsidePatience {
    outside::Duration first{60'000}, later{10'000};
};

class OutsideGame : public Game {
public:
    // Starts it, and asks what it is. Throws Error.
    explicit OutsideGame(OutsideProgram program, OutsidePatience patience = {});
    ~OutsideGame() override;

    const GameInfo& info() const override { return hello_.info; }
    void reset(std::uint64_t seed) override;
    void step(ActionCode action) override;
    void render(Frame& frame) const override { frame = shown_.frame; }
    Probe probe() const override;
    Probe probe(const Frame& picture) const override;
    // Did what the player moves go as far as in this game's last two pictures, seen by the same eye?
    std::optional<bool> obeyed(const Probe& before, ActionCode action, const Probe& after) const override;
    int rare_event() const override { return shown_.outcome.rare; }
    std::optional<ActionCode> expert_action() const override;
    std::optional<GameOutcome> outcome() const override { return shown_.outcome; }
    // As the game gives it; of one that gives none its seed and its actions, which load() plays again.
    std::vector<std::uint8_t> save() const override;
    void load(std::span<const std::uint8_t> state) override;

    std::optional<pid_t> process() const;  // nullopt while it does not run

private:
    void start() const;
    std::vector<std::uint8_t> ask(std::string_view kind, std::span<const std::uint8_t> body, std::string_view answer,
                                  outside::Duration within) const;
    void show(std::string_view kind, std::span<const std::uint8_t> body);

    OutsideProgram program_;
    const AtariProbe* known_ = nullptr;  // how its objects are found in pictures
    OutsidePatience patience_;
    mutable std::unique_ptr<outside::Child> child_;  // saving asks it, too
    outside::Hello hello_;
    outside::Shown shown_;
    Probe seen_;                   // what its picture shows; empty where nothing is known of it
    std::optional<Point> before_;  // where what the player moves was seen before the last step
    std::uint64_t seed_ = 0;
    std::vector<std::uint16_t> taken_;  // actions since the reset, where the game gives no state
};

}  // namespace drift
