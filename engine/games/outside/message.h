// What a game outside says (app/games/README.md), read with nothing taken on trust. Bytes in, values out: no pipes here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/game.h"

namespace drift::outside {

inline constexpr std::uint32_t protocol_version = 1;
inline constexpr std::size_t head_size = 8, most_body = std::size_t{16} << 20, longest_hello = std::size_t{1} << 20;

struct Head {
    std::string kind;  // four letters
    std::uint32_t length = 0;
};

struct Hello {
    GameInfo info;
    bool saves = false;
};

// What one step shows.
struct Shown {
    Frame frame;
    Probe probe;  // what the game says of its objects
    GameOutcome outcome;
};

// All throw Error with a sentence that begins after the game's name: "expected ..., found ...".
Head read_head(std::span<const std::uint8_t> bytes);
Hello read_hello(std::span<const std::uint8_t> body);
Shown read_shown(std::span<const std::uint8_t> body, const GameInfo& info);
// The bytes of a frame's message of such a game, and what is said where it has others (before any of them is read).
std::size_t shown_size(const GameInfo& info);
void expect_shown_size(const GameInfo& info, std::size_t bytes);
// What FAIL says, made fit to be shown.
std::string read_failure(std::span<const std::uint8_t> body);

std::vector<std::uint8_t> message(std::string_view kind, std::span<const std::uint8_t> body = {});

}  // namespace drift::outside
