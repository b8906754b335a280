// What the real game would score as a dream: full marks where its pictures show what it says, and less where they do not.
#include "measure/perfect_dream.h"

#include <gtest/gtest.h>

#include <cmath>

#include "games/bricks.h"
#include "games/list.h"

namespace drift {
namespace {

const std::vector<ActionCode> taken = [] {
    std::vector<ActionCode> actions;
    for (int i = 0; i < 120; ++i) actions.push_back(i / 7 % 3);
    return actions;
}();

TEST(PerfectDream, OwnGamesShowAllThatTheySay) {
    for (const std::string& name : game_names()) {
        auto game = make_game(name);
        game->reset(3);
        const PerfectDream score = perfect_dream(*game, taken);
        ASSERT_EQ(score.within.size(), game->info().judged().size()) << name;
        for (double share : score.within)
            EXPECT_TRUE(share == 1 || std::isnan(share)) << name << ' ' << share;  // skeet may have had nothing to show
        EXPECT_EQ(score.obeyed, 1) << name;
    }
}

// In its pictures the ball is seen three pixels beside where it is, and the paddle not at all.
class SeenWrongly : public Bricks {
public:
    using Bricks::probe;
    Probe probe(const Frame& picture) const override {
        Probe seen = Bricks::probe(picture);
        if (seen.objects[0]) seen.objects[0]->x += 3;
        seen.objects[1].reset();
        return seen;
    }
};

TEST(PerfectDream, AnEyeThatIsWrongIsToldByIt) {
    SeenWrongly game;
    const PerfectDream score = perfect_dream(game, taken);
    EXPECT_EQ(score.within, (std::vector<double>{0, 0}));
    EXPECT_TRUE(std::isnan(score.obeyed)) << "no frame can tell";
}

}  // namespace
}  // namespace drift
