// Keys from a file in place of fingers: applied by the number of the step through the same latch, so that a script replays exactly.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"
#include "session/key_latch.h"

namespace drift {

// One line of a script: `12 press Left`, `20 release Left`, `30 tap Space`, `40 mouse 30 -5` (motion to the right and down). The number is that of the step that feels it: 1 is the
// first frame after the session's opening. The key is a world's key as SDL spells it, or the name of an action; case does not matter.
struct KeyEvent {
    enum class Kind { press, release, tap, mouse };
    std::uint64_t step = 0;
    Kind kind = Kind::press;
    std::string key;
    int x = 0, y = 0;  // of the mouse
    int line = 0;      // in the file, for messages
    bool operator==(const KeyEvent&) const = default;
};

class KeyScript {
public:
    KeyScript() = default;
    // Lines in any order; # starts a comment. Throws Error naming `source`, the line and what was expected.
    static KeyScript parse(std::string_view text, const std::filesystem::path& source);
    static KeyScript read(const std::filesystem::path& file);

    bool empty() const { return events_.empty(); }
    const std::vector<KeyEvent>& events() const { return events_; }  // by step; within a step as in the file
    std::uint64_t last_step() const { return events_.empty() ? 0 : events_.back().step; }

    // Finds each key among the world's. Throws Error naming the line and the keys that there are.
    void bind(const ActionSpace& actions);
    // Applies the lines of this step (and of those before it that were not applied). After bind.
    void apply(std::uint64_t step, KeyLatch& keys);

private:
    std::filesystem::path source_;
    std::vector<KeyEvent> events_;
    std::vector<int> buttons_;  // of each event
    std::size_t next_ = 0;
};

// The action whose key or name this is, whatever the case; -1 where there is none.
int find_button(const ActionSpace& actions, std::string_view key);

}  // namespace drift
