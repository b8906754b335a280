#include "data/recorded_play.h"

#include <string_view>

#include "data/data_set.h"
#include "data/imports/read_play.h"
#include "data/recorded_game.h"

namespace drift {
namespace {

constexpr std::string_view prefix = "data:";

}  // namespace

std::string recorded_name(const std::filesystem::path& folder) {
    std::error_code error;
    const auto full = std::filesystem::canonical(folder, error);
    return std::string(prefix) + (error ? folder : full).string();
}

bool names_recorded_play(const std::string& game) { return game.starts_with(prefix); }

std::filesystem::path recorded_folder(const std::string& game) { return game.substr(prefix.size()); }

std::unique_ptr<Game> open_recorded_play(const std::string& game, const WorldInfo* world,
                                         std::vector<std::string>& notes) {
    const std::filesystem::path folder = recorded_folder(game);
    const auto size = world ? std::optional(PictureSize{world->width, world->height}) : std::nullopt;
    const bool theirs = world && !is_data_set(folder);  // other people's form, which names no actions
    DataSet data = theirs ? read_play(folder, *size, notes) : read_data_set(folder, size, notes);
    if (theirs && data.actions.kind == ActionSpace::Kind::one && data.actions.size() < world->actions.size())
        data.actions = world->actions;  // the last ones were never taken
    auto played = std::make_unique<RecordedGame>(std::move(data), game,
                                                 world ? static_cast<std::size_t>(world->context_frames) + 2 : 8);
    if (world) played->take_actions(world->actions);
    return played;
}

}  // namespace drift
