// Recorded play in a real game's place: what is shown beside a dream where there is no game to ask.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/data_set.h"
#include "core/game.h"

namespace drift {

// A clip for each seed, in their order and round again, from its first frame on. It goes as it was recorded: any other action ends it.
class RecordedGame : public Game {
public:
    // `name`: as the list of games would have it. Throws Error where no clip has `least` frames.
    RecordedGame(DataSet data, std::string name, std::size_t least = 8);

    const GameInfo& info() const override { return info_; }
    // These in place of its own, for a world that was trained on them. Throws Error where there are more or fewer.
    void take_actions(const ActionSpace& actions);

    void reset(std::uint64_t seed) override;
    // Throws Error at the clip's end, and where this is not what was done.
    void step(ActionCode action) override;
    void render(Frame& frame) const override;
    Probe probe() const override { return {}; }
    Probe probe(const Frame&) const override { return {}; }
    std::optional<bool> obeyed(const Probe&, ActionCode, const Probe&) const override { return std::nullopt; }
    int rare_event() const override;
    std::optional<ActionCode> expert_action() const override { return recorded()->action; }
    std::optional<Recorded> recorded() const override;

    std::vector<std::uint8_t> save() const override;
    void load(std::span<const std::uint8_t> state) override;

private:
    const Clip& clip() const { return clips_[clip_]; }

    std::vector<Clip> clips_;
    GameInfo info_;
    std::size_t clip_ = 0, frame_ = 0;
};

}  // namespace drift
