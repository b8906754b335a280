// Settings, "Computing": device, precision and threads of the network, and what each costs.
#include <algorithm>
#include <string>
#include <thread>

#include "core/error.h"
#include "player/panels/settings_parts.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

struct Option {
    const char *name, *label;
};

void option_row(const View& view, const char* label, std::string& value, std::initializer_list<Option> options) {
    row_label(view, label);
    ImGui::PushID(label);
    bool first = true;
    for (const Option& it : options) {
        if (!first) ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
        first = false;
        if (toggle(it.label, value == it.name)) value = it.name;
    }
    ImGui::PopID();
}

}  // namespace

void computing_part(View& view) {
    Compute& now = view.preferences.compute;
    option_row(view, "Device", now.device, {{"auto", "Automatic"}, {"cpu", "CPU"}, {"cuda", "GPU"}});
    row_note(view,
             "Automatic: a GPU if there is one. It is many times faster; the pictures differ in the last bits only.");
    option_row(view, "Precision", now.precision,
               {{"auto", "Automatic"}, {"bf16", "bf16"}, {"fp16", "fp16"}, {"fp32", "fp32"}});
    row_note(
        view,
        "Automatic: whichever is fastest here. fp32 is exact to seven digits. bf16 keeps three and halves the "
        "memory: often half the time on CPUs and GPUs that compute in it, slower on those that do not. fp16 is for "
        "NVIDIA cards older than 2020.");
    row_label(view, "CPU threads");
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    ImGui::SetNextItemWidth(220 * static_cast<float>(view.layout.scale));
    auto words = [](int threads) { return threads == 0 ? std::string("Automatic") : std::to_string(threads); };
    if (ImGui::BeginCombo("##threads", words(now.threads).c_str())) {
        for (int threads = 0; threads <= cores; ++threads)
            if (ImGui::Selectable(words(threads).c_str(), threads == now.threads)) now.threads = threads;
        ImGui::EndCombo();
    }
    const std::string all = std::to_string(cores) + (cores == 1 ? " core" : " cores");
    row_note(view, "This computer has " + all +
                       ". Automatic leaves one to the window, except where there are only two. A network call on the "
                       "CPU takes up to twice as long with half the threads; a GPU does not mind.");
    row_label(view, "Now");
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(view.world ? printable(view.world->device).c_str() : "No world is open");
    row_label(view, "Measured");
    ImGui::BeginGroup();
    ImGui::AlignTextToFramePadding();
    if (view.settings_page.calls.empty()) ImGui::TextColored(palette::muted, "Nothing yet: play for a moment");
    for (const auto& [device, ms] : view.settings_page.calls)
        ImGui::Text("%s: %s ms for each network call", printable(device).c_str(),
                    decimals(ms, ms < 10 ? 1 : 0).c_str());
    ImGui::EndGroup();
    row_note(view,
             "Medians of this world since the program started, with the lanes as they were. Each choice that you play "
             "with is added.");
    row_label(view, "Apply");
    ImGui::BeginDisabled(!view.world || view.world_file.empty() || !view.opening.empty());
    if (ImGui::Button("Reopen the world"))
        view.commands.push_back({Command::Kind::open_world, 0, view.world_file}),
            view.acts.push_back(Act::settings_page);
    ImGui::EndDisabled();
    row_note(view,
             "Changes count from the next world that is opened, or the next start. --device, --precision and "
             "--threads on the command line come first. Reopening begins the game anew.");
}

}  // namespace drift
