#include "measure/perfect_dream.h"

#include "measure/episodes.h"

namespace drift {

PerfectDream perfect_dream(Game& game, std::span<const ActionCode> actions) {
    struct Share {
        int yes = 0, all = 0;
        void take(std::optional<bool> said) { yes += said.value_or(false), all += said.has_value(); }
        double value() const { return static_cast<double>(yes) / all; }
    };
    std::vector<Share> within(game.info().judged().size());
    Share obeyed;
    Frame frame;
    game.render(frame);
    Probe before = game.probe(frame);
    for (ActionCode action : actions) {
        game.step(action);
        game.render(frame);
        Probe now = game.probe(frame);
        const auto right = judge(now, game.probe(), game.info().tolerance);
        for (std::size_t i = 0; i < within.size(); ++i) within[i].take(right[i]);
        obeyed.take(game.obeyed(before, action, now));
        before = std::move(now);
    }
    PerfectDream score{{}, obeyed.value()};
    for (const Share& share : within) score.within.push_back(share.value());
    return score;
}

}  // namespace drift
