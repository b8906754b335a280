// The page "Keys" over the picture: a row for each act and each button of the game, to be put on another key. The game waits meanwhile.
#include <algorithm>
#include <string>

#include "core/error.h"
#include "player/key_rows.h"
#include "player/matching.h"
#include "player/panels/page.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

std::string id_of(const KeyRow& row) { return (row.button ? "button " : "act ") + row.name; }

// The key that a row was waiting for.
void take_pressed(View& view, const std::vector<KeyRow>& rows, std::string& told) {
    KeysPage& page = view.keys_page;
    if (!page.pressed) return;
    const KeyPress key = *std::exchange(page.pressed, std::nullopt);
    const std::string waiting = std::exchange(page.waiting, "");
    if (key.place == "Escape") return;
    for (const KeyRow& row : rows) {
        if (id_of(row) != waiting) continue;
        if (row.button && key.ctrl) return void(told = "A key of the game goes without Ctrl");
        const std::string other = put_on_key(view, row, key);
        const std::string name = (key.ctrl ? std::string(with_ctrl) : "") + view.keyboard.shown(key.place);
        if (other.empty()) told = name + ": " + row.meaning;
        else if (owner_of(key, view) == other) told = name + ": used by " + other + ", which comes first";
        else told = name + ": " + row.meaning + ". Before, it was used by " + other;
    }
}

void presets(View& view, std::string& told) {
    struct Preset {
        const char *name, *meaning;
        std::vector<std::string> keys;
    };
    static const Preset all[] = {
        {"WASD", "Move with W, A, S and D, in every world", {"A", "D", "W", "S"}},
        {"Arrows", "Move with the arrow keys, in every world", {"Left", "Right", "Up", "Down"}}};
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    for (const Preset& preset : all) {
        if (ImGui::Button(preset.name)) {
            put_directions(view.keyboard.own, view.shipped, preset.keys);
            view.keys_changed(), told = preset.meaning;
        }
        tooltip(preset.meaning);
        ImGui::SameLine(0, gap);
    }
    ImGui::BeginDisabled(view.keyboard.own == OwnKeys{});
    if (ImGui::Button("Reset all")) view.keyboard.own = {}, view.keys_changed(), told = "All keys are the usual ones";
    ImGui::EndDisabled();
    tooltip("Every act and button is on its usual keys again.");
}

// An action's name, which a click makes a field.
void draw_name(View& view, const KeyRow& row) {
    KeysPage& page = view.keys_page;
    if (page.renaming != row.name) {
        ImGui::AlignTextToFramePadding();
        if (ImGui::Selectable(row.meaning.c_str()))
            page.renaming = row.name, page.name = row.meaning, page.waiting.clear();
        tooltip("Click to call it something else, in this world.");
        return;
    }
    ImGui::SetNextItemWidth(-1);
    char typed[longest_action_name + 1] = "";
    page.name.copy(typed, longest_action_name);
    if (!ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere();
    const bool entered = ImGui::InputText("##name", typed, sizeof typed,
                                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    page.name = typed;
    if (!entered && !ImGui::IsItemDeactivated()) return;
    if (entered || !ImGui::IsKeyPressed(ImGuiKey_Escape)) {
        call_action(view.keyboard.own, view.world->name, row.name, page.name);
        view.keys_changed();
    }
    page.renaming.clear();
}

void draw_row(View& view, const KeyRow& row, float scale) {
    KeysPage& page = view.keys_page;
    const std::string id = id_of(row);
    const bool waits = page.waiting == id;
    ImGui::PushID(id.c_str());
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    if (row.button) {
        draw_name(view, row);
    } else {
        ImGui::AlignTextToFramePadding();
        ImGui::PushTextWrapPos(0);
        ImGui::TextUnformatted(row.meaning.c_str());
        ImGui::PopTextWrapPos();
    }
    ImGui::TableNextColumn();
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 2 * scale);
    ImGui::PushTextWrapPos(0);
    if (waits) ImGui::TextColored(palette::amber, "Press a key (Esc cancels)");
    else if (!row.keys.empty()) key_caps(row.keys, scale);
    else if (row.lost.empty()) ImGui::TextColored(palette::muted, "no key");
    ImGui::PushFont(fonts().small);
    for (const std::string& lost : row.lost) ImGui::TextColored(palette::amber, "%s", lost.c_str());
    ImGui::PopFont();
    ImGui::PopTextWrapPos();
    ImGui::TableNextColumn();
    if (toggle("Change", waits)) page.waiting = waits ? "" : id;
    ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
    ImGui::BeginDisabled(!row.own);
    if (ImGui::Button("Reset")) reset_keys(view, row), page.waiting.clear();
    ImGui::EndDisabled();
    ImGui::PopID();
}

void list(View& view, const std::vector<KeyRow>& rows, const char* typed, float scale) {
    ImGui::BeginChild("rows");
    std::string heading;
    bool open = false, any = false;
    const float buttons = button_width("Change") + button_width("Reset") + ImGui::GetStyle().ItemInnerSpacing.x;
    for (const KeyRow& row : rows) {
        std::string all = row.heading + " " + row.meaning;
        for (const std::string& key : row.keys) all += " " + key;
        if (!match(all, typed)) continue;
        any = true;
        if (row.heading != heading) {
            if (open) ImGui::EndTable(), ImGui::Dummy({0, 6 * scale});
            heading = row.heading;
            ImGui::PushFont(fonts().strong);
            ImGui::TextColored(palette::accent, "%s", heading.c_str());
            ImGui::PopFont();
            open = ImGui::BeginTable(heading.c_str(), 3, ImGuiTableFlags_RowBg);
            if (!open) continue;
            ImGui::TableSetupColumn("meaning", ImGuiTableColumnFlags_WidthStretch, 1.3f);
            ImGui::TableSetupColumn("keys", ImGuiTableColumnFlags_WidthStretch, 1);
            ImGui::TableSetupColumn("buttons", ImGuiTableColumnFlags_WidthFixed, buttons);
        }
        if (open) draw_row(view, row, scale);
    }
    if (open) ImGui::EndTable();
    if (!any) ImGui::TextColored(palette::muted, "Nothing is called that");
    ImGui::EndChild();
}

}  // namespace

void keys_page(View& view, const Box& window) {
    static char typed[64] = "";
    static std::string told;  // what the last key did
    if (!view.keys_page.open) return;
    const float scale = static_cast<float>(view.layout.scale);
    if (begin_page(view, "Keys", 860, window)) typed[0] = 0, told.clear();
    const bool waited = !view.keys_page.waiting.empty() || !view.keys_page.renaming.empty();
    take_pressed(view, key_rows(view), told);
    ImGui::SetNextItemWidth(std::min(260 * scale, ImGui::GetContentRegionAvail().x));
    ImGui::InputTextWithHint("##search", "Search", typed, sizeof typed);
    const float needed = button_width("WASD") + button_width("Arrows") + button_width("Reset all") +
                         2 * ImGui::GetStyle().ItemInnerSpacing.x;
    if (float left = ImGui::GetWindowContentRegionMax().x - needed;
        left > ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x)
        ImGui::SameLine(left);
    presets(view, told);
    ImGui::PushTextWrapPos(0);
    const std::string close = key_of(view, Act::close),
                      pads = view.keyboard.pads ? "" : " A gamepad's keys are listed while one is connected.";
    if (told.empty())
        ImGui::TextColored(palette::muted, "%s",
                           ("The game waits." + (close.empty() ? "" : " " + close + " closes.") + pads).c_str());
    else ImGui::TextColored(palette::amber, "%s", told.c_str());
    ImGui::PopTextWrapPos();
    ImGui::Dummy({0, 4 * scale});
    list(view, key_rows(view), typed, scale);
    if (end_page(view, !waited)) view.acts.push_back(Act::change_keys);
}

}  // namespace drift
