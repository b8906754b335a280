#include "player/panels/library_row.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>

#include "core/error.h"
#include "player/library_list.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

constexpr float picture_width = 104, picture_height = 66, pad = 7;

// In its box: the picture as large as fits, or why there is none.
void picture(const LibraryItem& item, ImVec2 at, float scale, TextureShelf& shelf) {
    constexpr std::uint64_t shelf_place = 0x4c00000000000000;  // keys of these on the shelf
    const ImVec2 size{picture_width * scale, picture_height * scale};
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(at, {at.x + size.x, at.y + size.y}, colour(palette::back), 3 * scale);
    if (item.facts && item.facts->thumbnail) {
        const Frame& frame = *item.facts->thumbnail;
        const std::uint64_t key = std::hash<std::string>()(item.entry.file().string()) >> 8;
        const auto texture = shelf.texture(shelf_place | key, static_cast<std::uint64_t>(item.entry.changed), frame);
        const float fit = std::min(size.x / static_cast<float>(frame.width), size.y / static_cast<float>(frame.height));
        const float width = std::round(static_cast<float>(frame.width) * fit),
                    height = std::round(static_cast<float>(frame.height) * fit);
        const ImVec2 from{std::round(at.x + (size.x - width) / 2), std::round(at.y + (size.y - height) / 2)};
        draw.AddImage(texture, from, {from.x + width, from.y + height});
        return;
    }
    const char* words = !item.facts ? "..." : !item.facts->damage.empty() ? "damaged" : "no picture";
    const ImVec4& tone = item.facts && !item.facts->damage.empty() ? palette::coral : palette::muted;
    ImGui::PushFont(fonts().small);
    text_at({at.x + size.x / 2, at.y + size.y / 2}, {0.5f, 0.5f}, colour(tone), words);
    ImGui::PopFont();
}

std::string bytes_words(std::uint64_t bytes) {
    return bytes < 1000 ? std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes")
                        : size_words(static_cast<double>(bytes));
}

// "Recording of bricks, 0:32, 480 frames".
std::string what_it_is(const LibraryItem& item) {
    std::string words = kind_name(item.entry.kind);
    if (item.facts && !item.facts->world.empty()) words += " of " + printable(item.facts->world);
    if (item.entry.kind == LibraryEntry::Kind::picture && item.facts && !item.facts->shows.empty())
        words += ", " + printable(item.facts->shows);
    if (std::string length = length_words(item); !length.empty()) words += ", " + length;
    return words;
}

// Above the row, or below it at the top of the window: what is said of a row must not lie over its buttons.
void tooltip_of_row(const std::string& words, ImVec2 row, float scale) {
    if (!hovered_long(ImGuiHoveredFlags_AllowWhenDisabled)) return;
    const float gap = 4 * scale;
    const bool above = row.y > ImGui::GetTextLineHeight() * 6;
    ImGui::SetNextWindowPos({row.x, above ? row.y - gap : row.y + library_row_height(scale) + gap}, ImGuiCond_Always,
                            {0, above ? 1.0f : 0.0f});
    begin_tooltip();
    ImGui::TextUnformatted(words.c_str());
    end_tooltip();
}

void explain(const LibraryItem& item, ImVec2 row, float scale) {
    std::string words;
    for (const auto& file : item.entry.files) words += (words.empty() ? "" : "\n") + printable(file.string());
    if (item.facts)
        for (const std::string* each : {&item.facts->shows, &item.facts->damage, &item.facts->recipe_damage})
            if (!each->empty()) words += "\n" + printable(*each);
    tooltip_of_row(words, row, scale);
}

// The name, or the field that it is typed into.
void name_line(View& view, const LibraryItem& item, ImVec2 at, float width) {
    LibraryPage& page = view.library;
    const ImGuiStyle& style = ImGui::GetStyle();
    static std::filesystem::path begun;  // the field has the keyboard once
    if (begun != page.renaming) begun.clear();
    if (page.renaming != item.entry.file()) {
        const std::string mark = being_written(view, item) ? "  being written" : "";
        ImGui::SetCursorPos(at);
        ImGui::PushFont(fonts().strong);
        ImGui::TextUnformatted(fitted(printable(item.entry.name), width - ImGui::CalcTextSize(mark.c_str()).x).c_str());
        ImGui::PopFont();
        ImGui::SameLine(0, 0);
        ImGui::TextColored(palette::coral, "%s", mark.c_str());
        return;
    }
    ImGui::SetCursorPos({at.x - style.FramePadding.x, at.y - style.FramePadding.y});
    if (begun != page.renaming) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(std::min(width, 460 * static_cast<float>(view.layout.scale)));
    char typed[256];
    std::snprintf(typed, sizeof typed, "%s", page.name.c_str());
    ImGui::PushStyleColor(ImGuiCol_FrameBg, palette::back);
    const bool entered = ImGui::InputText("##name", typed, sizeof typed,
                                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    ImGui::PopStyleColor();
    page.name = typed;
    const bool active = ImGui::IsItemActive(),
               given_up = ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false);
    if (entered && !given_up && page.name != item.entry.name)
        page.wishes.push_back({LibraryWish::Deed::rename, item, page.name});
    if (entered || given_up || (begun == page.renaming && !active)) page.renaming.clear(), begun.clear();
    else if (active) begun = page.renaming;
}

// What is wrong with it stands in the place of what it is.
void second_line(const LibraryItem& item, float width) {
    const bool damaged = item.facts && !item.facts->damage.empty(),
               odd = item.facts && !item.facts->recipe_damage.empty();
    std::string words = damaged ? printable(item.facts->damage)
                        : odd   ? printable(item.facts->recipe_damage)
                                : what_it_is(item);
    // The folder is the tooltip's.
    if (const std::string folder = printable(item.entry.file().parent_path().string()) + "/"; words.starts_with(folder))
        words.erase(0, folder.size());
    ImGui::TextColored(damaged ? palette::coral
                       : odd   ? palette::amber
                               : palette::muted,
                       "%s", fitted(words, width).c_str());
}

// By a right click, as the desktop's file managers have it: where a row is narrow it has no room for all buttons.
std::optional<LibraryWish::Deed> menu(View& view, const LibraryItem& item) {
    std::optional<LibraryWish::Deed> clicked;
    if (!ImGui::BeginPopupContextItem("##deeds")) return clicked;
    view.library.chosen = item.entry.file();
    for (LibraryWish::Deed deed : deeds(item))
        if (ImGui::MenuItem(deed_name(deed, item), nullptr, false, why_not(deed, item, view).empty())) clicked = deed;
    if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false)) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return clicked;
}

std::optional<LibraryWish::Deed> buttons(View& view, const LibraryItem& item, float left, float right, ImVec2 row) {
    std::optional<LibraryWish::Deed> clicked;
    const auto all = deeds(item);
    const ImGuiStyle& style = ImGui::GetStyle();
    float x = left;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const char* name = deed_name(all[i], item);
        const float width = button_width(name);
        if (x + width > right) break;  // in a narrow window keys do the rest
        if (i > 0) ImGui::SameLine(0, style.ItemInnerSpacing.x);
        const std::string why = why_not(all[i], item, view);
        ImGui::BeginDisabled(!why.empty());
        ImGui::PushStyleColor(ImGuiCol_Button, palette::hovered);
        if (toggle(name, view.keyboard.pads && static_cast<int>(i) == view.library.deed)) clicked = all[i];
        ImGui::PopStyleColor();
        ImGui::EndDisabled();
        tooltip_of_row(deed_meaning(all[i], item) + (why.empty() ? "" : "\n" + why), {ImGui::GetItemRectMin().x, row.y},
                       static_cast<float>(view.layout.scale));
        x += width + style.ItemInnerSpacing.x;
    }
    return clicked;
}

}  // namespace

float library_row_height(float scale) { return std::round((picture_height + 2 * pad) * scale); }

RowClick library_row(View& view, const LibraryItem& item, bool chosen, TextureShelf& shelf) {
    const float scale = static_cast<float>(view.layout.scale), width = ImGui::GetContentRegionAvail().x,
                height = library_row_height(scale);
    RowClick click;
    const ImVec2 at = ImGui::GetCursorScreenPos(), cursor = ImGui::GetCursorPos();
    click.chosen = ImGui::InvisibleButton("##row", {width, height - 2 * scale});
    ImGui::SetItemAllowOverlap();
    const bool hovered = ImGui::IsItemHovered();
    click.deed = menu(view, item);
    if (hovered && ImGui::IsMouseDoubleClicked(0)) click.deed = deeds(item).front();
    const float beside = (picture_width + 2.4f * pad) * scale;
    if (hovered && ImGui::GetIO().MousePos.x < at.x + beside) explain(item, at, scale);
    if (chosen || hovered)
        ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, at.y + height - 2 * scale},
                                                  colour(palette::raised, chosen ? 1 : 0.5f), 6 * scale);
    picture(item, {at.x + pad * scale, at.y + pad * scale}, scale, shelf);
    const float left = cursor.x + beside, right = cursor.x + width - pad * scale, top = cursor.y + pad * scale,
                step = std::round(ImGui::GetTextLineHeight() * 1.32f);
    const std::string size = bytes_words(item.entry.bytes), date = date_words(item.entry.changed);
    const float column = std::max(ImGui::CalcTextSize(size.c_str()).x, ImGui::CalcTextSize(date.c_str()).x);
    auto at_right = [&](const std::string& words, float y) {
        ImGui::SetCursorPos({right - ImGui::CalcTextSize(words.c_str()).x, y});
        ImGui::TextColored(palette::muted, "%s", words.c_str());
    };
    at_right(date, top);
    at_right(size, top + step);
    const float room = right - left - column - 12 * scale;
    name_line(view, item, {left, top}, room);
    ImGui::SetCursorPos({left, top + step});
    second_line(item, room);
    if (chosen) {
        ImGui::SetCursorPos({left, top + picture_height * scale - ImGui::GetFrameHeight()});
        if (auto deed = buttons(view, item, left, right, at)) click.deed = deed;
    }
    return click;
}

}  // namespace drift
