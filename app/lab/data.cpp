// driftlab data: recorded play of other people as a data set of ours, and what is in one.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "core/error.h"
#include "core/names.h"
#include "data/imports/import_play.h"
#include "data/picture_size.h"
#include "lab/commands.h"
#include "lab/data_info.h"
#include "lab/long_run.h"
#include "lab/options.h"
#include "lab/report.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

struct Interrupted {};

void import(const ImportRequest& request) {
    catch_interrupts();
    StatusLine line;
    bool shown = false;
    const auto begun = std::chrono::steady_clock::now();
    auto show = [&](const ImportProgress& now) {
        if (interrupted()) throw Interrupted{};
        if (!line.due() || now.part <= 0) return;
        const double since = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        line.show(fmt::format("{} episode {} of {}, {}  {} left", bar_text(now.part), now.episode + 1, now.episodes,
                              printable(now.name), clock_text(since * (1 - now.part) / now.part)));
        shown = true;
    };
    ImportResult result;
    try {
        result = import_play(request, show);
    } catch (const Interrupted&) {
        if (shown) line.end();
        throw Error(request.out, "interrupted; the same command goes on with the next episode");
    }
    if (shown) line.end();
    say_notes(result.notes);
    fmt::print("{}: {} of {} in all written to {}{}\n", play_name(result.kind), counted(result.written, "episode"),
               counted(result.frames, "frame"), printable(request.out.string()),
               result.there > 0 ? fmt::format("; {} {} there already", counted(result.there, "episode"),
                                              result.there == 1 ? "was" : "were")
                                : "");
    std::fflush(stdout);
    if (result.refused.empty()) return;
    std::string sentences;
    for (const std::string& sentence : result.refused) sentences += "\n  " + sentence;
    throw Error(request.source,
                fmt::format("{} could not be imported:{}", counted(result.refused.size(), "part"), sentences));
}

}  // namespace

void add_data(CLI::App& lab) {
    auto* data =
        lab.add_subcommand("data", "Recorded play to learn from: import what others keep, and look at what is there");
    data->require_subcommand(1);

    struct Import {
        ImportRequest request;
        std::string size;
    };
    auto given = std::make_shared<Import>();
    auto* import_command = data->add_subcommand(
        "import",
        "Write play of DIAMOND, Minari, CSGO, VPT, OWL Control or NumPy archives as a data set, episode by "
        "episode; run again, it goes on where it was stopped");
    import_command->add_option("from", given->request.source, "A file, or a folder with any number of them")
        ->required();
    import_command->add_option("--out", given->request.out, "The data set's folder: a new one, or one to go on with")
        ->required();
    import_command->add_option("--size", given->size, "Make pictures this size, as 64x64; by default they keep theirs")
        ->check(is_read_by(parse_picture_size));
    import_command->add_option("--rate", given->request.rate, "Frames a second, where the source does not say")
        ->check(CLI::Range(1, 240));
    import_command->add_option("--title", given->request.title, "What the data set is called");
    import_command
        ->add_option("--actions", given->request.actions,
                     "Names of actions that have only numbers, with keys if wanted: noop,up=Up,down=Down")
        ->delimiter(',');
    import_command->callback([given] {
        if (!given->size.empty()) given->request.size = parse_picture_size(given->size);
        import(given->request);
    });

    struct Look {
        fs::path folder;
        DataLook look;
        fs::path png;
    };
    auto look = std::make_shared<Look>();
    auto add = [&](const char* name, const char* what) {
        auto* command = data->add_subcommand(name, what);
        command->add_option("folder", look->folder, "A folder of recorded play")->required();
        command->add_option("--size", look->look.size, "As if its pictures were made this size, as 64x64")
            ->check(is_read_by(parse_picture_size));
        return command;
    };
    auto* info = add("info", "Counts, lengths, how often each action is taken, brightness, repeated frames and jumps");
    info->add_flag("--json", look->look.json, "Print one JSON object");
    info->callback([look] {
        look->look.pictures = true;
        print_data_info(look->folder, look->look);
    });
    add("check", "Says what is wrong with a data set, and what training will suffer from")->callback([look] {
        check_data(look->folder, look->look);
    });
    auto* show = add("show", "Write frames of its episodes as one picture, a row for each");
    show->add_option("--png", look->png, "Picture to write")->required()->check(ends_in(".png"));
    show->callback([look] { show_data(look->folder, look->look, look->png); });
}

}  // namespace drift
