// What a session is played again in: the world that its log names, as it was made with, and an empty play.
#pragma once

#include <filesystem>
#include <memory>

#include "lab/options.h"
#include "session/log/session_log.h"
#include "session/play.h"

namespace drift {

// Of a recording (.mkv) the log beside it; any other file as it is. Throws Error where there is none.
std::filesystem::path log_of(const std::filesystem::path& session);

struct SessionRoom {
    Stage stage;
    Play play{stage};
    SessionRoom(std::unique_ptr<WorldModel> world, std::unique_ptr<Game> game)
        : stage(std::move(world), std::move(game)) {}
};

// `world` without a name: the log's. Throws Error where it is not the world that the session was played on; of a `recorded` one the weights may be
// others.
std::unique_ptr<SessionRoom> open_session_room(WorldOptions world, const LogHeader& header, bool recorded = false);

}  // namespace drift
