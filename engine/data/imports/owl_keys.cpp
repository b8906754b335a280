#include "data/imports/owl_keys.h"

#include <algorithm>
#include <iterator>

namespace drift {
namespace {

struct Named {
    int code;
    const char *name, *key;
};
constexpr Named keys[] = {{0x08, "BACK", "Backspace"},
                          {0x09, "TAB", "Tab"},
                          {0x0D, "RETURN", "Return"},
                          {0x10, "SHIFT", "Left Shift"},
                          {0x11, "CONTROL", "Left Ctrl"},
                          {0x12, "MENU", "Left Alt"},
                          {0x13, "PAUSE", "Pause"},
                          {0x14, "CAPITAL", "CapsLock"},
                          {0x1B, "ESCAPE", "Escape"},
                          {0x20, "SPACE", "Space"},
                          {0x21, "PRIOR", "PageUp"},
                          {0x22, "NEXT", "PageDown"},
                          {0x23, "END", "End"},
                          {0x24, "HOME", "Home"},
                          {0x25, "LEFT", "Left"},
                          {0x26, "UP", "Up"},
                          {0x27, "RIGHT", "Right"},
                          {0x28, "DOWN", "Down"},
                          {0x2D, "INSERT", "Insert"},
                          {0x2E, "DELETE", "Delete"},
                          {0x5B, "LWIN", "Left GUI"},
                          {0x5C, "RWIN", "Right GUI"},
                          {0x6A, "MULTIPLY", "Keypad *"},
                          {0x6B, "ADD", "Keypad +"},
                          {0x6D, "SUBTRACT", "Keypad -"},
                          {0x6E, "DECIMAL", "Keypad ."},
                          {0x6F, "DIVIDE", "Keypad /"},
                          {0xA0, "LSHIFT", "Left Shift"},
                          {0xA1, "RSHIFT", "Right Shift"},
                          {0xA2, "LCONTROL", "Left Ctrl"},
                          {0xA3, "RCONTROL", "Right Ctrl"},
                          {0xA4, "LMENU", "Left Alt"},
                          {0xA5, "RMENU", "Right Alt"},
                          {0xBA, "OEM_1", ";"},
                          {0xBB, "OEM_PLUS", "="},
                          {0xBC, "OEM_COMMA", ","},
                          {0xBD, "OEM_MINUS", "-"},
                          {0xBE, "OEM_PERIOD", "."},
                          {0xBF, "OEM_2", "/"},
                          {0xC0, "OEM_3", "`"},
                          {0xDB, "OEM_4", "["},
                          {0xDC, "OEM_5", "\\"},
                          {0xDD, "OEM_6", "]"},
                          {0xDE, "OEM_7", "'"}};
constexpr Named mouse[] = {{1, "MOUSE_LEFT", "Mouse Left"},
                           {2, "MOUSE_RIGHT", "Mouse Right"},
                           {4, "MOUSE_MIDDLE", "Mouse Middle"},
                           {5, "MOUSE_X1", "Mouse X1"},
                           {6, "MOUSE_X2", "Mouse X2"}};

}  // namespace

ActionSpace::Entry windows_key(int code) {
    if ((code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z')) {
        const std::string name(1, static_cast<char>(code));
        return {name, {name}};
    }
    if (code >= 0x60 && code <= 0x69)
        return {"NUMPAD" + std::to_string(code - 0x60), {"Keypad " + std::to_string(code - 0x60)}};
    if (code >= 0x70 && code <= 0x87) {
        const std::string name = "F" + std::to_string(code - 0x6F);
        return {name, {name}};
    }
    auto found = std::find_if(std::begin(keys), std::end(keys), [&](const Named& one) { return one.code == code; });
    if (found == std::end(keys)) return {"KEY_" + std::to_string(code), {}};
    return {found->name, {found->key}};
}

ActionSpace::Entry owl_mouse_button(int code) {
    auto found = std::find_if(std::begin(mouse), std::end(mouse), [&](const Named& one) { return one.code == code; });
    if (found == std::end(mouse)) return {"MOUSE_" + std::to_string(code), {}};
    return {found->name, {found->key}};
}

}  // namespace drift
