// The joystick of the Atari games: keys that are held together, and the positions they stand for.
#include "model/world/ale_actions.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace drift {
namespace {

TEST(AleActions, KeysAddUpToPositionsOfTheGame) {
    auto held = [](const ActionSpace& actions, std::initializer_list<const char*> keys) {
        std::uint32_t bits = 0;
        for (const char* key : keys)
            for (std::size_t i = 0; i < actions.entries.size(); ++i)
                for (const std::string& known : actions.entries[i].keys)
                    if (known == key) bits |= 1u << i;
        int index = actions.index({bits});
        return actions.entries[static_cast<std::size_t>(index)].name;
    };
    ActionSpace all = ale_actions("Seaquest", 18);
    EXPECT_EQ(held(all, {"Up", "Right", "Space"}), "up right fire");
    EXPECT_EQ(held(all, {"A", "Left"}), "left");
    EXPECT_EQ(held(all, {"Left", "Right"}), "noop");
    EXPECT_EQ(held(ale_actions("Breakout", 4), {"Right", "Space"}), "right") << "it has no right fire";
    EXPECT_EQ(held(ale_actions("Breakout", 4), {"Space"}), "fire");
    EXPECT_EQ(held(ale_actions("Qbert", 6), {"Up", "Right"}), "right");
    ActionSpace kungfu = ale_actions("KungFuMaster", 14);
    EXPECT_EQ(kungfu.size(), 14);
    EXPECT_EQ(held(kungfu, {"Left", "Space"}), "left fire");
    EXPECT_EQ(held(kungfu, {"Space"}), "noop");
    EXPECT_EQ(ale_actions("Nothing", 5).entries[3].name, "action 3");
    for (const char* game :
         {"Alien",      "Amidar",         "Assault",      "Asterix",     "BankHeist",    "BattleZone", "Boxing",
          "Breakout",   "ChopperCommand", "CrazyClimber", "DemonAttack", "Freeway",      "Frostbite",  "Gopher",
          "Hero",       "Jamesbond",      "Kangaroo",     "Krull",       "KungFuMaster", "MsPacman",   "Pong",
          "PrivateEye", "Qbert",          "RoadRunner",   "Seaquest",    "UpNDown"}) {
        bool known = false;
        for (int count = 3; count <= 18; ++count)
            known |= count != 18 ? ale_actions(game, count).kind == ActionSpace::Kind::joystick : false;
        EXPECT_TRUE(known || ale_actions(game, 18).kind == ActionSpace::Kind::joystick) << game;
    }
}

}  // namespace
}  // namespace drift
