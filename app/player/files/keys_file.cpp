#include "player/files/keys_file.h"

#include <SDL.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/atomic_file.h"
#include "core/error.h"
#include "player/bindings.h"
#include "player/pads.h"

namespace drift {
namespace {

constexpr std::size_t longest_text = 65536, most_wrong = 100;

struct Reader {
    const std::filesystem::path& file;
    std::vector<std::string>& notes;

    void wrong(unsigned line, const std::string& what) {
        notes.push_back(Error(file, "line " + std::to_string(line) + ": " + what).what());
    }
};

bool is_key(std::string key, bool button) {
    if (key.starts_with(with_ctrl)) {
        if (button) return false;  // a game's key works with Ctrl held or not
        key.erase(0, with_ctrl.size());
    }
    if (of_pad(key)) return is_pad_key(key);
    if (key == "Mouse Left" || key == "Mouse Right") return button;
    return SDL_GetScancodeFromName(key.c_str()) != SDL_SCANCODE_UNKNOWN ||
           (!button && SDL_GetKeyFromName(key.c_str()) != SDLK_UNKNOWN);
}

bool is_act(std::string_view name) {
    for (const Binding& binding : bindings())
        if (name == binding.name) return true;
    return false;
}

// nullopt where it is no list of keys.
std::optional<std::vector<std::string>> keys_in(const toml::node& node, bool button, Reader& reader) {
    std::vector<std::string> keys;
    auto take = [&](const toml::node& each) {
        const auto* text = each.as_string();
        if (text && is_key(text->get(), button)) return keys.push_back(text->get()), true;
        reader.wrong(each.source().begin.line, text ? "expected the name of a key, such as \"A\", \"Left\"" +
                                                          std::string(button ? "" : ", \"Ctrl+A\"") +
                                                          " or \"Pad A\", found " + shown_name(text->get())
                                                    : "expected the name of a key in quotes");
        return false;
    };
    const auto* list = node.as_array();
    if (!list) return take(node) ? std::optional(keys) : std::nullopt;
    bool all = true;
    for (const toml::node& each : *list) all = take(each) && all;
    return all ? std::optional(keys) : std::nullopt;
}

bool is_toml(std::string_view text) {
    try {
        static_cast<void>(toml::parse(text));
        return true;
    } catch (const toml::parse_error&) {
        return false;
    }
}

// Which line is at fault, counted from 0, where reading stopped at `at`: a list that is not closed shows only in a line after it.
std::size_t at_fault(const std::vector<std::string>& lines, std::size_t at) {
    std::string before;
    for (std::size_t i = 0; i < at; ++i) before += lines[i] + '\n';
    if (is_toml(before) || !is_toml(lines[at])) return at;
    for (std::size_t i = at; i-- > 0;)
        if (!is_toml(lines[i])) return i;
    return at;
}

// As much of the text as is TOML: a line that is not is taken out, until the rest is.
toml::table parsed(const std::string& text, Reader& reader) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    for (std::size_t tries = 0; tries < most_wrong; ++tries) {
        std::string all;
        for (const std::string& line : lines) all += line + '\n';
        try {
            return toml::parse(all);
        } catch (const toml::parse_error& error) {
            if (lines.empty()) return {};
            const std::size_t at =
                at_fault(lines, std::min<std::size_t>(std::max(error.source().begin.line, 1u) - 1, lines.size() - 1));
            reader.wrong(static_cast<unsigned>(at + 1), "expected a line such as pause = [\"Space\"]");
            if (lines[at].empty()) return {};  // it has nothing more to give
            lines[at].clear();
        }
    }
    return {};
}

void read_names(const toml::node& node, OwnKeys& own, Reader& reader) {
    const auto* worlds = node.as_table();
    if (!worlds) return reader.wrong(node.source().begin.line, "expected a table for each world");
    for (const auto& [world, of_world] : *worlds) {
        const auto* names = of_world.as_table();
        if (!names) {
            reader.wrong(of_world.source().begin.line, "expected a table of a world's actions");
            continue;
        }
        for (const auto& [action, value] : *names) {
            const auto* text = value.as_string();
            if (text && text->get().size() <= longest_action_name && printable(text->get()) == text->get())
                call_action(own, std::string(world.str()), std::string(action.str()), text->get());
            else reader.wrong(value.source().begin.line, "expected a name in quotes, of at most 40 letters");
        }
    }
}

}  // namespace

std::optional<std::string> unknown_keys(const ActionSpace& actions) {
    std::string all;
    for (const ActionSpace::Entry& entry : actions.entries)
        for (const std::string& key : entry.keys)
            if (!is_key(key, true))
                all += (all.empty() ? "" : ", ") + shown_name(key) + " for " + printable(entry.name);
    if (all.empty()) return std::nullopt;
    return "There is no key that is called so: " + all;
}

OwnKeys read_keys(const std::string& text, const std::filesystem::path& file, std::vector<std::string>& notes) {
    Reader reader{file, notes};
    OwnKeys own;
    if (text.size() > longest_text) {
        notes.push_back(
            Error(file, "expected at most 65536 bytes of keys, found " + std::to_string(text.size())).what());
        return own;
    }
    const toml::table table = parsed(text, reader);
    for (const auto& [name, node] : table) {
        if (name == "names") {
            read_names(node, own, reader);
            continue;
        }
        const bool button = name == "game";
        const auto* entries = node.as_table();
        if (!entries || (!button && name != "acts")) {
            reader.wrong(node.source().begin.line,
                         "expected the tables [acts], [game] and [names], found " + shown_name(name.str()));
            continue;
        }
        for (const auto& [key, value] : *entries) {
            const std::string of(key.str());
            if (!button && !is_act(of)) {
                reader.wrong(value.source().begin.line, "there is no act " + shown_name(of));
                continue;
            }
            if (auto keys = keys_in(value, button, reader)) (button ? own.buttons : own.acts)[of] = *keys;
        }
    }
    return own;
}

std::string write_keys(const OwnKeys& own) {
    auto table = [](const std::map<std::string, std::vector<std::string>>& lists) {
        toml::table out;
        for (const auto& [name, keys] : lists) {
            toml::array array;
            for (const std::string& key : keys) array.push_back(key);
            out.insert_or_assign(name, array);
        }
        return out;
    };
    toml::table all{{"acts", table(own.acts)}, {"game", table(own.buttons)}}, worlds;
    for (const auto& [world, names] : own.names) {
        toml::table of_world;
        for (const auto& [action, name] : names) of_world.insert_or_assign(action, name);
        worlds.insert_or_assign(world, std::move(of_world));
    }
    if (!worlds.empty()) all.insert("names", std::move(worlds));
    std::ostringstream out;
    out << "# Keys of driftscope that are not its usual ones. Acts by characters, the game's buttons by places on an\n"
           "# American keyboard, a gamepad's as \"Pad A\"; and what a world's actions are called.\n"
        << all << '\n';
    return out.str();
}

KeysFile::KeysFile(std::optional<std::filesystem::path> folder) {
    if (folder) file_ = *folder / "keys.toml";
}

OwnKeys KeysFile::read(std::vector<std::string>& notes) {
    if (!file_) return {};
    std::ifstream in(*file_, std::ios::binary);
    if (!in) return {};
    std::string text(longest_text + 1, 0);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    const std::size_t before = notes.size();
    OwnKeys own = read_keys(text, *file_, notes);
    wrong_ = notes.size() > before;
    return own;
}

void KeysFile::save(const OwnKeys& own) {
    if (!file_) return;
    if (wrong_) {
        std::error_code failure;
        std::filesystem::copy_file(*file_, file_->string() + ".broken",
                                   std::filesystem::copy_options::overwrite_existing, failure);
    }
    write_file(*file_, write_keys(own));
    wrong_ = false;
}

}  // namespace drift
