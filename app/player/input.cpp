#include "player/input.h"

#include <SDL.h>
#include <imgui.h>

#include <algorithm>


namespace drift {
namespace {

bool held_elsewhere(const std::map<int, int>& held, int button) {
    return std::any_of(held.begin(), held.end(), [&](const auto& pair) { return pair.second == button; });
}

int world_button(const View& view, const std::string& name) {
    if (!view.world) return -1;
    const auto& entries = view.world->actions.entries;
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (std::find(entries[i].keys.begin(), entries[i].keys.end(), name) != entries[i].keys.end()) return static_cast<int>(i);
    return -1;
}

}  // namespace

void Input::release_all(KeyLatch& keys) {
    keys.release_all();
    held_.clear();
}

void Input::handle(const SDL_Event& event, View& view, KeyLatch& keys) {
    if (event.type == SDL_WINDOWEVENT && (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST || event.window.event == SDL_WINDOWEVENT_MINIMIZED))
        release_all(keys);
    if (event.type == SDL_KEYUP) {
        auto found = held_.find(event.key.keysym.sym);
        if (found == held_.end()) return;
        int button = found->second;
        held_.erase(found);
        if (!held_elsewhere(held_, button)) keys.release(button);  // Left and A may both be down
    }
    if (event.type != SDL_KEYDOWN || event.key.repeat != 0 || typing_) return;
    KeyPress key{SDL_GetKeyName(event.key.keysym.sym), (event.key.keysym.mod & (KMOD_CTRL | KMOD_GUI)) != 0};
    if (event.key.keysym.mod & KMOD_ALT) return;  // the window manager's
    static const ActionSpace none;
    if (const Binding* binding = find_binding(key, view.world ? view.world->actions : none)) {
        view.acts.push_back(binding->act);
    } else if (int button = key.ctrl ? -1 : world_button(view, key.name); button >= 0) {
        held_[event.key.keysym.sym] = button;
        keys.press(button);
    }
}

void Input::update(KeyLatch& keys) {
    bool typing = ImGui::GetIO().WantTextInput;
    if (typing && !typing_) release_all(keys);
    typing_ = typing;
}

}  // namespace drift
