// A side column: its sections below each other, and the window that holds them.
#include <string>

#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

struct Entry {
    const char* title;
    void (*draw)(View&);
};

Entry entry(Section section) {
    switch (section) {
        case Section::sampler: return {"Sampler", sampler_panel};
        case Section::lanes: return {"Lanes", lanes_panel};
        case Section::time: return {"Time", time_panel};
        case Section::recording: return {"Recording", recording_panel};
        case Section::truth: return {"Truth", truth_panel};
        case Section::speed: return {"Speed", speed_panel};
        case Section::world: break;
    }
    return {"World", nullptr};  // it shows pictures, too
}

}  // namespace

void draw_column(View& view, const Column& column, int number, TextureShelf& shelf) {
    ImGui::SetNextWindowPos({column.box.x, column.box.y});
    ImGui::SetNextWindowSize({column.box.width, column.box.height});
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                             ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav;
    ImGui::Begin(("column " + std::to_string(number)).c_str(), nullptr, flags & ~ImGuiWindowFlags_NoScrollbar);
    for (Section which : column.sections) {
        Entry it = entry(which);
        if (!section(view, it.title)) continue;
        it.draw ? it.draw(view) : world_panel(view, shelf);
    }
    ImGui::End();
}

}  // namespace drift
