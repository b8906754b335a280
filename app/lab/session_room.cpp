#include "lab/session_room.h"

#include "games/list.h"

namespace drift {

std::unique_ptr<SessionRoom> open_session_room(WorldOptions world, const LogHeader& header) {
    if (header.weights_hash == truth_alone) return std::make_unique<SessionRoom>(nullptr, make_game(header.game));
    auto dream = world.open_for(header);
    auto game = truth_of(dream->info());
    return std::make_unique<SessionRoom>(std::move(dream), std::move(game));
}

}  // namespace drift
