#include "player/input.h"

#include <SDL.h>
#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "player/learning.h"

namespace drift {
namespace {

// By itself it is no key to put anything on.
bool modifier(int code) { return code >= SDL_SCANCODE_LCTRL && code <= SDL_SCANCODE_RGUI; }

bool held_elsewhere(const std::map<int, int>& held, int button) {
    return std::any_of(held.begin(), held.end(), [&](const auto& pair) { return pair.second == button; });
}

// SDL stamps an event when it takes it from the system. Made-up ones have no stamp.
KeyLatch::Clock::time_point time_of(const SDL_Event& event) {
    const std::chrono::milliseconds ago(SDL_GetTicks() - event.common.timestamp);
    return KeyLatch::Clock::now() - (ago < std::chrono::seconds(1) ? ago : std::chrono::milliseconds(0));
}

// What is about the window or what is written down, and undo, which brings back from the trash; all else is about a game that waits.
bool acts_on_pages(const Binding& binding) {
    return binding.topic == Topic::window || binding.act == Act::undo || binding.act == Act::redo ||
           (binding.topic == Topic::record && binding.act != Act::record_past && binding.act != Act::take_over);
}

}  // namespace

void Input::release_all(KeyLatch& keys) {
    keys.release_all();
    held_.clear();
}

void Input::handle(const SDL_Event& event, View& view, KeyLatch& keys) {
    at_ = time_of(event);
    if (event.type == SDL_WINDOWEVENT &&
        (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST || event.window.event == SDL_WINDOWEVENT_MINIMIZED))
        release_all(keys), view.playback.rewinding = false, view.acts.push_back(Act::free_mouse);
    if (view.mouse_captured) mouse(event, view, keys);
    pads(event, view, keys);
    if (event.type == SDL_MOUSEBUTTONUP) view.playback.rewinding = false;  // the toolbar's
    if (event.type == SDL_KEYUP) release(event.key.keysym.scancode, view, keys);
    if (event.type != SDL_KEYDOWN) return;
    const SDL_Keysym& it = event.key.keysym;
    if (view.mouse_captured && it.sym == SDLK_ESCAPE) return view.acts.push_back(Act::free_mouse);
    if (it.mod & KMOD_ALT) return;  // the window manager's
    press({SDL_GetScancodeName(it.scancode), (it.mod & (KMOD_CTRL | KMOD_GUI)) != 0}, it.scancode,
          event.key.repeat != 0, view, keys);
}

void Input::pads(const SDL_Event& event, View& view, KeyLatch& keys) {
    std::string said;
    for (const PadKey& key : pads_.handle(event, said))
        key.down ? press({key.place, false}, key.code, false, view, keys) : release(key.code, view, keys);
    view.keyboard.pads = pads_.any();
    if (!said.empty()) view.say(said);
}

void Input::release(int code, View& view, KeyLatch& keys) {
    if (code == rewind_key_) view.playback.rewinding = false, rewind_key_ = 0;
    auto found = held_.find(code);
    if (found == held_.end()) return;
    int button = found->second;
    held_.erase(found);
    if (!held_elsewhere(held_, button)) keys.release(button, at_);  // Left and A may both be down
}

// `again`: the system repeats a key that is held.
void Input::press(const KeyPress& key, int code, bool again, View& view, KeyLatch& keys) {
    if (!view.keys_page.waiting.empty()) {  // for the row that waits
        if (!again && !modifier(code)) view.keys_page.pressed = key;
        return;
    }
    if (view.learn.open && view.learn.listening) {  // for its list
        if (key.place != "Escape" && !again && !of_pad(key.place))
            view.learn.keys = with_key(view.learn.keys, view.keyboard.shown(key.place));
        return;
    }
    if (view.library.open && of_pad(key.place)) return view.library.pad.push_back(key.place);
    static const ActionSpace none;
    const ActionSpace& world = view.world ? view.world->actions : none;
    const Binding* binding = find_binding(key, world, view.keyboard);
    // F1 types nothing: what it opened it closes, though the keyboard is the search field's.
    bool closes_help = view.layout.help && binding && binding->act == Act::help && key.place.size() > 1;
    const bool closes_library = view.library.open && binding && binding->act == Act::library && key.ctrl;
    // What was moved or renamed there comes back, while that is offered.
    const bool undoes = view.library.open && view.library.undoable && view.library.renaming.empty() && binding &&
                        binding->act == Act::undo && key.ctrl;
    if (undoes) view.library.told.clear(), view.library.undoable = false;
    const bool quits = binding && binding->act == Act::quit && key.ctrl;
    if (typing_ && !closes_help && !closes_library && !undoes && !quits) return;
    if (view.page() && !(binding && acts_on_pages(*binding))) return;  // the game beneath it waits
    if (again && !(binding && (binding->act == Act::step_once || binding->act == Act::step_back))) return;
    if (binding) {
        view.playback.rewinding = view.playback.rewinding || binding->act == Act::rewind;
        if (binding->act == Act::rewind) rewind_key_ = code;
        view.acts.push_back(binding->act);
        if (binding->act == Act::command_palette || binding->act == Act::library)
            typing_ = true;  // what is typed at once is no key of the game's
    } else if (slot(key, view)) {
    } else if (int button = key.ctrl ? -1 : world_button(world, key.place); button >= 0) {
        if (view.waits()) return;
        held_[code] = button;
        keys.press(button, at_);
        view.layout.first_words = false;
    }
}

// Its motion and clicks are the world's.
void Input::mouse(const SDL_Event& event, View& view, KeyLatch& keys) {
    if (event.type == SDL_MOUSEMOTION)
        keys.move(event.motion.xrel * view.sensitivity, event.motion.yrel * view.sensitivity);
    if (event.type != SDL_MOUSEBUTTONDOWN && event.type != SDL_MOUSEBUTTONUP) return;
    const char* name = event.button.button == SDL_BUTTON_LEFT    ? "Mouse Left"
                       : event.button.button == SDL_BUTTON_RIGHT ? "Mouse Right"
                                                                 : "";
    int button = view.world ? world_button(view.world->actions, name) : -1;
    if (button < 0) return;
    event.type == SDL_MOUSEBUTTONDOWN ? keys.press(button, at_) : keys.release(button, at_);
    view.layout.first_words = false;
}

// Ctrl and a digit saves a state, the digit alone brings it back, where the world does not use it.
bool Input::slot(const KeyPress& key, View& view) {
    int digit = digit_of(key.place, view.keyboard);
    if (digit == 0 || (!key.ctrl && view.world && world_button(view.world->actions, key.place) >= 0)) return false;
    view.slot_wishes.push_back({digit, key.ctrl});
    return true;
}

// The palette's field, or the library's, has the keyboard some pictures after it was asked for: what is typed meanwhile is kept for it.
void Input::type_ahead(const View& view) {
    ImGuiIO& io = ImGui::GetIO();
    if (!view.layout.palette && !view.library.open) return ahead_.clear();
    ahead_.insert(ahead_.end(), io.InputQueueCharacters.begin(), io.InputQueueCharacters.end());
    io.InputQueueCharacters.resize(0);
    if (!io.WantTextInput) return;
    for (unsigned letter : std::exchange(ahead_, {})) io.AddInputCharacter(letter);
}

void Input::update(const View& view, KeyLatch& keys) {
    bool typing = ImGui::GetIO().WantTextInput || view.layout.palette || view.library.open;
    if (typing && !typing_) release_all(keys);
    typing_ = typing;
    type_ahead(view);
}

}  // namespace drift
