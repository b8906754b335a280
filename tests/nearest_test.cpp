// Which name was meant: near ones are found, far ones are not guessed.
#include "core/nearest.h"

#include <gtest/gtest.h>

#include <vector>

namespace drift {
namespace {

const std::vector<std::string> worlds{"bricks", "bricks-diamond", "rover", "maze"};

TEST(Nearest, FindsWhatWasMistyped) {
    EXPECT_EQ(nearest("brics", worlds), "bricks");
    EXPECT_EQ(nearest("birkcs", worlds), "bricks");
    EXPECT_EQ(nearest("Rover", worlds), "rover");
    EXPECT_EQ(nearest("bricks-diamnod", worlds), "bricks-diamond");
    EXPECT_EQ(nearest("mase", worlds), "maze");
}

TEST(Nearest, GuessesNothingOfOtherWords) {
    EXPECT_EQ(nearest("csgo", worlds), "");
    EXPECT_EQ(nearest("", worlds), "");
    EXPECT_EQ(nearest("x", worlds), "");
    EXPECT_EQ(nearest(std::string(100000, 'b'), worlds), "");
    EXPECT_EQ(nearest("bricks", {}), "");
}

TEST(Nearest, IsSaidAsAQuestion) {
    EXPECT_EQ(did_you_mean("rovre", worlds), ", did you mean \"rover\"?");
    EXPECT_EQ(did_you_mean("doom", worlds), "");
}

}  // namespace
}  // namespace drift
