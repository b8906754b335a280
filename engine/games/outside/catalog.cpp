#include "games/outside/catalog.h"

#include <cstdlib>
#include <sstream>

#include "core/atomic_file.h"
#include "core/error.h"
#include "formats/toml_reader.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_words = 100;

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
    OutsideProgram program{entry.get<std::string>("name"), entry.list<std::string>("command", most_words)};
    if (program.name.empty()) throw Error(entry.file(), "expected a game with a name, found one without");
    return program;
}

toml::table read_games(const fs::path& file) {
    return is_there(file) ? parse_toml(file, "a list of games") : toml::table{};
}

}  // namespace

std::optional<fs::path> games_file() {
    if (auto folder = absolute_in_environment("XDG_CONFIG_HOME")) return *folder / "driftscope" / "games.toml";
    if (auto home = absolute_in_environment("HOME")) return *home / ".config" / "driftscope" / "games.toml";
    return std::nullopt;
}

std::vector<OutsideProgram> listed_games() {
    std::vector<OutsideProgram> programs;
    const auto file = games_file();
    if (!file) return programs;
    const toml::table table = read_games(*file);
    const auto* list = table["game"].as_array();
    if (!list) return programs;
    for (const auto& node : *list) {
        if (!node.is_table()) throw Error(*file, "expected [[game]] with a name and a command, found another value");
        programs.push_back(program_of(TomlReader(*file, *node.as_table(), "game.")));
    }
    return programs;
}

namespace {

void write_games(const fs::path& file, const toml::table& table) {
    std::ostringstream text;
    text << "# Games outside, by name, and the programs that they stand for.\n" << table << "\n";
    write_file(file, text.str());
}

// The list without that name; was it there?
bool without(toml::array& list, std::string_view name) {
    const std::size_t before = list.size();
    for (auto it = list.begin(); it != list.end();)
        it = it->is_table() && (*it->as_table())["name"].value_or(std::string()) == name ? list.erase(it) : it + 1;
    return list.size() < before;
}

}  // namespace

bool list_game(const OutsideProgram& program) {
    const auto file = games_file();
    if (!file) throw Error("games.toml: expected a home folder to keep it in, found neither XDG_CONFIG_HOME nor HOME");
    toml::table table = read_games(*file);
    if (!table["game"].is_array()) table.insert_or_assign("game", toml::array{});
    auto& list = *table["game"].as_array();
    const bool replaced = without(list, program.name);
    list.push_back(toml::table{{"name", program.name}, {"command", to_array(program.command)}});
    write_games(*file, table);
    return replaced;
}

bool unlist_game(std::string_view name) {
    const auto file = games_file();
    if (!file) return false;
    toml::table table = read_games(*file);
    auto* list = table["game"].as_array();
    if (!list || !without(*list, name)) return false;
    write_games(*file, table);
    return true;
}

bool atari_is_set_up() { return is_there(packages() / "ale_py") && is_there(packages() / "gymnasium"); }

OutsideProgram find_game(std::string_view name, NamedBy by) {
    const auto parts = split(name, ',');
    const std::vector<std::string> options(parts.begin() + 1, parts.end());
    for (OutsideProgram& program : listed_games())
        if (program.name == parts.front()) {
            program.command.insert(program.command.end(), options.begin(), options.end());
            program.name = std::string(name);
            return program;
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
