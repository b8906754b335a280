#include "player/pads.h"

#include <SDL.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace drift {
namespace {

// By SDL_GameControllerButton; those beyond are nobody's.
constexpr std::array<const char*, SDL_CONTROLLER_BUTTON_DPAD_RIGHT + 1> buttons = {"Pad A",
                                                                                   "Pad B",
                                                                                   "Pad X",
                                                                                   "Pad Y",
                                                                                   "Pad Back",
                                                                                   "Pad Guide",
                                                                                   "Pad Start",
                                                                                   "Pad Left Stick",
                                                                                   "Pad Right Stick",
                                                                                   "Pad Left Shoulder",
                                                                                   "Pad Right Shoulder",
                                                                                   "Pad Up",
                                                                                   "Pad Down",
                                                                                   "Pad Left",
                                                                                   "Pad Right"};

// Axes are keys as well, with numbers after the buttons'.
struct Way {
    int axis, sign;
    const char* place;
};
constexpr Way ways[] = {{SDL_CONTROLLER_AXIS_LEFTX, -1, "Pad Left"},
                        {SDL_CONTROLLER_AXIS_LEFTX, 1, "Pad Right"},
                        {SDL_CONTROLLER_AXIS_LEFTY, -1, "Pad Up"},
                        {SDL_CONTROLLER_AXIS_LEFTY, 1, "Pad Down"},
                        {SDL_CONTROLLER_AXIS_RIGHTX, -1, "Pad Right Stick Left"},
                        {SDL_CONTROLLER_AXIS_RIGHTX, 1, "Pad Right Stick Right"},
                        {SDL_CONTROLLER_AXIS_RIGHTY, -1, "Pad Right Stick Up"},
                        {SDL_CONTROLLER_AXIS_RIGHTY, 1, "Pad Right Stick Down"},
                        {SDL_CONTROLLER_AXIS_TRIGGERLEFT, 1, "Pad Left Trigger"},
                        {SDL_CONTROLLER_AXIS_TRIGGERRIGHT, 1, "Pad Right Trigger"}};
constexpr int first_way = static_cast<int>(buttons.size());
constexpr int controls = first_way + static_cast<int>(std::size(ways));

// Of 32767: beyond the first an axis is pressed, below the second it is let go of. A stick that rests is seldom at 0.
constexpr int pressed = 16000, let_go = 12000;

const char* place_of(int control) {
    return control < first_way ? buttons[static_cast<std::size_t>(control)] : ways[control - first_way].place;
}

}  // namespace

bool is_pad_key(const std::string& name) {
    for (int control = 0; control < controls; ++control)
        if (name == place_of(control)) return true;
    return false;
}

Pads::Pads() { begun_ = SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) == 0; }

Pads::~Pads() {
    for (auto& [id, pad] : pads_) SDL_GameControllerClose(pad.device);
    if (begun_) SDL_QuitSubSystem(SDL_INIT_GAMECONTROLLER);
}

void Pads::set(int id, int control, bool down, std::vector<PadKey>& keys) {
    auto found = pads_.find(id);
    if (found == pads_.end() || down == found->second.held.contains(control)) return;
    down ? void(found->second.held.insert(control)) : void(found->second.held.erase(control));
    keys.push_back({SDL_NUM_SCANCODES + id * controls + control, place_of(control), down});
}

std::vector<PadKey> Pads::handle(const SDL_Event& event, std::string& said) {
    std::vector<PadKey> keys;
    if (event.type == SDL_CONTROLLERDEVICEADDED) {
        // SDL opens the same one once only, and tells of it again where it was there from the start.
        SDL_GameController* device = SDL_GameControllerOpen(event.cdevice.which);
        if (!device) return keys;
        const int id = SDL_JoystickInstanceID(SDL_GameControllerGetJoystick(device));
        const char* name = SDL_GameControllerName(device);
        if (auto [it, added] = pads_.try_emplace(id, Pad{device, name ? name : "Gamepad", {}}); !added)
            SDL_GameControllerClose(device);
        else said = it->second.name + " is connected";
    } else if (event.type == SDL_CONTROLLERDEVICEREMOVED) {
        auto found = pads_.find(event.cdevice.which);
        if (found == pads_.end()) return keys;
        for (int control : std::set<int>(found->second.held)) set(found->first, control, false, keys);
        said = found->second.name + " was unplugged";
        SDL_GameControllerClose(found->second.device);
        pads_.erase(found);
    } else if (event.type == SDL_CONTROLLERBUTTONDOWN || event.type == SDL_CONTROLLERBUTTONUP) {
        if (event.cbutton.button < buttons.size())
            set(event.cbutton.which, event.cbutton.button, event.type == SDL_CONTROLLERBUTTONDOWN, keys);
    } else if (event.type == SDL_CONTROLLERAXISMOTION) {
        auto found = pads_.find(event.caxis.which);
        for (int i = 0; found != pads_.end() && i < static_cast<int>(std::size(ways)); ++i) {
            if (ways[i].axis != event.caxis.axis) continue;
            const int value = event.caxis.value * ways[i].sign, control = first_way + i;
            set(found->first, control, value > (found->second.held.contains(control) ? let_go : pressed), keys);
        }
        // Of a stick that is thrown across the middle the old way is let go of before the new one is pressed.
        std::stable_sort(keys.begin(), keys.end(), [](const PadKey& a, const PadKey& b) { return a.down < b.down; });
    }
    return keys;
}

}  // namespace drift
