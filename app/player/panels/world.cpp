// The panel "World": which one is dreamed, by what network, and where in it one is.
#include <string>

#include "core/error.h"
#include "player/panels/openings.h"
#include "player/panels/panels.h"
#include "player/panels/typed_field.h"
#include "player/panels/widgets.h"
#include "player/panels/world_list.h"
#include "player/world_controls.h"

namespace drift {
namespace {

std::string short_count(std::int64_t count) {
    if (count >= 1'000'000'000) return decimals(static_cast<double>(count) / 1e9, 2) + " G";
    if (count >= 1'000'000) return decimals(static_cast<double>(count) / 1e6, 2) + " M";
    if (count >= 10'000) return decimals(static_cast<double>(count) / 1e3, 1) + " k";
    return std::to_string(count);
}

void seed_row(View& view) {
    std::uint64_t seed = view.step ? view.step->seed : 0;
    ImGui::AlignTextToFramePadding();
    ImGui::TextColored(palette::muted, "Seed");
    const ImGuiStyle& style = ImGui::GetStyle();
    float lock = button_width("Locked"), copy = button_width("Copy");
    ImGui::SameLine(0, style.ItemSpacing.x * 1.5f);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - lock - copy - 2 * style.ItemInnerSpacing.x);
    ImGui::PushFont(fonts().mono);
    auto typed = text_field("##seed", std::to_string(seed));
    ImGui::PopFont();
    tooltip("Decides the opening and all noise. Type one and press Enter to start with it.");
    if (typed) {
        if (auto wanted = typed_seed(*typed)) view.commands.push_back({Command::Kind::set_seed, *wanted});
        else refuse("##seed", "Enter a whole number, 0 to 18446744073709551615");
    }
    ImGui::SameLine(0, style.ItemInnerSpacing.x);
    if (ImGui::Button("Copy")) {
        ImGui::SetClipboardText(std::to_string(seed).c_str());
        view.say("Seed " + std::to_string(seed) + " copied");
    }
    tooltip("Copy the seed");
    ImGui::SameLine(0, style.ItemInnerSpacing.x);
    if (toggle(view.playback.seed_locked ? "Locked###lock" : "Lock###lock", view.playback.seed_locked, {lock, 0}))
        view.acts.push_back(Act::lock_seed);
    const std::string key = key_of(view, Act::next_episode);
    tooltip(("Locked: a new episode" + (key.empty() ? "" : " (" + key + ")") + " starts with the same seed again.")
                .c_str());
    field_line("##seed");
}

// Which key does what in it.
void controls(View& view) {
    const auto all = world_controls(view.world->actions, view.keyboard);
    if (all.empty()) return;
    float scale = static_cast<float>(view.layout.scale);
    ImGui::TextColored(palette::muted, "Controls");
    if (!ImGui::BeginTable("controls", 2, ImGuiTableFlags_SizingFixedFit)) return;
    ImGui::TableSetupColumn("keys", ImGuiTableColumnFlags_WidthFixed, 128 * scale);
    ImGui::TableSetupColumn("does", ImGuiTableColumnFlags_WidthStretch);
    for (const WorldControl& control : all) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        key_caps(control.keys, scale);
        ImGui::TableNextColumn();
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 2 * scale);  // caps are taller than a line
        ImGui::PushTextWrapPos(0);
        ImGui::TextUnformatted(printable(control.does).c_str());
        ImGui::PopTextWrapPos();
    }
    ImGui::EndTable();
    if (ImGui::Button("Change keys", {ImGui::GetContentRegionAvail().x, 0})) view.acts.push_back(Act::change_keys);
    tooltip(binding_of(Act::change_keys).meaning);
}

}  // namespace

void world_panel(View& view, TextureShelf& shelf) {
    if (!view.world) {
        ImGui::TextColored(palette::muted, view.stopped ? "No world is loaded. Choose one." : "Loading ...");
        world_list(view);
        return;
    }
    const WorldInfo& world = *view.world;
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(printable(world.title.empty() ? world.name : world.title).c_str());
    ImGui::PopTextWrapPos();
    world_list(view);
    if (!world.opening_note.empty()) {
        ImGui::PushTextWrapPos(0);
        ImGui::TextColored(palette::amber, "%s", world.opening_note.c_str());
        ImGui::PopTextWrapPos();
    }
    opening_pictures(view, shelf);
    const bool trained = !view.training.file.empty();
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x,
                half = (ImGui::GetContentRegionAvail().x - (trained ? gap : 0)) / (trained ? 2.0f : 1.0f);
    if (trained) {
        if (ImGui::Button("Training", {half, 0})) view.acts.push_back(Act::training_page);
        tooltip("How it was trained, or is being trained: losses, likeness to held-out play, dreamed frames, advice.");
        ImGui::SameLine(0, gap);
    }
    const char* learn = view.learn.capturing  ? "Capturing ...###learn"
                        : view.learn.training ? "Training ...###learn"
                                              : "Learn a game###learn";
    if (ImGui::Button(learn, {half, 0})) view.acts.push_back(Act::learn_page);
    tooltip("A world of your own: capture a game that runs in a window, train, play.");
    fact("Name", printable(world.name));
    fact("Network", printable(world.network));
    if (world.parameters > 0) fact("Parameters", short_count(world.parameters));
    fact("Runs on", printable(world.device));
    fact("Frame size", std::to_string(world.width) + " x " + std::to_string(world.height) + ", " +
                           std::to_string(world.rate) + " per second");
    std::string hash = printable(world.weights_hash.substr(0, 12));
    if (!hash.empty() && view.dreamed()) {
        fact("Weights", hash, fonts().mono);
        if (ImGui::IsItemClicked()) ImGui::SetClipboardText(world.weights_hash.c_str());
        tooltip("Hash of the weights. Click to copy all of it.");
    }
    seed_row(view);
    if (view.step) {
        fact("Frame number", std::to_string(view.step->index));
        fact("Episode", std::to_string(view.step->episode + 1));
    }
    controls(view);
}

}  // namespace drift
