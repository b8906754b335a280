// Each picture of an export carries the session up to its own step, no more and no less.
#include "export_room.h"
#include "media/carried.h"
#include "session/log/recipe.h"

namespace drift {
namespace {

class RecipeSteps : public Media {};

TEST_F(RecipeSteps, ALogUpToEachStepWhateverTheOrder) {
    play_two_lanes(folder / "a.driftlog");
    const SessionLog log = read_session_log(folder / "a.driftlog");
    RecipesOfSteps recipes(log);
    for (std::uint64_t step : {0u, 1u, 25u, 39u, 7u, 7u, 31u}) {
        const Recipe recipe = recipe_of_bytes(recipes.of(step));
        EXPECT_EQ(recipe.ending, ".driftlog");
        EXPECT_TRUE(contains(recipe.about, "world: bricks\n")) << recipe.about;
        EXPECT_TRUE(contains(recipe.about, "step: " + std::to_string(step) + "\n")) << recipe.about;
        const SessionLog part = session_log_of_bytes(recipe.file);
        EXPECT_EQ(part.warning, "");
        EXPECT_EQ(part.header, log.header);
        ASSERT_EQ(part.events.size(), step + 1);
        for (std::size_t i = 0; i <= step; ++i) {
            EXPECT_EQ(part.events[i].hashes, log.events[i].hashes) << i;
            EXPECT_EQ(*part.events[i].direction, *log.events[i].direction) << i;
        }
    }
    EXPECT_TRUE(recipes.of(log.events.size()).empty());
    RecipesOfSteps capped(log, 10);
    EXPECT_TRUE(capped.of(30).empty()) << "what is too large is left out";
}

TEST_F(RecipeSteps, ThePicturesOfAnExportCarryIt) {
    play_two_lanes(folder / "a.driftlog");
    const SessionLog log = read_session_log(folder / "a.driftlog");
    ExportPlan plan = plan_of(folder / "pictures", std::nullopt);
    RecipesOfSteps recipes(log);
    plan.carried = [&](std::uint64_t step) { return recipes.of(step); };
    plan.comment = "world: bricks";
    ASSERT_TRUE(write(plan, reel_of(folder / "a.driftlog", stretch(5, 7))));
    for (int step : {5, 6, 7}) {
        const auto bytes = carried(folder / "pictures" / ("frame-00000" + std::to_string(step) + ".png"));
        ASSERT_TRUE(bytes) << step;
        EXPECT_EQ(session_log_of_bytes(recipe_of_bytes(*bytes).file).events.size(), static_cast<std::size_t>(step) + 1);
    }
}

}  // namespace
}  // namespace drift
