// What the page "Library" asks to be done to recordings, sessions, videos and pictures.
#include <SDL.h>

#include <algorithm>

#include "core/error.h"
#include "files/folders.h"
#include "files/programs.h"
#include "player/app.h"
#include "player/files/media_files.h"
#include "player/files/moving.h"
#include "player/files/trash.h"
#include "player/library_list.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
constexpr double look_every = 2;  // seconds, while the page is open

}  // namespace

void App::show_library(bool on) {
    capture_mouse(false);
    LibraryPage& page = view_.library;
    page.open = on;
    page.renaming.clear(), page.told.clear(), page.pad.clear(), page.undoable = false;
    if (on) {
        page.typed.clear();
        look_again();
    }
    view_.meters.pause();
}

void App::look_again() {
    if (!library_ && view_.library.open) library_ = std::make_unique<Library>(library_folders());
    if (library_) library_->look();
    library_at_ = view_.now;
}

void App::look_at_library() {
    if (!view_.library.open) return;
    if (auto found = library_ ? library_->take() : std::nullopt) {
        view_.library.items = std::move(*found), view_.library.looked = true;
        wanted_until_ = std::max(wanted_until_, view_.now);
    }
    if (view_.now > library_at_ + look_every) look_again();
}

// Said on the page, which covers the status bar's neighbourhood, and where the page is closed there.
void App::tell(const std::string& words, bool undoable) {
    view_.library.told = words, view_.library.undoable = undoable;
    if (!view_.library.open) view_.say(words);
}

// What moves files can be undone and done again.
void App::move_files(const std::string& words, std::function<void()> back, std::function<void()> again) {
    auto guarded = [this](std::function<void()> work) {
        return [this, work = std::move(work)](View& view) {
            try {
                work();
            } catch (const Error& error) {
                view.say(error.what());
                view.library.told = error.what();
            }
            look_again();
        };
    };
    undo_.push({words, guarded(std::move(back)), guarded(std::move(again))});
    tell(words, true);
    look_again();
}

void App::rename_item(const LibraryItem& item, const std::string& name) {
    const Moves moves = renamed(item.entry.files, name);
    move_all(moves);
    view_.library.chosen = moves.front().second;
    move_files(
        "Renamed " + printable(item.entry.name) + " to " + name, [moves] { move_all(backwards(moves)); },
        [moves] { move_all(moves); });
}

void App::trash_item(const LibraryItem& item) {
    LibraryPage& page = view_.library;
    const auto items = listed(page);
    auto it =
        std::find_if(items.begin(), items.end(), [&](const LibraryItem* each) { return each->entry == item.entry; });
    auto thrown = std::make_shared<std::vector<Trashed>>(to_trash(item.entry.files));
    if (it != items.end() && items.size() > 1)  // the page goes on to its neighbour
        page.chosen = (it + 1 != items.end() ? *(it + 1) : *(it - 1))->entry.file();
    move_files(
        "Moved " + printable(item.entry.name) + " to the trash", [thrown] { out_of_trash(*thrown); },
        [thrown, files = item.entry.files] { *thrown = to_trash(files); });
}

void App::open_outside(const std::filesystem::path& file) {
    std::error_code error;
    if (!fs::exists(file, error)) throw Error(file, "cannot be opened: it is not there");
    if (!is_installed("xdg-open"))  // which SDL starts, and says nothing where it cannot
        throw Error(file, "cannot be opened in another program: xdg-open is not installed");
    const std::string url = "file://" + escaped_path(std::filesystem::absolute(file, error).string());
    if (SDL_OpenURL(url.c_str()) != 0)
        throw Error(file, std::string("cannot be opened in another program (") + SDL_GetError() + ")");
}

void App::work_on_item(const LibraryWish& wish) {
    using enum LibraryWish::Deed;
    const LibraryEntry& entry = wish.item.entry;
    if (wish.deed == rename || wish.deed == trash)
        for (const auto& file : entry.files)
            if (file == view_.recording.window || is_being_written(file))
                throw Error(file, "is being written now; stop that first");
    switch (wish.deed) {
        case go_on:
            show_library(false);
            take_file(entry.file());
            break;
        case open: open_outside(entry.file()); break;
        case folder: open_outside(entry.file().parent_path()); break;
        case mp4: start_export(entry.files.back(), ExportKind::mp4, {}, {}); break;
        case gif: start_export(entry.files.back(), ExportKind::gif, {}, {}); break;
        case rename: rename_item(wish.item, wish.name); break;
        case trash: trash_item(wish.item); break;
    }
}

void App::work_on_library() {
    for (const LibraryWish& wish : std::exchange(view_.library.wishes, {})) try {
            work_on_item(wish);
        } catch (const Error& error) {
            tell(error.what(), false);
            look_again();
        }
}

}  // namespace drift
