#include "session/key_script.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string>

#include "core/error.h"
#include "core/names.h"

namespace drift {
namespace {

constexpr std::size_t largest_file = 1 << 20;
constexpr std::string_view blanks = " \t\r";
constexpr const char* kinds[] = {"press", "release", "tap", "mouse"};

bool same(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

// The front word of `line`, which loses it and the white space around it. Keys may have spaces in their names: they come last.
std::string_view word(std::string_view& line) {
    std::size_t length = std::min(line.find_first_of(" \t"), line.size());
    std::string_view front = line.substr(0, length);
    line.remove_prefix(std::min(line.find_first_not_of(" \t", length), line.size()));
    return front;
}

// A whole number that fills the text.
template <class T>
bool parse_whole(std::string_view text, T& value) {
    auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && stop == text.data() + text.size() && !text.empty();
}

}  // namespace

int find_button(const ActionSpace& actions, std::string_view key) {
    for (int i = 0; i < static_cast<int>(actions.entries.size()); ++i)
        for (const std::string& name : actions.entries[static_cast<std::size_t>(i)].keys)
            if (same(name, key)) return i;
    for (int i = 1; i < actions.size(); ++i)
        if (same(actions.entries[static_cast<std::size_t>(i)].name, key)) return i;
    return -1;
}

KeyScript KeyScript::parse(std::string_view text, const std::filesystem::path& source) {
    KeyScript script;
    script.source_ = source;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // as some editors begin
    for (int number = 1; !text.empty(); ++number) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        std::string_view rest = trimmed(line.substr(0, line.find('#')), blanks);
        if (rest.empty()) continue;
        KeyEvent event;
        event.line = number;
        std::string_view step = word(rest), kind = word(rest);
        auto known = std::find(std::begin(kinds), std::end(kinds), kind);
        event.kind = static_cast<KeyEvent::Kind>(known - std::begin(kinds));
        bool sound = parse_whole(step, event.step) && known != std::end(kinds) && !rest.empty();
        if (sound && event.kind == KeyEvent::Kind::mouse) {
            std::string_view x = word(rest);
            sound = parse_whole(x, event.x) && parse_whole(rest, event.y);
        } else {
            event.key = rest;
        }
        if (!sound)
            throw Error(source, "line " + std::to_string(number) +
                                    ": expected \"STEP press|release|tap KEY\" or \"STEP mouse X Y\", found \"" +
                                    printable(trimmed(line, blanks)) + "\"");
        script.events_.push_back(event);
    }
    std::stable_sort(script.events_.begin(), script.events_.end(),
                     [](const KeyEvent& a, const KeyEvent& b) { return a.step < b.step; });
    return script;
}

KeyScript KeyScript::read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(file, "the script of keys cannot be read");
    std::string text(largest_file + 1, '\0');  // a pipe has no size to ask for
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > largest_file) throw Error(file, "expected a script of keys, found a file of more than 1 MiB");
    return parse(text, file);
}

void KeyScript::bind(const ActionSpace& actions) {
    buttons_.clear();
    for (const KeyEvent& event : events_) {
        int button = find_button(actions, event.key);
        if (event.kind == KeyEvent::Kind::mouse && !actions.mouse())
            throw Error(source_, "line " + std::to_string(event.line) +
                                     ": expected a key, found the mouse, which this world does not take");
        if (button < 0 && event.kind != KeyEvent::Kind::mouse) {
            std::string known;
            for (const ActionSpace::Entry& entry : actions.entries)
                for (const std::string& key : entry.keys) known += (known.empty() ? "" : ", ") + key;
            throw Error(source_, "line " + std::to_string(event.line) + ": expected a key of the world (" + known +
                                     "), found \"" + printable(event.key) + "\"");
        }
        buttons_.push_back(button);
    }
}

void KeyScript::apply(std::uint64_t step, KeyLatch& keys) {
    for (; next_ < buttons_.size() && events_[next_].step <= step; ++next_) {
        if (events_[next_].kind == KeyEvent::Kind::mouse) {
            keys.move(events_[next_].x, events_[next_].y);
            continue;
        }
        if (events_[next_].kind != KeyEvent::Kind::release) keys.press(buttons_[next_]);
        if (events_[next_].kind != KeyEvent::Kind::press) keys.release(buttons_[next_]);
    }
}

}  // namespace drift
