#include "capture/key_names.h"

#include <algorithm>
#include <set>

#include "core/csgo_action.h"
#include "core/error.h"
#include "core/names.h"
#include "core/nearest.h"

namespace drift {
namespace {

std::vector<NamedKey> make_keys() {
    std::vector<NamedKey> all{{"Left", "Left"},
                              {"Right", "Right"},
                              {"Up", "Up"},
                              {"Down", "Down"},
                              {"Space", "space"},
                              {"Return", "Return"},
                              {"Escape", "Escape"},
                              {"Tab", "Tab"},
                              {"Backspace", "BackSpace"},
                              {"Left Shift", "Shift_L"},
                              {"Right Shift", "Shift_R"},
                              {"Left Ctrl", "Control_L"},
                              {"Right Ctrl", "Control_R"},
                              {"Left Alt", "Alt_L"},
                              {"Right Alt", "Alt_R"},
                              {"CapsLock", "Caps_Lock"},
                              {"Insert", "Insert"},
                              {"Delete", "Delete"},
                              {"Home", "Home"},
                              {"End", "End"},
                              {"PageUp", "Prior"},
                              {"PageDown", "Next"},
                              {"Pause", "Pause"},
                              {"-", "minus"},
                              {"=", "equal"},
                              {"[", "bracketleft"},
                              {"]", "bracketright"},
                              {";", "semicolon"},
                              {"'", "apostrophe"},
                              {"`", "grave"},
                              {"\\", "backslash"},
                              {",", "comma"},
                              {".", "period"},
                              {"/", "slash"},
                              {"Keypad +", "KP_Add"},
                              {"Keypad -", "KP_Subtract"},
                              {"Keypad *", "KP_Multiply"},
                              {"Keypad /", "KP_Divide"},
                              {"Keypad Enter", "KP_Enter"},
                              {"Keypad .", "KP_Decimal"},
                              {"Mouse Left", "", 1},
                              {"Mouse Middle", "", 2},
                              {"Mouse Right", "", 3},
                              {"Mouse X1", "", 8},
                              {"Mouse X2", "", 9}};
    for (char c = 'A'; c <= 'Z'; ++c) all.push_back({std::string(1, c), lower_case(std::string(1, c))});
    for (char c = '0'; c <= '9'; ++c) {
        all.push_back({std::string(1, c), std::string(1, c)});
        all.push_back({std::string("Keypad ") + c, std::string("KP_") + c});
    }
    for (int i = 1; i <= 12; ++i) all.push_back({"F" + std::to_string(i), "F" + std::to_string(i)});
    return all;
}

// "ö" as X11 names it, "U00F6"; empty for anything but one letter of Latin-1's second half in UTF-8.
std::string latin_letter(std::string_view text) {
    if (text.size() != 2) return "";
    const auto first = static_cast<unsigned char>(text[0]), second = static_cast<unsigned char>(text[1]);
    if (first != 0xC3 || second < 0x80 || second > 0xBF) return "";  // U+00C0 to U+00FF
    constexpr char digits[] = "0123456789ABCDEF";
    const unsigned code = 0xC0u + (second - 0x80u);
    return {'U', '0', '0', digits[code >> 4], digits[code & 15]};
}

}  // namespace

std::string place_name(int keycode) {
    struct Row {
        int first;
        std::string_view places;
    };
    constexpr Row rows[] = {{10, "1234567890-="}, {24, "QWERTYUIOP[]"}, {38, "ASDFGHJKL;'`"}, {51, "\\ZXCVBNM,./"}};
    for (const Row& row : rows)
        if (const int i = keycode - row.first; i >= 0 && i < static_cast<int>(row.places.size()))
            return std::string(1, row.places[static_cast<std::size_t>(i)]);
    return "";
}

NamedKey find_key(std::string_view name) {
    static const std::vector<NamedKey> all = make_keys();
    std::vector<std::string> names;
    for (const NamedKey& key : all) {
        if (lower_case(key.name) == lower_case(name)) return key;
        names.push_back(key.name);
    }
    if (const std::string letter = latin_letter(name); !letter.empty()) return {std::string(name), letter};
    throw Error("expected a key as SDL spells it (Left, Space, A, Left Shift, Mouse Left), found " + shown_name(name) +
                did_you_mean(name, names));
}

Buttons buttons_of_keys(const std::vector<std::string>& given, bool mouse) {
    Buttons all;
    std::set<std::string> taken;
    for (const std::string& text : given) {
        const std::size_t equals = text.size() > 1 ? text.find('=') : text.npos;  // "=" alone is a key
        const std::string key = find_key(equals == text.npos ? text : text.substr(equals + 1)).name;
        const std::string name = equals == text.npos ? key : text.substr(0, equals);
        if (!is_column_name(name))
            throw Error(
                "--keys: expected a name that can be a column of a CSV file (NAME=KEY gives the key another one), "
                "found " +
                shown_name(name));
        if (!taken.insert(key).second) throw Error("--keys: expected each key once, found " + key + " twice");
        auto same = std::find_if(all.buttons.begin(), all.buttons.end(),
                                 [&](const auto& one) { return lower_case(one.name) == lower_case(name); });
        if (same != all.buttons.end()) same->keys.push_back(key);
        else all.buttons.push_back({name, {key}});
    }
    if (all.buttons.size() > most_buttons)
        throw Error("--keys: expected at most " + std::to_string(most_buttons) + " buttons, found " +
                    std::to_string(all.buttons.size()));
    if (mouse) {  // in classes that grow apart, since no game says its own
        all.mouse_x = csgo_actions().mouse_x, all.mouse_y = csgo_actions().mouse_y;
    }
    return all;
}

}  // namespace drift
