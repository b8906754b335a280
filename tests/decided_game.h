// The promise of the games written here: what was seen in the last frames and the action decide the next frame, so a perfect model could follow for ever.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <vector>

#include "core/game.h"

namespace drift {

// Plays so many times so many steps, from one of a few openings each; `begin` gives a play's player.
using Player = std::function<ActionCode(const Game&)>;
inline void expect_last_frames_decide(Game& game, int plays, std::uint64_t openings, int steps,
                                      const std::function<Player(std::uint64_t play)>& begin) {
    std::map<std::vector<std::uint8_t>, Frame> next;
    int repeated = 0;
    for (std::uint64_t play = 0; play < static_cast<std::uint64_t>(plays); ++play) {
        game.reset(play % openings);
        const Player player = begin(play);
        std::vector<Frame> seen(4);
        for (Frame& frame : seen) game.step(game.info().actions.noop()), game.render(frame);
        for (int step = 0; step < steps; ++step) {
            const ActionCode action = player(game);
            std::vector<std::uint8_t> key(sizeof action);
            std::memcpy(key.data(), &action, sizeof action);
            for (const Frame& frame : seen) key.insert(key.end(), frame.rgb.begin(), frame.rgb.end());
            game.step(action);
            Frame frame;
            game.render(frame);
            auto [it, fresh] = next.try_emplace(std::move(key), frame);
            repeated += !fresh;
            ASSERT_EQ(it->second, frame) << "play " << play << " step " << step;
            seen.erase(seen.begin());
            seen.push_back(frame);
            if (next.size() > 4000) next.clear();  // 50 kB each
        }
    }
    EXPECT_GT(repeated, 100);  // the same situation did come back
}

}  // namespace drift
