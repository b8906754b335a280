// A recorded clip, dreamed along its own actions.
#include "measure/evaluate_clips.h"

#include <gtest/gtest.h>

#include "fake_world.h"

namespace drift {
namespace {

TEST(DreamedAlong, AClipIsDreamedByItsOwnActions) {
    FakeWorld world("bricks");
    std::unique_ptr<Game> game = make_game("bricks");
    game->reset(0);  // where that world knows where it stands
    Clip clip;
    Frame frame;
    for (int i = 0; i < 12; ++i) {
        const int action = i < world.info().context_frames ? 0 : i % 3;
        if (i > 0) game->step(action);
        game->render(frame);
        clip.add(action, frame, false);
    }
    const auto dreamed = dreamed_along(world, clip, world.info().defaults);
    ASSERT_EQ(dreamed.size(), 12u - static_cast<std::size_t>(world.info().context_frames));
    for (std::size_t i = 0; i < dreamed.size(); ++i)
        EXPECT_GT(psnr(dreamed[i], clip.frames[i + static_cast<std::size_t>(world.info().context_frames)]), 20) << i;
    clip.frames = clip.frames.part(0, 2);
    EXPECT_TRUE(dreamed_along(world, clip, world.info().defaults).empty());
}

}  // namespace
}  // namespace drift
