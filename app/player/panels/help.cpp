// The help over the picture: what marks and colours mean, then every key in groups, from the table of bindings and the world's own
// actions; a field searches them. The game waits meanwhile.
#include <algorithm>
#include <string>

#include "core/error.h"
#include "player/matching.h"
#include "player/panels/legend.h"
#include "player/panels/page.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"
#include "player/world_controls.h"

namespace drift {
namespace {

struct Row {
    const Legend* mark = nullptr;  // else keys
    std::vector<std::string> keys;
    std::string meaning;
};
struct Group {
    std::string heading;
    std::vector<Row> rows;
};

void add(std::vector<Group>& groups, Group group, const char* typed) {
    std::erase_if(group.rows, [&](const Row& row) {
        std::string all = group.heading + " " + row.meaning;
        for (const std::string& key : row.keys) all += " " + key;
        return !match(all, typed);
    });
    if (!group.rows.empty()) groups.push_back(std::move(group));
}

// Those of what was typed.
std::vector<Group> help_groups(const View& view, const char* typed) {
    static const ActionSpace none;
    const ActionSpace& world = view.world ? view.world->actions : none;
    std::vector<Group> groups;
    for (auto it = legends().begin(); it != legends().end();) {
        Group group{it->where, {}};
        for (const char* where = it->where; it != legends().end() && it->where == std::string_view(where); ++it)
            group.rows.push_back({&*it, {}, it->meaning});
        add(groups, std::move(group), typed);
    }
    Group own{view.world ? "Keys of " + printable(view.world->name) : "", {}};
    for (const WorldControl& control : world_controls(world, view.keyboard))
        own.rows.push_back({nullptr, control.keys, printable(control.does)});
    add(groups, std::move(own), typed);
    for (const TopicName& topic : topics()) {
        Group group{std::string("Keys: ") + topic.name, {}};
        for (const Binding& binding : bindings())
            if (auto keys = free_keys(binding, world, view.keyboard); binding.topic == topic.topic && !keys.empty())
                group.rows.push_back({nullptr, keys, binding.meaning});
        add(groups, std::move(group), typed);
    }
    return groups;
}

void draw_row(const Row& row, float scale) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    if (row.mark) {
        ImVec2 at = ImGui::GetCursorScreenPos();
        if (row.mark->draw)
            row.mark->draw(*ImGui::GetWindowDrawList(), {at.x + 20 * scale, at.y + ImGui::GetFontSize() / 2}, scale);
        ImGui::Dummy({40 * scale, ImGui::GetFontSize()});
    } else {
        key_caps(row.keys, scale);
    }
    ImGui::TableNextColumn();
    if (!row.mark) ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 2 * scale);  // caps are taller than a line
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(row.meaning.c_str());
    ImGui::PopTextWrapPos();
}

// Of the column of keys: the same for all groups, unless one has more of them.
float keys_width(const Group& group, float scale) {
    float width = 132 * scale;
    for (const Row& row : group.rows) width = std::max(width, key_caps_width(row.keys, scale) + 8 * scale);
    return std::min(width, ImGui::GetContentRegionAvail().x * 0.6f);
}

void draw_group(const Group& group, float scale) {
    ImGui::PushFont(fonts().strong);
    ImGui::TextColored(palette::accent, "%s", group.heading.c_str());
    ImGui::PopFont();
    if (ImGui::BeginTable(group.heading.c_str(), 2, ImGuiTableFlags_SizingFixedFit)) {
        bool marks = group.rows.front().mark != nullptr;
        ImGui::TableSetupColumn("key", ImGuiTableColumnFlags_WidthFixed, marks ? 48 * scale : keys_width(group, scale));
        ImGui::TableSetupColumn("meaning", ImGuiTableColumnFlags_WidthStretch);
        for (const Row& row : group.rows) draw_row(row, scale);
        ImGui::EndTable();
    }
    ImGui::Dummy({0, 6 * scale});
}

// Where the second column begins: at the group with which both are about as tall.
std::size_t second_column(const std::vector<Group>& groups) {
    std::size_t all = 0, sum = 0;
    for (const Group& group : groups) all += group.rows.size() + 2;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::size_t rows = groups[i].rows.size() + 2;
        if (2 * sum + rows >= all) return std::max<std::size_t>(i, 1);
        sum += rows;
    }
    return groups.size();
}

}  // namespace

void help_overlay(View& view, const Box& window) {
    static char typed[64] = "";
    if (!view.layout.help) return;
    const float scale = static_cast<float>(view.layout.scale);
    const bool begins = begin_page(view, "Help", 1040, window);
    if (begins) typed[0] = 0;
    constexpr const char* change = "Change keys";
    const float beside = 16 * scale + button_width(change);
    ImGui::SetNextItemWidth(std::min(300 * scale, ImGui::GetContentRegionAvail().x - beside));
    if (begins) ImGui::SetKeyboardFocusHere();
    ImGui::InputTextWithHint("##search", "Search", typed, sizeof typed);
    ImGui::SameLine(0, 16 * scale);
    if (ImGui::Button(change)) view.acts.push_back(Act::change_keys);
    const std::string rest = view.world ? "The game waits. " + key_of(view, Act::close) + " closes." : "";
    ImGui::SameLine(0, 16 * scale);
    if (ImGui::CalcTextSize(rest.c_str()).x <= ImGui::GetContentRegionAvail().x)
        ImGui::TextColored(palette::muted, "%s", rest.c_str());
    else ImGui::NewLine();
    ImGui::Dummy({0, 4 * scale});
    const bool two = ImGui::GetWindowWidth() >= 760 * scale;
    ImGui::BeginChild("groups");
    const std::vector<Group> groups = help_groups(view, typed);
    if (groups.empty()) ImGui::TextColored(palette::muted, "Nothing is called that");
    const std::size_t second = two ? second_column(groups) : groups.size();
    if (ImGui::BeginTable("columns", two ? 2 : 1, ImGuiTableFlags_SizingStretchSame)) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        for (std::size_t i = 0; i < groups.size(); ++i) {
            if (i == second) ImGui::TableNextColumn();
            draw_group(groups[i], scale);
        }
        ImGui::EndTable();
    }
    ImGui::EndChild();
    if (end_page(view)) view.acts.push_back(Act::help);
}

}  // namespace drift
