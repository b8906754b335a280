#include "lab/session_room.h"

#include "core/error.h"
#include "core/names.h"
#include "data/recorded_play.h"
#include "games/list.h"
#include "session/log/recorder.h"

namespace drift {

namespace fs = std::filesystem;

fs::path log_of(const fs::path& session) {
    if (ending_of(session) != ".mkv") return session;
    fs::path log = log_beside(session);
    if (std::error_code error; fs::exists(session, error) && !fs::exists(log, error))
        throw Error(session, "expected its log " + printable(log.filename().string()) + " beside it, found none");
    return log;
}

std::unique_ptr<SessionRoom> open_session_room(WorldOptions world, const LogHeader& header, bool recorded) {
    std::vector<std::string> notes;
    if (header.weights_hash == truth_alone)
        return std::make_unique<SessionRoom>(nullptr, names_recorded_play(header.game)
                                                          ? open_recorded_play(header.game, nullptr, notes)
                                                          : make_game(header.game));
    auto dream = world.open_for(header, recorded);
    if (names_recorded_play(header.game)) {
        auto played = open_recorded_play(header.game, &dream->info(), notes);
        return std::make_unique<SessionRoom>(std::move(dream), std::move(played));
    }
    auto game = truth_of(dream->info());
    return std::make_unique<SessionRoom>(std::move(dream), std::move(game));
}

}  // namespace drift
