// What panels and keys ask to be done to presets, slots and pictures: the files are this file's.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "data/data_set.h"
#include "data/recorded_play.h"
#include "files/world_files.h"
#include "player/app.h"
#include "player/files/media_files.h"
#include "player/slots.h"
#include "session/log/session_log.h"
#include "session/log/state_file.h"

namespace drift {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
    InputFile file(path);
    std::string bytes(static_cast<std::size_t>(file.size()), 0);
    file.read(bytes.data(), bytes.size());
    return bytes;
}

}  // namespace

void App::preset_changed(const std::string& words, const std::string& name, const std::optional<Preset>& before,
                         const std::optional<Preset>& after) {
    auto put = [name](View& view, const std::optional<Preset>& preset) {
        preset ? view.presets.save(*preset) : view.presets.remove(name);
    };
    undo_.push(
        {words, [put, before](View& view) { put(view, before); }, [put, after](View& view) { put(view, after); }});
}

void App::work_on_presets(const PresetWish& wish) {
    OwnPresets& presets = view_.presets;
    const std::string& name = wish.preset.name;
    auto find_exactly = [&](const std::string& wanted) {
        auto it = std::find_if(presets.list.begin(), presets.list.end(),
                               [&](const Preset& preset) { return preset.name == wanted; });
        return it == presets.list.end() ? nullptr : &*it;
    };
    switch (wish.kind) {
        case PresetWish::Kind::read: {
            std::vector<std::string> notes;
            presets.read(notes);
            if (!notes.empty()) view_.say(notes.front());
            break;
        }
        case PresetWish::Kind::save: {
            const Preset* there = find_exactly(name);
            std::optional<Preset> before = there ? std::optional(*there) : std::nullopt;
            presets.save(wish.preset);
            preset_changed(before ? "preset " + name + " replaced" : "preset " + name + " saved", name, before,
                           wish.preset);
            view_.say((before ? "Replaced preset " : "Saved preset ") + name);
            break;
        }
        case PresetWish::Kind::remove: {
            const Preset* there = find_exactly(name);
            std::optional<Preset> before = there ? std::optional(*there) : std::nullopt;
            presets.remove(name);
            preset_changed("preset " + name + " deleted", name, before, std::nullopt);
            view_.say("Deleted preset " + name);
            break;
        }
        case PresetWish::Kind::bring_back:
            if (!presets.gone) break;
            std::string back = presets.gone->name;
            presets.undo();
            view_.say("Preset " + back + " is back");
            break;
    }
}

// What was in the slot is kept, to be undone.
void App::save_over(int slot) {
    const auto file = slot_file(view_, slot);
    if (file && slot_used(view_, slot)) try {
            const auto before = scratch_.next("slot");
            write_file(before, bytes_of(*file));
            auto exchange = [file = *file, before, slot](View& view) {
                try {
                    const std::string now = bytes_of(file), then = bytes_of(before);
                    write_file(before, now);
                    write_file(file, then);
                } catch (const Error& error) {
                    view.say("Slot " + std::to_string(slot) + " stays as it is. " + error.what());
                }
                view.slots = used_slots(view);
            };
            undo_.push({"slot " + std::to_string(slot) + " overwritten", exchange, exchange});
        } catch (const Error&) {
            // what cannot be read or kept cannot come back
        }
    save_slot(view_, slot);
}

void App::work_on_files() {
    for (const PresetWish& wish : std::exchange(view_.preset_wishes, {})) try {
            work_on_presets(wish);
        } catch (const Error& error) {
            view_.say(error.what());
        }
    for (const SlotWish& wish : std::exchange(view_.slot_wishes, {}))
        wish.save ? save_over(wish.slot) : load_slot(view_, wish.slot);
}

void App::save_picture(const std::filesystem::path& file, const Frame& frame) {
    try {
        save_screenshot(file, frame);
        view_.say("Saved " + printable(file.string()));
        spdlog::info("saved {}", printable(file.string()));
    } catch (const Error& error) {
        fail(error.what());
    }
}

// A picture of the window, which carries the moment that it shows.
void App::save_moment(const std::filesystem::path& file, const Frame& frame) {
    save_picture(file, frame);
    if (!view_.world || !view_.step) return;
    pictures_.push_back({file, scratch_.next("picture"), about_step(*view_.world, *view_.step)});
    view_.commands.push_back({Command::Kind::save_state, view_.step->position + 1, pictures_.back().state});
}

void App::finish_pictures() {
    std::error_code error;
    std::erase_if(pictures_, [&](const Picture& picture) {
        if (!std::filesystem::exists(picture.state, error)) return false;
        try {
            add_recipe(picture.file, recipe_with(picture.state, picture.about));
        } catch (const Error& why) {
            view_.say(std::string("The picture is saved, without its moment. ") + why.what());
        }
        std::filesystem::remove(picture.state, error);
        return true;
    });
}

// What a picture or a video carries, as a file beside the play's own.
std::filesystem::path App::taken_out(const std::filesystem::path& file) {
    const std::optional<Recipe> recipe = recipe_in(file);
    if (!recipe)
        throw Error(file,
                    "expected a picture or a video that Driftscope saved, found one that does not say how it was made");
    const auto taken = scratch_.next("dropped") / (file.stem().string() + recipe->ending);
    write_file(taken, {reinterpret_cast<const char*>(recipe->file.data()), recipe->file.size()});
    if (ending_of(file) == ".png" && recipe->ending == ".driftlog") to_end_ = taken;  // it shows the last frame
    return taken;
}

// What made it is gone on from.
void App::take_picture(const std::filesystem::path& file) {
    try {
        take_file(taken_out(file));
    } catch (const Error& error) {
        warn(error.what());
    }
}

// Where it was made in another world that is there, or beside recorded play that is, that is opened first: true, and it is gone on from then.
bool App::open_world_of(const std::filesystem::path& file, int worlds_opened) try {
    std::string name, game;
    if (ending_of(file) == ".state") {
        name = world_of_state(file);
    } else if (const LogHeader session = read_log_header(log_beside(file)); session.weights_hash != truth_alone) {
        name = session.world, game = session.game;
    }
    const bool same_world = view_.world && view_.world->name == name,
               same_game = game.empty() || (view_.world && view_.world->game == game);
    // First the world, then the play beside it; what is still another one then is said by who reads the file.
    if (name.empty() || (same_world && same_game) || worlds_opened == 2) return false;
    const bool beside = same_world && names_recorded_play(game);
    const auto wanted = beside ? std::optional(recorded_folder(game)) : find_world(name);
    if (!wanted || *wanted == view_.world_file || (beside && !is_data_set(*wanted))) return false;
    then_ = {file, worlds_opened + 1};
    view_.say(beside ? "Opening " + printable(wanted->filename().string()) + ", which this was made beside"
                     : "Opening " + printable(name) + ", the world that this was made with");
    view_.commands.push_back({Command::Kind::open_world, 0, *wanted});
    return true;
} catch (const Error&) {
    return false;  // who reads it says what is wrong with it
}

// --replay of a picture or a video: a session is watched, a moment is gone on from in its world.
const Options& App::take_replay() {
    if (!options_.replay) return options_;
    const std::string ending = ending_of(*options_.replay);
    if (ending != ".png" && ending != ".mp4") return options_;
    const auto taken = taken_out(*options_.replay);
    if (taken.extension() == ".driftlog") {
        options_.replay = taken;
        return options_;
    }
    options_.replay.reset();
    options_.world = world_of_state(taken);
    then_ = {taken};
    return options_;
}

}  // namespace drift
