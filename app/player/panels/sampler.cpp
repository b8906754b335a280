// The panel "Sampler": how each frame is imagined, from the next one on.
#include <string>
#include <string_view>
#include <utility>

#include "player/lanes.h"
#include "player/panels/panels.h"
#include "player/panels/preset_row.h"
#include "player/panels/schedule_plot.h"
#include "player/panels/setting_row.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

struct Start {
    const char* name;
    const char* meaning;
    SamplerSettings (*apply)(SamplerSettings);
};

constexpr Start starts[] = {
    {"DIAMOND", "x = n: unit noise, whatever sigma_0 is. The dream leans on the context.", diamond_start},
    {"EDM", "x = sigma_0 n: noise as strong as the schedule says.", edm_start},
    {"Noised previous", "x = p + sigma_0 n: the previous frame with noise added.", noised_previous_start},
};

void start_buttons(View& view) {
    float gap = ImGui::GetStyle().ItemInnerSpacing.x, wide = button_width(starts[2].name);
    float rest = (ImGui::GetContentRegionAvail().x - wide - 2 * gap) / 2;
    for (const Start& start : starts) {
        bool last = &start == &starts[2];
        SamplerSettings there = start.apply(view.part());
        if (toggle(start.name, there == view.part(), {last ? ImGui::GetContentRegionAvail().x : rest, 0}))
            view.part() = there;
        tooltip(start.meaning);
        if (!last) ImGui::SameLine(0, gap);
    }
}

// Which of a world's two networks the sliders edit.
void part_tabs(View& view) {
    if (view.world->defaults.upsampler.empty()) return;
    float gap = ImGui::GetStyle().ItemInnerSpacing.x, width = (ImGui::GetContentRegionAvail().x - gap) / 2;
    if (toggle("Small frame", !view.layout.upsampler_shown, {width, 0})) view.layout.upsampler_shown = false;
    tooltip("The network that plays: it sees the keys and imagines a small frame.");
    ImGui::SameLine(0, gap);
    if (toggle("Upsampler", view.layout.upsampler_shown, {width, 0})) view.layout.upsampler_shown = true;
    tooltip("The network that enlarges the small frame. It has its own sampler.");
}

// At the right end of the line above the plot.
void plot_title() {
    const char* title = "Noise level σ at each denoising step";
    ImGui::PushFont(fonts().small);
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - ImGui::CalcTextSize(title).x);
    ImGui::TextColored(palette::muted, "%s", title);
    ImGui::PopFont();
}

// Whose sampler it is. The line is always there, so that nothing below it moves when a lane comes or goes.
void lane_line(View& view, bool fixed) {
    ImGui::AlignTextToFramePadding();
    if (!fixed) {
        ImGui::TextColored(lane_tone(view.lanes.chosen), "of lane %d", view.lanes.chosen + 1);
        return plot_title();
    }
    ImGui::TextColored(palette::amber, "Lane %d is recorded", view.lanes.chosen + 1);
    tooltip(fixed_reason(view).c_str());
    const char* copy = "Copy as a lane";
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - ImGui::CalcTextSize(copy).x -
                    2 * ImGui::GetStyle().FramePadding.x);
    ImGui::BeginDisabled(view.lanes.all.size() >= most_lanes);
    if (ImGui::Button(copy)) view.acts.push_back(Act::add_lane);
    ImGui::EndDisabled();
    tooltip(view.lanes.all.size() >= most_lanes
                ? "There are already four lanes."
                : "Adds a lane that dreams the same keys with settings of your own (C).");
}

// All of them; those that few turn below a line that opens.
bool setting_rows(View& view) {
    bool changed = false, more = true;
    const auto further = [](const SettingField& field) {
        return std::string_view(field.name).ends_with("guidance") || std::string_view(field.name) == "history_noise" ||
               std::string_view(field.name) == "noise_variation";
    };
    bool used = false;
    for (const SettingField& field : setting_fields())
        used = used || (further(field) && field.get(view.part()) != field.get(view.part_defaults()));
    bool begun = false;
    for (const SettingField& field : setting_fields()) {
        if (further(field) && !std::exchange(begun, true)) {
            const std::string title = used ? "Guidance, noise: in use###further" : "Guidance, noise###further";
            if (view.layout.sought && view.layout.sought->field && further(*view.layout.sought->field))
                ImGui::SetNextItemOpen(true);
            more = ImGui::TreeNodeEx(title.c_str(),
                                     ImGuiTreeNodeFlags_NoTreePushOnOpen | ImGuiTreeNodeFlags_SpanAvailWidth);
            tooltip(
                "Guidance pushes each denoised picture away from what a poorer question would give: no action, a "
                "noisier "
                "context, a worse network. Noise variation picks another future.");
        }
        if (!further(field) || more) changed |= setting_row(view, field);
    }
    return changed;
}

}  // namespace

void sampler_panel(View& view) {
    if (!view.world) return;
    bool fixed = view.recorded(view.lanes.chosen);
    ImGui::BeginDisabled(fixed);
    preset_row(view);
    ImGui::EndDisabled();
    lane_line(view, fixed);
    part_tabs(view);
    schedule_plot(view);
    ImGui::BeginDisabled(fixed);
    start_buttons(view);
    bool changed = false;
    changed |= setting_rows(view);
    ImGui::EndDisabled();
    if (changed) {
        std::vector<std::string> notes;
        view.settings() = clamped(view.settings(), &notes);
        if (!notes.empty()) view.say(notes.front());
    }
    ImGui::PushFont(fonts().small);
    const int most = view.playback.hold.on && !fixed ? view.playback.hold.most : 0;
    if (most > 0 && most < view.part().steps)
        ImGui::TextColored(palette::amber, "The rate is held: %d of %d denoising steps", most, view.part().steps);
    int calls = network_calls(most > 0 ? with_at_most(view.settings(), most) : view.settings());
    ImGui::TextColored(palette::muted, "%d network call%s per frame", calls, calls == 1 ? "" : "s");
    ImGui::PopFont();
    const char* reset = "Reset all";
    bool differs = view.settings() != view.world->defaults;
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - ImGui::CalcTextSize(reset).x -
                    2 * ImGui::GetStyle().FramePadding.x);
    ImGui::BeginDisabled(!differs || fixed);
    if (ImGui::Button(reset)) view.settings() = view.world->defaults;
    ImGui::EndDisabled();
    tooltip("Resets every setting to this world's default.");
}

}  // namespace drift
