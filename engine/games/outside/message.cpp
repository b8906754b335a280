#include "games/outside/message.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/action_name.h"
#include "core/error.h"

namespace drift::outside {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");

constexpr int smallest_side = 16, largest_side = 1024, fastest_rate = 240;
constexpr std::size_t most_objects = 64, longest_name = 100, longest_sentence = 300;
constexpr std::uint16_t no_lives = 0xffff;
constexpr std::size_t fixed_part = 8;  // reward, end, rare, lives

template <class T>
T number(std::span<const std::uint8_t> bytes, std::size_t at) {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

[[noreturn]] void refuse(const std::string& expected, const std::string& found) {
    throw Error("expected " + expected + ", found " + found);
}

std::string name_in(const nlohmann::json& from, const char* key) {
    if (!from.contains(key) || !from[key].is_string())
        refuse(std::string("a text \"") + key + "\" in its hello", "none");
    auto name = from[key].get<std::string>();
    if (name.empty() || name.size() > longest_name)
        refuse(std::string("\"") + key + "\" of 1 to " + std::to_string(longest_name) + " letters",
               std::to_string(name.size()));
    return name;
}

int whole_in(const nlohmann::json& from, const char* key, int low, int high) {
    const bool there = from.contains(key) && from[key].is_number_integer();
    const auto value = there ? from[key].get<std::int64_t>() : 0;
    if (!there || value < low || value > high)
        refuse(
            std::string("a whole number \"") + key + "\" from " + std::to_string(low) + " to " + std::to_string(high),
            from.contains(key) ? printable(from[key].dump(-1, ' ', true).substr(0, 40)) : "none");
    return static_cast<int>(value);
}

bool flag_in(const nlohmann::json& from, const char* key) {
    if (!from.contains(key)) return false;
    if (!from[key].is_boolean()) refuse(std::string("true or false as \"") + key + "\"", "something else");
    return from[key].get<bool>();
}

ActionSpace actions_in(const nlohmann::json& said) {
    if (!said.contains("actions") || !said["actions"].is_array() || said["actions"].empty() ||
        said["actions"].size() > std::size_t{most_actions})
        refuse(
            "1 to " + std::to_string(most_actions) + " actions in its hello",
            said.contains("actions") && said["actions"].is_array() ? std::to_string(said["actions"].size()) : "none");
    ActionSpace actions;
    actions.kind = flag_in(said, "joystick") ? ActionSpace::Kind::joystick : ActionSpace::Kind::one;
    for (const auto& listed : said["actions"]) {
        if (!listed.is_object()) refuse("actions with a name and keys", "another value among them");
        ActionSpace::Entry entry{name_in(listed, "name"), {}};
        if (listed.contains("keys")) {
            if (!listed["keys"].is_array() || listed["keys"].size() > 8)
                refuse("a list of at most 8 keys for " + printable(entry.name), "something else");
            for (const auto& key : listed["keys"]) {
                if (!key.is_string() || key.get_ref<const std::string&>().size() > longest_name)
                    refuse("names of keys for " + printable(entry.name), "something else");
                entry.keys.push_back(key.get<std::string>());
            }
        }
        if (!is_action_name(entry.name))
            refuse("actions whose names can stand in a CSV file, without commas, quotes and blanks around them",
                   "\"" + printable(entry.name) + "\"");
        if (actions.find(entry.name) >= 0) refuse("actions of different names", printable(entry.name) + " twice");
        actions.entries.push_back(std::move(entry));
    }
    if (!actions.entries.front().keys.empty())
        refuse("the first action to be that of no key", printable(actions.entries.front().name) + " with one");
    return actions;
}

}  // namespace

Head read_head(std::span<const std::uint8_t> bytes) {
    if (bytes.size() != head_size) refuse("8 bytes before a message", std::to_string(bytes.size()));
    Head head{std::string(bytes.begin(), bytes.begin() + 4), number<std::uint32_t>(bytes, 4)};
    for (char c : head.kind)
        if (!((c >= 'A' && c <= 'Z') || c == '_'))
            refuse("a message's kind of four letters", printable(head.kind) + " (does it print to standard output?)");
    if (head.length > most_body) refuse("a message of at most 16 MB", std::to_string(head.length) + " bytes");
    return head;
}

Hello read_hello(std::span<const std::uint8_t> body) {
    if (body.size() > longest_hello) refuse("a hello of at most 1 MB", std::to_string(body.size()) + " bytes");
    const auto said = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (!said.is_object()) refuse("a JSON object as its hello", "something else");
    const int version = whole_in(said, "protocol", 0, 1'000'000);
    if (version != static_cast<int>(protocol_version))
        refuse("protocol " + std::to_string(protocol_version), std::to_string(version));
    Hello hello;
    hello.info.name = name_in(said, "name");
    hello.info.width = whole_in(said, "width", smallest_side, largest_side);
    hello.info.height = whole_in(said, "height", smallest_side, largest_side);
    hello.info.rate = whole_in(said, "rate", 1, fastest_rate);
    hello.info.actions = actions_in(said);
    hello.saves = flag_in(said, "save");
    if (said.contains("objects")) {
        if (!said["objects"].is_array() || said["objects"].size() > most_objects)
            refuse("a list of at most " + std::to_string(most_objects) + " objects", "something else");
        for (const auto& name : said["objects"]) {
            if (!name.is_string() || name.get_ref<const std::string&>().size() > longest_name)
                refuse("names of objects", "something else");
            hello.info.objects.push_back(name.get<std::string>());
        }
    }
    return hello;
}

std::size_t shown_size(const GameInfo& info) {
    return fixed_part + 8 * info.objects.size() +
           static_cast<std::size_t>(info.width) * static_cast<std::size_t>(info.height) * 3;
}

void expect_shown_size(const GameInfo& info, std::size_t bytes) {
    const std::size_t expected = shown_size(info), before = fixed_part + 8 * info.objects.size();
    if (bytes == expected) return;
    const bool whole = bytes > before && (bytes - before) % 3 == 0;
    refuse("a frame of " + std::to_string(info.width) + "x" + std::to_string(info.height) + " pixels, " +
               std::to_string(expected) + " bytes in all",
           std::to_string(bytes) + (whole ? " (" + std::to_string((bytes - before) / 3) + " pixels in place of " +
                                                std::to_string((expected - before) / 3) + ")"
                                          : ""));
}

Shown read_shown(std::span<const std::uint8_t> body, const GameInfo& info) {
    expect_shown_size(info, body.size());
    Shown shown;
    const float reward = number<float>(body, 0);
    shown.outcome.reward = std::isfinite(reward) ? reward : 0;
    shown.outcome.end = body[4] != 0;
    shown.outcome.rare = body[5] != 0;
    if (auto lives = number<std::uint16_t>(body, 6); lives != no_lives) shown.outcome.lives = lives;
    std::size_t at = fixed_part;
    for (std::size_t i = 0; i < info.objects.size(); ++i, at += 8) {
        Point place{number<float>(body, at), number<float>(body, at + 4)};
        shown.probe.objects.push_back(std::isfinite(place.x) && std::isfinite(place.y) ? std::optional(place)
                                                                                       : std::nullopt);
    }
    shown.frame = Frame(info.width, info.height);
    std::copy(body.begin() + static_cast<std::ptrdiff_t>(at), body.end(), shown.frame.rgb.begin());
    return shown;
}

std::string read_failure(std::span<const std::uint8_t> body) {
    if (body.empty()) return "it failed, and did not say why";
    const auto shown = static_cast<std::ptrdiff_t>(std::min(body.size(), longest_sentence));
    return printable(std::string(body.begin(), body.begin() + shown)) + (body.size() > longest_sentence ? " ..." : "");
}

std::vector<std::uint8_t> message(std::string_view kind, std::span<const std::uint8_t> body) {
    std::vector<std::uint8_t> bytes(kind.begin(), kind.end());
    const auto length = static_cast<std::uint32_t>(body.size());
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(length >> shift));
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

}  // namespace drift::outside
