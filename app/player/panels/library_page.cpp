// The page "Library" over the picture: what was recorded, exported and pictured, to be played, shown, named and thrown away.
#include <SDL_scancode.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "core/error.h"
#include "player/library_list.h"
#include "player/panels/library_row.h"
#include "player/panels/page.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

bool pressed(ImGuiKey key, bool repeat = false) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeat); }

// What keys and a gamepad ask for, in one picture of the window.
struct Asked {
    int rows = 0, deeds = 0;
    bool main = false;    // the main deed
    bool button = false;  // the one that the gamepad stands on
    bool rename = false, trash = false, close = false;
    bool to_first = false, to_last = false;
};

Asked asked(LibraryPage& page, int rows_shown) {
    Asked it;
    for (const std::string& key : std::exchange(page.pad, {})) {
        if (!page.renaming.empty()) page.renaming.clear();  // a name is typed on a keyboard
        it.rows += (key == "Pad Down") - (key == "Pad Up") +
                   rows_shown * ((key == "Pad Right Shoulder") - (key == "Pad Left Shoulder"));
        it.deeds += (key == "Pad Right") - (key == "Pad Left");
        it.button |= key == "Pad A";
        it.close |= key == "Pad B" || key == "Pad Right Stick" || key == "Pad Start";
    }
    if (!page.renaming.empty()) return it;
    it.rows += pressed(ImGuiKey_DownArrow, true) - pressed(ImGuiKey_UpArrow, true) +
               rows_shown * (pressed(ImGuiKey_PageDown, true) - pressed(ImGuiKey_PageUp, true));
    it.main = pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeyPadEnter);
    it.rename = ImGui::IsKeyPressed(SDL_SCANCODE_F2, false);
    it.close |= pressed(ImGuiKey_Escape);
    if (page.typed.empty()) {  // else these are the field's
        it.trash = pressed(ImGuiKey_Delete);
        it.to_first = pressed(ImGuiKey_Home), it.to_last = pressed(ImGuiKey_End);
    }
    return it;
}

void search_field(LibraryPage& page, float width, bool focus) {
    char typed[128];
    std::snprintf(typed, sizeof typed, "%s", page.typed.c_str());
    if (focus) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(width);
    if (ImGui::InputTextWithHint("##search", "Search names, worlds, kinds", typed, sizeof typed))
        page.typed = typed, page.chosen.clear();
}

void sort_buttons(LibraryPage& page) {
    using Sort = LibraryPage::Sort;
    struct Way {
        Sort sort;
        const char *name, *meaning;
    };
    static constexpr Way ways[] = {{Sort::date, "Date", "Newest first (click again: oldest first)"},
                                   {Sort::name, "Name", "By name (click again: from Z to A)"},
                                   {Sort::size, "Size", "Largest first (click again: smallest first)"}};
    for (const Way& way : ways) {
        ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
        if (toggle(way.name, page.sort == way.sort)) {
            page.reversed = page.sort == way.sort && !page.reversed;
            page.sort = way.sort;
        }
        tooltip(way.meaning);
    }
}

// What was done last, with its way back; else how much there is, and the keys.
void said(View& view, std::size_t shown) {
    LibraryPage& page = view.library;
    if (view.recording.exported) {
        const std::string text =
            "Exporting " + view.recording.exporting + ", " + decimals(*view.recording.exported * 100, 0) + " %";
        const float stop = button_width("Stop"), gap = ImGui::GetStyle().ItemInnerSpacing.x;
        ImGui::ProgressBar(static_cast<float>(*view.recording.exported),
                           {ImGui::GetContentRegionAvail().x - stop - gap, 0}, text.c_str());
        ImGui::SameLine(0, gap);
        if (ImGui::Button("Stop")) view.acts.push_back(Act::stop_export);
        return;
    }
    ImGui::AlignTextToFramePadding();
    if (!page.told.empty()) {
        const float undo = page.undoable ? button_width("Undo") + ImGui::GetStyle().ItemInnerSpacing.x : 0;
        const std::string told = printable(page.told);
        ImGui::TextColored(palette::amber, "%s", fitted(told, ImGui::GetContentRegionAvail().x - undo).c_str());
        tooltip(told.c_str());
        if (!page.undoable) return;
        ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
        if (ImGui::Button("Undo")) view.acts.push_back(Act::undo), page.told.clear(), page.undoable = false;
        return;
    }
    double bytes = 0;
    for (const LibraryItem& item : page.items) bytes += static_cast<double>(item.entry.bytes);
    const std::size_t all = page.items.size();
    std::string words = shown < all ? std::to_string(shown) + " of " + std::to_string(all) : std::to_string(all);
    words += (all == 1 ? " item, " : " items, ") + size_words(bytes) + ". The game waits.";
    const char* keys = view.keyboard.pads ? " Return plays, F2 renames, Del moves to the trash. Gamepad: A, B closes."
                                          : " Return plays, F2 renames, Del moves to the trash, Esc closes.";
    ImGui::TextColored(palette::muted, "%s", fitted(words + keys, ImGui::GetContentRegionAvail().x).c_str());
}

void wish(LibraryPage& page, LibraryWish::Deed deed, const LibraryItem& item) {
    page.told.clear(), page.undoable = false;
    if (deed != LibraryWish::Deed::rename) return page.wishes.push_back({deed, item, ""});
    page.renaming = item.entry.file(), page.name = item.entry.name;
}

// Only what can be done: else why not is said.
void ask(View& view, LibraryWish::Deed deed, const LibraryItem& item) {
    if (std::string why = why_not(deed, item, view); !why.empty())
        view.library.told = item.entry.name + ": " + why, view.library.undoable = false;
    else wish(view.library, deed, item);
}

void rows(View& view, const std::vector<const LibraryItem*>& items, int chosen, bool scroll, TextureShelf& shelf) {
    LibraryPage& page = view.library;
    const float scale = static_cast<float>(view.layout.scale);
    ImGui::BeginChild("items", {0, 0}, false, ImGuiWindowFlags_NoNav);
    if (items.empty())
        ImGui::TextColored(palette::muted, "%s",
                           !page.looked         ? "Looking ..."
                           : page.items.empty() ? "Nothing was recorded yet. Ctrl+R records, F12 saves a picture."
                                                : "Nothing is called that");
    float y = ImGui::GetCursorPosY();
    static std::filesystem::path renamed;  // as it was in the picture before
    const bool names = page.renaming != renamed;
    renamed = page.renaming;
    const float top = ImGui::GetScrollY(), bottom = top + ImGui::GetWindowHeight();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool stands = static_cast<int>(i) == chosen;
        const float height = library_row_height(scale);
        ImGui::SetCursorPosY(y);
        const bool renaming = !page.renaming.empty() && page.renaming == items[i]->entry.file();
        // Those out of sight take their room and nothing else, but for the one that has the keyboard.
        if (renaming || (y + height >= top && y <= bottom)) {
            ImGui::PushID(static_cast<int>(i));
            const RowClick click = library_row(view, *items[i], stands, shelf);
            if (click.chosen) page.chosen = items[i]->entry.file(), page.deed = 0;
            if (click.deed) ask(view, *click.deed, *items[i]);
            ImGui::PopID();
        }
        if ((stands && scroll) || (renaming && names)) {
            if (y < top) ImGui::SetScrollY(y);
            else if (y + height > bottom) ImGui::SetScrollY(y + height - ImGui::GetWindowHeight());
        }
        y += height;
    }
    ImGui::SetCursorPosY(y);
    ImGui::Dummy({0, 0});
    ImGui::EndChild();
}

}  // namespace

void library_page(View& view, const Box& window, TextureShelf& shelf) {
    LibraryPage& page = view.library;
    if (!page.open) return;
    const float scale = static_cast<float>(view.layout.scale), height = std::min(780 * scale, window.height - 16);
    const bool begins = begin_page(view, "Library", 940, window);
    float buttons = 0;
    for (const char* name : {"Date", "Name", "Size"})
        buttons += button_width(name) + ImGui::GetStyle().ItemInnerSpacing.x;
    // The keyboard is the search field's, unless a name is being typed.
    const bool menu = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
    const bool idle = page.renaming.empty() && !menu && !ImGui::IsAnyItemActive() && !ImGui::IsMouseDown(0);
    search_field(page, std::max(80 * scale, std::min(320 * scale, ImGui::GetContentRegionAvail().x - buttons)),
                 begins || idle);
    sort_buttons(page);

    const std::vector<const LibraryItem*> items = listed(page);
    auto is_renamed = [&](const LibraryItem* item) { return item->entry.file() == page.renaming; };
    if (std::none_of(items.begin(), items.end(), is_renamed)) page.renaming.clear();  // it is gone
    int chosen = chosen_of(page, items);
    const bool renaming = !page.renaming.empty();
    const int shown = std::max(1, static_cast<int>((height - 200 * scale) / library_row_height(scale)));
    const Asked keys = menu ? Asked() : asked(page, shown);
    const int last = static_cast<int>(items.size()) - 1;
    const bool moves = keys.rows != 0 || keys.to_first || keys.to_last;
    if (moves && chosen >= 0) {
        chosen = keys.to_first ? 0 : keys.to_last ? last : std::clamp(chosen + keys.rows, 0, last);
        page.chosen = items[static_cast<std::size_t>(chosen)]->entry.file(), page.deed = 0;
    }
    if (chosen >= 0) {
        const LibraryItem& item = *items[static_cast<std::size_t>(chosen)];
        const auto all = deeds(item);
        page.deed = std::clamp(page.deed + keys.deeds, 0, static_cast<int>(all.size()) - 1);
        if (keys.main && !renaming) ask(view, all.front(), item);
        if (keys.button) ask(view, all[static_cast<std::size_t>(page.deed)], item);
        if (keys.rename) ask(view, LibraryWish::Deed::rename, item);
        if (keys.trash) ask(view, LibraryWish::Deed::trash, item);
    }
    said(view, items.size());
    ImGui::Dummy({0, 2 * scale});
    rows(view, items, chosen, moves || begins, shelf);
    const bool elsewhere = end_page(view, false);
    if ((elsewhere && !menu) || (keys.close && !renaming)) view.acts.push_back(Act::library);
}

}  // namespace drift
