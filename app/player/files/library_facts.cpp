#include "player/files/library_facts.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/error.h"
#include "core/exported_frame.h"
#include "core/files.h"
#include "core/names.h"
#include "core/thumbnail.h"
#include "player/files/media_files.h"
#include "session/log/moment.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int thumbnail_side = 192;  // pixels

std::shared_ptr<const Frame> small(const Frame& frame) {
    if (frame.empty()) return nullptr;
    Frame thumbnail = thumbnail_of(frame, thumbnail_side);
    if (thumbnail.empty()) return nullptr;  // of a picture that is a line
    return std::make_shared<const Frame>(std::move(thumbnail));
}

void read_log(const fs::path& file, bool stored, LibraryFacts& facts) {
    const SessionLog log = read_session_log(file);
    facts.world = log.header.world;
    facts.frames = log.events.size();
    facts.seconds = log.header.rate > 0 ? static_cast<double>(facts.frames) / log.header.rate : 0;
    if (log.events.empty()) throw Error(file, "no frame was played in it");
    if (stored) return;
    facts.shows = "Its frames are dreamed again when it is played";
    if (!log.picture.empty()) facts.thumbnail = small(log.picture);
    else if (log.events.front().kind == LogEvent::Kind::loaded)
        facts.thumbnail = small(moment_of_bytes(log.events.front().moment).step.main_lane().frame);
}

void look(const fs::path& file, LibraryFacts& facts) {
    MediaLook look;
    try {
        look = look_into(file);
    } catch (const Error&) {
        if (ending_of(file) != ".webp") throw;
        facts.shows = "No preview: FFmpeg shows no animated WebP pictures";
        return;
    }
    facts.thumbnail = small(look.picture);
    if (facts.frames == 0) facts.frames = look.frames, facts.seconds = look.seconds;
}

// "bricks" of "world: bricks", among a recipe's words.
std::string said(std::string_view about, std::string_view what) {
    const std::string line = std::string(what) + ": ";
    std::size_t at = about.starts_with(line) ? 0 : about.find("\n" + line);
    if (at == about.npos) return "";
    at = about.find(": ", at) + 2;
    return std::string(about.substr(at, std::min(about.find('\n', at), about.size()) - at));
}

void read_recipe(const fs::path& file, LibraryFacts& facts) try {
    const std::optional<Recipe> recipe = recipe_in(file);
    if (!recipe) return;
    facts.recipe = true;
    facts.world = said(recipe->about, "world");
    if (const std::string frame = said(recipe->about, "frame"); !frame.empty())
        facts.shows = "frame " + frame + ", seed " + said(recipe->about, "seed");
} catch (const std::exception& error) {
    facts.recipe_damage = error.what();
}

void read_pictures(const fs::path& folder, LibraryFacts& facts) {
    std::vector<fs::path> pictures = names_in(folder);
    std::erase_if(pictures, [](const fs::path& file) { return !is_exported_frame(file); });
    if (pictures.empty()) throw Error(folder, "its pictures are gone");
    facts.frames = pictures.size();
    const fs::path& middle = pictures[pictures.size() / 2];
    read_recipe(middle, facts);
    facts.recipe = false;  // each picture is gone on from by itself
    look(middle, facts);
}

}  // namespace

LibraryFacts facts_of(const LibraryEntry& entry) {
    using enum LibraryEntry::Kind;
    LibraryFacts facts;
    try {
        switch (entry.kind) {
            case session: read_log(entry.file(), false, facts); break;
            case recording:
                read_log(entry.files.back(), true, facts);
                look(entry.file(), facts);
                break;
            case video:
            case picture:
                read_recipe(entry.file(), facts);
                if (entry.loose && !facts.recipe) break;  // not ours
                [[fallthrough]];
            case animation: look(entry.file(), facts); break;
            case pictures: read_pictures(entry.file(), facts); break;
        }
    } catch (const std::exception& error) {
        facts.damage = error.what();
    }
    return facts;
}

}  // namespace drift
