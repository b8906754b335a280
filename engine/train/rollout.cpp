#include "train/rollout.h"

#include <utility>

#include "core/noise.h"

namespace drift {
namespace {

class Rollout : public Episode {
public:
    Rollout(std::shared_ptr<Game> game, bool has_map) : game_(std::move(game)), has_map_(has_map) {
        states_.push_back(game_->save());
    }
    void play(ActionCode action) {
        game_->step(action);
        actions_.push_back(action);
        states_.push_back(game_->save());
    }

    int frames() const override { return static_cast<int>(states_.size()); }
    ActionCode action(int i) const override { return actions_[static_cast<std::size_t>(i)]; }
    void draw(int i, Frame& into) const override {
        game_->load(states_[static_cast<std::size_t>(i)]);
        game_->render(into);
    }
    bool follows(int i, const Frame& dreamed) const override {
        game_->load(states_[static_cast<std::size_t>(i)]);
        return follows_truth(game_->probe(dreamed), game_->probe());
    }
    std::vector<std::optional<Point>> objects(int i) const override {
        if (has_map_) return {};
        game_->load(states_[static_cast<std::size_t>(i)]);
        return game_->probe().objects;
    }

private:
    std::shared_ptr<Game> game_;  // one for the whole set: any state can be put into it
    bool has_map_;                // then its objects stand on that
    std::vector<std::vector<std::uint8_t>> states_;
    std::vector<ActionCode> actions_;
};

}  // namespace

RolloutSource::RolloutSource(MakeGame make_game, MakePolicy make_policy)
    : make_game_(std::move(make_game)), make_policy_(std::move(make_policy)), info_(make_game_()->info()) {}

EpisodeSet RolloutSource::draw(std::uint64_t seed, std::uint64_t part, int episodes, int, int length) const {
    std::shared_ptr<Game> game = make_game_();
    const bool has_map = !game->map().empty();
    EpisodeSet set;
    for (int e = 0; e < episodes; ++e) {
        NoiseKey key{seed, part, static_cast<std::uint32_t>(e)};
        std::uint64_t episode_seed = random_bits(key, draw_index(Draw::data, 3), 0) % first_held_out_seed;
        std::uint64_t policy_seed = random_bits(key, draw_index(Draw::data, 3), 1);
        auto act = make_policy_(policy_seed);
        game->reset(episode_seed);
        auto episode = std::make_shared<Rollout>(game, has_map);
        for (int i = 0; i < length; ++i) {
            episode->play(act(*game));
            if (const int kind = game->rare_event()) set.rare[kind].push_back({e, i + 1});
        }
        set.episodes.push_back(std::move(episode));
    }
    return set;
}

}  // namespace drift
