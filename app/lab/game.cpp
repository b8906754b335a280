// driftlab game: which real games there are, what one is, whether it can be relied on, and how one is made known.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "core/error.h"
#include "files/folders.h"
#include "files/programs.h"
#include "games/libretro/options.h"
#include "games/list.h"
#include "lab/commands.h"
#include "lab/game_check.h"
#include "lab/options.h"
#include "model/world/world_file.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

void list() {
    for (const std::string& name : game_names()) std::printf("%-24s written for this program\n", name.c_str());
    const ListedGames listed = listed_games();
    for (const OutsideProgram& program : listed.programs) {
        std::string command;
        for (const std::string& word : program.command) command += " " + word;
        std::printf("%-24s%s\n", printable(program.name).c_str(), printable(command).c_str());
    }
    if (atari_is_set_up())
        std::puts(
            "ale/NAME                 Atari 2600, as ale/Breakout (ale-py is set up; `bash app/play.sh --atari` lists "
            "all)\ngym/ID                   any Gymnasium environment with pictures, as gym/CartPole-v1");
    else std::puts("ale/NAME, gym/ID         Atari and Gymnasium: `bash app/play.sh --atari` sets them up");
    std::fflush(stdout);
    if (!listed.problems.empty()) throw Error(fmt::format("{}", fmt::join(listed.problems, "\n  ")));
}

void info(const std::string& name) {
    auto game = make_game(name, NamedBy::user);
    const GameInfo& said = game->info();
    std::printf("%s: %dx%d pixels, %d frames a second, %d actions:", printable(said.name).c_str(), said.width,
                said.height, said.rate, said.actions.size());
    for (int action = 0; action < said.actions.size(); ++action) {
        const auto& entry = said.actions.entries[static_cast<std::size_t>(action)];
        std::string keys;
        for (const std::string& key : entry.keys) keys += (keys.empty() ? " (" : ", ") + key;
        std::printf("%s %s%s", action > 0 ? "," : "", printable(entry.name).c_str(),
                    keys.empty() ? "" : (printable(keys) + ")").c_str());
    }
    std::string judged;
    for (const std::string& object : said.judged()) judged += (judged.empty() ? "" : ", ") + printable(object);
    Frame frame;
    game->render(frame);
    if (judged.empty()) judged = "pictures alone, no objects";
    else if (game->probe(frame).objects.empty())
        judged =
            "pictures alone; the game says where these are, but no way is known to find them in a picture: " + judged;
    std::printf("\nmeasured: %s\n", judged.c_str());
}

fs::path find_core(const std::string& name) {
    if (name.find('/') != std::string::npos) return fs::absolute(name);
    std::vector<fs::path> folders;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator("/usr/lib", failure)) folders.push_back(entry.path() / "libretro");
    folders.insert(folders.end(), {"/usr/lib/libretro", "/usr/local/lib/libretro"});
    if (const char* home = std::getenv("HOME"))
        for (const char* below : {".config/retroarch/cores", ".local/share/libretro/cores",
                                  ".var/app/org.libretro.RetroArch/config/retroarch/cores"})
            folders.push_back(fs::path(home) / below);
    for (const fs::path& folder : folders)
        if (fs::path core = folder / (name + "_libretro.so"); fs::exists(core, failure)) return core;
    throw Error("game add: no core is called " + printable(name) + "; looked for " + printable(name) +
                "_libretro.so in /usr/lib/*/libretro and RetroArch's folders; a path is taken as well");
}

std::vector<std::string> libretro_command(const std::string& name, const std::string& core, const std::string& rom,
                                          const std::vector<std::string>& options) {
    std::error_code failure;
    if (!rom.empty() && !fs::is_regular_file(rom, failure))
        throw Error(rom, std::string("expected a ROM, found ") + (fs::exists(rom, failure) ? "no file" : "nothing"));
    const fs::path program = program_beside("drift_libretro");
    if (!fs::exists(program, failure))
        throw Error(program,
                    "expected the libretro host beside this program, found none: it is built where libretro.h is "
                    "(retroarch-dev)");
    std::vector<std::string> command{program.string(), "--core", find_core(core).string(), "--name", name};
    if (!rom.empty())
        command.insert(command.end(), {"--rom", fs::absolute(rom).string(), "--rom-hash", file_hash(rom)});
    command.insert(command.end(), options.begin(), options.end());
    return command;
}

// A program is started from anywhere: its files are named in full.
std::vector<std::string> in_full(std::vector<std::string> command) {
    for (std::size_t i = 0; i < command.size(); ++i) {
        std::error_code error;
        const bool searched = i == 0 && command[i].find('/') == std::string::npos;  // in PATH
        const bool file = fs::is_regular_file(command[i], error);
        if (!searched && file) command[i] = fs::absolute(command[i]).string();
        if (searched && file && !is_installed(command[i]))
            throw Error(fs::path(command[i]), "expected a program, found a file of the current folder: write ./" +
                                                  command[i] + ", or the program that runs it before it");
    }
    return command;
}

void make_known(const std::string& name, const std::vector<std::string>& command) {
    if (name.empty() || name.find_first_of(",/\n") != std::string::npos)
        throw Error("game add: expected a name without commas and slashes, found \"" + printable(name) + "\"");
    if (is_own_game(name))
        throw Error("game add: expected a new name, found that of a game of Driftscope's own: " + name);
    OutsideGame tried_out({name, command});
    const bool replaced = list_game({name, command});
    std::printf("%s is known now%s: %dx%d pixels, %d actions (%s)\n", printable(name).c_str(),
                replaced ? ", in place of the game that had this name" : "", tried_out.info().width,
                tried_out.info().height, tried_out.info().actions.size(), games_file()->c_str());
}

void forget(const std::string& name) {
    if (!unlist_game(name))
        throw Error("game remove: expected a game that was added, found none called \"" + printable(name) + "\"");
    std::printf("%s is not known any more; its files stay\n", printable(name).c_str());
}

}  // namespace

void add_game(CLI::App& lab) {
    auto* game = lab.add_subcommand(
        "game", "The real games: which there are, what one is, whether it can be relied on, how one is made known");
    game->require_subcommand(1);
    game->add_subcommand("list", "All that there are")->callback(list);
    struct Given {
        std::string name;
        std::uint64_t seed = 1;
        int steps = 1000;
        std::vector<std::string> command;
    };
    auto given = std::make_shared<Given>();
    auto* about = game->add_subcommand("info", "What a game is");
    about->add_option("name", given->name, "Its name")->required();
    about->callback([given] { info(given->name); });
    auto* tried = game->add_subcommand("check",
                                       "Is it the same each time, and are its objects found in its pictures? Plays it "
                                       "with random keys, again, and from states that were kept");
    tried->add_option("name", given->name, "Its name")->required();
    tried->add_option("--seed", given->seed, "Seed")->check(is_whole())->capture_default_str();
    tried->add_option("--steps", given->steps, "How many frames to play")
        ->check(CLI::Range(1, 10000000))
        ->capture_default_str();
    tried->callback([given] { check_game(given->name, given->seed, given->steps); });
    struct Emulated {
        std::string core, rom;
        libretro::PlayOptions options;
        bool program = false;
    };
    auto emulated = std::make_shared<Emulated>();
    auto* add = game->add_subcommand("add",
                                     "Make a game outside known by a name: any program that speaks the protocol in "
                                     "app/games/README.md, or a libretro core");
    add->add_option("name", given->name, "Its name")->required();
    auto* core = add->add_option("--core", emulated->core, "A libretro core, by its name (nestopia) or path");
    add->add_option("--rom", emulated->rom, "The core's ROM")->needs(core);
    emulated->options.add(*add);
    add->add_flag("--command", emulated->program, "Before a program and its arguments, which go to the end of the line")
        ->excludes(core);
    add->prefix_command();
    add->callback([given, emulated, add] {
        given->command = add->remaining();
        const auto played = emulated->options.words(*add);
        if (!emulated->program && !given->command.empty())
            throw CLI::ExtrasError(
                {given->command.rbegin(), given->command.rend()});  // which it shows from the last on
        if (emulated->program && !played.empty())
            throw CLI::ValidationError("game add: expected " + played.front() +
                                       " with --core, or behind the program that it is meant for");
        if (!emulated->core.empty())
            given->command = libretro_command(given->name, emulated->core, emulated->rom, played);
        std::error_code failure;
        if (given->command.size() == 1 && given->command[0].find(' ') != std::string::npos &&
            !fs::exists(given->command[0], failure))
            throw CLI::ValidationError(
                "--command: expected a program and its arguments as words of their own, found \"" + given->command[0] +
                "\" as one word");
        if (given->command.empty())
            throw CLI::ValidationError("game add: expected --command with a program behind it, or --core with --rom");
        make_known(given->name, in_full(given->command));
    });
    auto* gone = game->add_subcommand("remove", "Forget a game that was added");
    gone->add_option("name", given->name, "Its name")->required();
    gone->callback([given] { forget(given->name); });
}

}  // namespace drift
