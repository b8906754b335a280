#include "games/outside/catalog.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include "core/atomic_file.h"
#include "core/error.h"
#include "formats/text.h"
#include "formats/toml_reader.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_words = 100, most_text = std::size_t{16} << 20;

std::optional<fs::path> absolute_in_environment(const char* name) {
    const char* value = std::getenv(name);
    return value && value[0] == '/' ? std::optional<fs::path>(value) : std::nullopt;
}

bool is_there(const fs::path& path) {
    std::error_code failure;
    return fs::exists(path, failure);
}

// Where app/games lies: in the source folder or the installed one.
fs::path programs() {
    for (const char* folder : {DRIFT_SOURCE_GAMES, DRIFT_INSTALL_GAMES})
        if (is_there(fs::path(folder) / "driftgame.py")) return folder;
    return DRIFT_INSTALL_GAMES;
}

// Where pip put ale-py, Gymnasium and what they need: DRIFT_GAMES, else where app/setup.sh puts them.
fs::path packages() {
    if (auto folder = absolute_in_environment("DRIFT_GAMES")) return *folder;
    return DRIFT_GAME_PACKAGES;
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        auto end = std::min(text.find(at, begin), text.size());
        parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::vector<std::string> python(const char* program, const std::vector<std::string>& words) {
    const char* own = std::getenv("PYTHONPATH");  // where a module that the user names may lie
    std::vector<std::string> command{"env",
                                     "PYTHONPATH=" + packages().string() + (own && *own ? std::string(":") + own : ""),
                                     "PYTHONDONTWRITEBYTECODE=1",
                                     "SDL_VIDEODRIVER=dummy",
                                     "SDL_AUDIODRIVER=dummy",
                                     "python3",
                                     (programs() / program).string()};
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

OutsideProgram program_of(const TomlReader& entry) {
    entry.only({"name", "command"});
    OutsideProgram program{entry.get<std::string>("name"), entry.list<std::string>("command", most_words)};
    if (program.name.empty()) throw Error(entry.file(), "expected a game with a name, found one without");
    return program;
}

toml::table read_games(const fs::path& file) {
    if (!is_there(file)) return {};
    toml::table table = parse_toml(file, "a list of games");
    for (const auto& [key, value] : table) {
        if (key != "game")
            throw Error(file,
                        "expected [[game]] before each entry, found \"" + printable(std::string(key.str())) + "\"");
        if (!value.is_array())
            throw Error(file, "expected [[game]] before each entry, found " +
                                  std::string(value.is_table() ? "[game], in single brackets" : "another value"));
    }
    return table;
}

// Each [[game]] with the line that it begins in.
template <class See>
void each_game(const fs::path& file, const toml::table& table, See see) {
    const auto* list = table["game"].as_array();
    if (!list) return;
    for (const auto& node : *list) {
        if (!node.is_table()) throw Error(file, "expected [[game]] with a name and a command, found another value");
        see(TomlReader(file, *node.as_table(),
                       "in the [[game]] of line " + std::to_string(node.source().begin.line) + " "));
    }
}

}  // namespace

std::optional<fs::path> games_file() {
    if (auto folder = absolute_in_environment("XDG_CONFIG_HOME")) return *folder / "driftscope" / "games.toml";
    if (auto home = absolute_in_environment("HOME")) return *home / ".config" / "driftscope" / "games.toml";
    return std::nullopt;
}

ListedGames listed_games() {
    ListedGames listed;
    const auto attempt = [&](auto read) {
        try {
            read();
        } catch (const Error& error) {
            listed.problems.push_back(error.what());
        }
    };
    if (const auto file = games_file())
        attempt([&] {
            const toml::table table = read_games(*file);
            each_game(*file, table,
                      [&](const TomlReader& entry) { attempt([&] { listed.programs.push_back(program_of(entry)); }); });
        });
    return listed;
}

namespace {

constexpr const char* heading = "# Games outside, by name, and the programs that they stand for.\n";

std::string text_of(const fs::path& file) { return is_there(file) ? read_text(file, most_text) : heading; }

bool is_called(const toml::node& entry, std::string_view name) {
    return entry.is_table() && (*entry.as_table())["name"].value_or(std::string()) == name;
}

struct Others {
    std::string text;  // of the file, without the entries of a name; all else as its writer left it
    bool had = false;  // were there such?
};

// Throws Error where entries are written as values in a line, to which no [[game]] can be added: a hand did that, and a hand can mend it.
Others without(const fs::path& file, std::string_view name) {
    const toml::table table = read_games(file);
    Others others;
    std::set<std::size_t> gone;  // lines, from 1
    const auto leave_out = [&](std::size_t first, std::size_t last) {
        for (std::size_t line = first; line <= last; ++line) gone.insert(line);
    };
    if (const auto* list = table["game"].as_array()) {
        if (list->empty()) leave_out(list->source().begin.line, list->source().end.line);  // game = []
        for (const auto& node : *list) {
            if (!node.is_table() || node.as_table()->is_inline())
                throw Error(file,
                            "expected [[game]] before each entry, found them written in a line: please part them");
            if (!is_called(node, name)) continue;
            others.had = true;
            std::size_t last = node.source().begin.line;
            for (const auto& [key, value] : *node.as_table())
                last = std::max<std::size_t>(last, value.source().end.line);
            leave_out(node.source().begin.line, last);
        }
    }
    std::istringstream text(text_of(file));
    std::string line;
    for (std::size_t number = 1; std::getline(text, line); ++number)
        if (!gone.contains(number)) others.text += line + "\n";
    return others;
}

void expect_words(const OutsideProgram& program) {
    for (const std::string& word : program.command)
        if (printable(word) != word)
            throw Error("games.toml: expected a program and files whose names are UTF-8, which it can hold, found " +
                        printable(word));
    if (printable(program.name) != program.name)
        throw Error("games.toml: expected a name in UTF-8, found " + printable(program.name));
}

}  // namespace

bool list_game(const OutsideProgram& program) {
    const auto file = games_file();
    if (!file) throw Error("games.toml: expected a home folder to keep it in, found neither XDG_CONFIG_HOME nor HOME");
    expect_words(program);
    const Others others = without(*file, program.name);
    std::ostringstream text;
    text << others.text << "\n[[game]]\n"
         << toml::table{{"name", program.name}, {"command", to_array(program.command)}} << "\n";
    write_file(*file, text.str());
    return others.had;
}

bool unlist_game(std::string_view name) {
    const auto file = games_file();
    if (!file) return false;
    const Others others = without(*file, name);
    if (others.had) write_file(*file, others.text);
    return others.had;
}

bool atari_is_set_up() { return is_there(packages() / "ale_py") && is_there(packages() / "gymnasium"); }

OutsideProgram find_game(std::string_view name, NamedBy by) {
    const auto parts = split(name, ',');
    const std::vector<std::string> options(parts.begin() + 1, parts.end());
    // What another entry has wrong is not in this one's way.
    std::optional<OutsideProgram> listed;
    if (const auto file = games_file()) {
        const toml::table table = read_games(*file);
        each_game(*file, table, [&](const TomlReader& entry) {
            if (!listed && entry.table()["name"].value_or(std::string()) == parts.front()) listed = program_of(entry);
        });
    }
    if (listed) {
        listed->command.insert(listed->command.end(), options.begin(), options.end());
        listed->name = std::string(name);
        return *listed;
    }
    const auto slash = parts.front().find('/');
    const std::string kind = parts.front().substr(0, slash),
                      rest = slash == std::string::npos ? "" : parts.front().substr(slash + 1);
    if (rest.empty() || (kind != "ale" && kind != "gym"))
        throw UnknownGame("game \"" + printable(std::string(name)) + "\": there is none of that name");
    if (rest.find(':') != std::string::npos && by == NamedBy::file)
        throw Error("game \"" + printable(std::string(name)) +
                    "\": it would load a Python module, which only a name that you type may do: --game " +
                    printable(std::string(name)));
    if (!atari_is_set_up())
        throw Error("game \"" + printable(std::string(name)) + "\": " + (kind == "ale" ? "Atari" : "Gymnasium") +
                    " is not set up; `bash app/play.sh --atari` does it");
    std::vector<std::string> words{rest};
    words.insert(words.end(), options.begin(), options.end());
    return {std::string(name), python(kind == "ale" ? "atari.py" : "gym_env.py", words)};
}

}  // namespace drift
