#include "lab/session_room.h"

#include "games/list.h"
#include "session/replay.h"

namespace drift {

std::unique_ptr<SessionRoom> open_session_room(WorldOptions world, const LogHeader& header) {
    if (header.weights_hash == truth_alone) return std::make_unique<SessionRoom>(nullptr, make_game(header.game));
    if (world.world.empty()) world.world = header.world;
    if (world.load.threads == 0) world.load.threads = header.threads;  // sums in another order round otherwise
    auto dream = world.open();
    check_replays(header, dream->info());
    auto game = dream->info().game.empty() ? nullptr : make_game(dream->info().game);
    return std::make_unique<SessionRoom>(std::move(dream), std::move(game));
}

}  // namespace drift
