// Gamepads without a display: SDL's virtual ones, plugged and unplugged while they are held.
#include <SDL.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include "player/input.h"

namespace drift {
namespace {

const ActionSpace shooter{
    {{"noop", {}}, {"left", {"Left", "A"}}, {"right", {"Right", "D"}}, {"fire", {"Space"}}, {"bomb", {"B"}}}};

class Gamepads : public testing::Test {
protected:
    void SetUp() override {
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
        SDL_SetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS, "1");
        ASSERT_EQ(SDL_Init(SDL_INIT_VIDEO), 0) << SDL_GetError();
        ImGui::CreateContext();
        input.emplace();
        view.world.emplace();
        view.world->actions = view.shipped = shooter;
        view.apply_keys();
        latch.begin(shooter);
        look();
    }
    void TearDown() override {
        input.reset();
        for (SDL_Joystick* each : open) SDL_JoystickClose(each);
        while (SDL_NumJoysticks() > 0 && SDL_JoystickIsVirtual(0)) SDL_JoystickDetachVirtual(0);
        ImGui::DestroyContext();
        SDL_Quit();
    }
    // All that has happened, as the player's loop takes it.
    void look() {
        SDL_GameControllerUpdate();
        SDL_Event event;
        while (SDL_PollEvent(&event)) input->handle(event, view, latch);
    }
    SDL_Joystick* plug() {
        const int index = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
                                                    SDL_CONTROLLER_BUTTON_MAX, 0);
        EXPECT_GE(index, 0) << SDL_GetError();
        SDL_Joystick* device = SDL_JoystickOpen(index);
        open.push_back(device);
        look();
        return device;
    }
    void unplug(SDL_Joystick* device) {
        const SDL_JoystickID id = SDL_JoystickInstanceID(device);
        for (int i = 0; i < SDL_NumJoysticks(); ++i)
            if (SDL_JoystickGetDeviceInstanceID(i) == id) {
                SDL_JoystickDetachVirtual(i);
                break;
            }
        look();
    }
    void set(SDL_Joystick* device, SDL_GameControllerButton button, bool down) {
        SDL_JoystickSetVirtualButton(device, button, down ? 1 : 0);
        look();
    }
    void tilt(SDL_Joystick* device, SDL_GameControllerAxis axis, int value) {
        SDL_JoystickSetVirtualAxis(device, axis, static_cast<Sint16>(value));
        look();
    }
    int held() { return shooter.index(latch.take()); }

    View view;
    KeyLatch latch;
    std::optional<Input> input;
    std::vector<SDL_Joystick*> open;
};

TEST_F(Gamepads, DPadAndStickMoveAndButtonsAreTheGames) {
    SDL_Joystick* pad = plug();
    EXPECT_TRUE(view.keyboard.pads);
    EXPECT_NE(view.notice.text().find("connected"), std::string::npos) << view.notice.text();
    set(pad, SDL_CONTROLLER_BUTTON_DPAD_LEFT, true);
    EXPECT_EQ(held(), 1);
    set(pad, SDL_CONTROLLER_BUTTON_DPAD_LEFT, false);
    EXPECT_EQ(held(), 0);
    set(pad, SDL_CONTROLLER_BUTTON_A, true);
    set(pad, SDL_CONTROLLER_BUTTON_A, false);
    EXPECT_EQ(held(), 3) << "a tap between two steps lands in one";
    EXPECT_EQ(held(), 0);
    set(pad, SDL_CONTROLLER_BUTTON_B, true);
    EXPECT_EQ(held(), 4);
    set(pad, SDL_CONTROLLER_BUTTON_B, false);
    tilt(pad, SDL_CONTROLLER_AXIS_LEFTX, 30000);
    EXPECT_EQ(held(), 2);
    tilt(pad, SDL_CONTROLLER_AXIS_LEFTX, 14000);
    EXPECT_EQ(held(), 2) << "a stick that trembles at the edge is still held";
    tilt(pad, SDL_CONTROLLER_AXIS_LEFTX, -32768);
    held();
    EXPECT_EQ(held(), 1) << "thrown across the middle";
    tilt(pad, SDL_CONTROLLER_AXIS_LEFTX, 5000);
    held();
    EXPECT_EQ(held(), 0) << "a stick that rests beside the middle";
}

TEST_F(Gamepads, WhileTheLibraryIsOpenItsKeysAreThePages) {
    SDL_Joystick* pad = plug();
    view.library.open = true;
    for (auto button : {SDL_CONTROLLER_BUTTON_A, SDL_CONTROLLER_BUTTON_DPAD_DOWN, SDL_CONTROLLER_BUTTON_START}) {
        set(pad, button, true);
        set(pad, button, false);
    }
    EXPECT_EQ(view.library.pad, (std::vector<std::string>{"Pad A", "Pad Down", "Pad Start"}));
    EXPECT_TRUE(view.acts.empty());
    EXPECT_EQ(held(), 0) << "none of them is the game's";
    view.library.open = false;
    set(pad, SDL_CONTROLLER_BUTTON_RIGHTSTICK, true);
    EXPECT_EQ(view.acts, std::vector<Act>{Act::library});
}

TEST_F(Gamepads, StartPausesAndShouldersRewindAndStep) {
    SDL_Joystick* pad = plug();
    set(pad, SDL_CONTROLLER_BUTTON_START, true);
    set(pad, SDL_CONTROLLER_BUTTON_BACK, true);
    set(pad, SDL_CONTROLLER_BUTTON_RIGHTSHOULDER, true);
    EXPECT_EQ(view.acts, (std::vector<Act>{Act::pause, Act::restart, Act::step_once}));
    set(pad, SDL_CONTROLLER_BUTTON_LEFTSHOULDER, true);
    EXPECT_TRUE(view.playback.rewinding);
    set(pad, SDL_CONTROLLER_BUTTON_LEFTSHOULDER, false);
    EXPECT_FALSE(view.playback.rewinding);
}

TEST_F(Gamepads, UnpluggedItLetsGoOfWhatItHeld) {
    SDL_Joystick *first = plug(), *second = plug();
    set(first, SDL_CONTROLLER_BUTTON_DPAD_LEFT, true);
    set(second, SDL_CONTROLLER_BUTTON_DPAD_LEFT, true);
    EXPECT_EQ(held(), 1);
    unplug(first);
    EXPECT_NE(view.notice.text().find("was unplugged"), std::string::npos) << view.notice.text();
    EXPECT_EQ(held(), 1) << "the other one still holds it";
    EXPECT_TRUE(view.keyboard.pads);
    tilt(second, SDL_CONTROLLER_AXIS_LEFTX, -32768);
    set(second, SDL_CONTROLLER_BUTTON_LEFTSHOULDER, true);
    EXPECT_TRUE(view.playback.rewinding);
    unplug(second);
    held();
    EXPECT_EQ(held(), 0);
    EXPECT_FALSE(view.playback.rewinding);
    EXPECT_FALSE(view.keyboard.pads);
    SDL_Joystick* third = plug();
    set(third, SDL_CONTROLLER_BUTTON_DPAD_RIGHT, true);
    EXPECT_EQ(held(), 2) << "one that comes later plays";
}

TEST_F(Gamepads, ButtonsCanBePutElsewhere) {
    SDL_Joystick* pad = plug();
    view.keyboard.own.buttons["fire"] = {"Pad Right Trigger"};
    view.keyboard.own.acts["turbo"] = {"Pad A"};
    view.apply_keys();
    tilt(pad, SDL_CONTROLLER_AXIS_TRIGGERRIGHT, 32767);
    EXPECT_EQ(held(), 3);
    set(pad, SDL_CONTROLLER_BUTTON_A, true);
    EXPECT_EQ(view.acts, std::vector<Act>{Act::turbo});
    view.keys_page.waiting = "act pause";  // the page takes the next one
    set(pad, SDL_CONTROLLER_BUTTON_Y, true);
    ASSERT_TRUE(view.keys_page.pressed);
    EXPECT_EQ(view.keys_page.pressed->place, "Pad Y");
}

TEST_F(Gamepads, AKeyThatWaitsForItsPlaceDoesNothingElse) {
    auto key = [&](SDL_Scancode code, SDL_Keymod mod = KMOD_NONE) {
        SDL_Event event{};
        event.type = SDL_KEYDOWN;
        event.key.keysym.scancode = code;
        event.key.keysym.sym = SDL_GetKeyFromScancode(code);
        event.key.keysym.mod = mod;
        input->handle(event, view, latch);
    };
    view.keys_page.open = true;
    view.keys_page.waiting = "act pause";
    key(SDL_SCANCODE_LCTRL, KMOD_CTRL);
    EXPECT_FALSE(view.keys_page.pressed) << "Ctrl alone is no key";
    key(SDL_SCANCODE_Q, KMOD_CTRL);
    ASSERT_TRUE(view.keys_page.pressed);
    EXPECT_TRUE(view.keys_page.pressed->ctrl);
    EXPECT_TRUE(view.acts.empty());
    view.keys_page.waiting.clear();
    key(SDL_SCANCODE_LEFT);
    EXPECT_EQ(held(), 0) << "the game waits";
    EXPECT_TRUE(view.paused());
    view.keys_page.open = false;
    key(SDL_SCANCODE_LEFT);
    EXPECT_EQ(held(), 1);
}

}  // namespace
}  // namespace drift
