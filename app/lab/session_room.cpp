#include "lab/session_room.h"

#include "data/recorded_play.h"
#include "games/list.h"

namespace drift {

std::unique_ptr<SessionRoom> open_session_room(WorldOptions world, const LogHeader& header) {
    std::vector<std::string> notes;
    if (header.weights_hash == truth_alone)
        return std::make_unique<SessionRoom>(nullptr, names_recorded_play(header.game)
                                                          ? open_recorded_play(header.game, nullptr, notes)
                                                          : make_game(header.game));
    auto dream = world.open_for(header);
    if (names_recorded_play(header.game)) {
        auto played = open_recorded_play(header.game, &dream->info(), notes);
        return std::make_unique<SessionRoom>(std::move(dream), std::move(played));
    }
    auto game = truth_of(dream->info());
    return std::make_unique<SessionRoom>(std::move(dream), std::move(game));
}

}  // namespace drift
