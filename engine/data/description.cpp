#include "data/description.h"

#include <string>
#include <utility>

#include "core/action_name.h"
#include "core/atomic_file.h"
#include "core/files.h"
#include "core/names.h"
#include "data/data_set.h"
#include "formats/buttons.h"
#include "formats/toml_reader.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int format_version = 1;

// `by_hand`: nobody but its writer says what the actions are, so that one without a key was forgotten; a real game may have actions without.
void check_actions(const ActionSpace& actions, bool by_hand, const fs::path& file, Problems& problems) {
    const auto& entries = actions.entries;
    if (!entries.front().keys.empty())
        problems.add(file, "expected the first action to be that of no key (keys = []), found " +
                               printable(entries.front().name) + " with a key");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!is_action_name(entries[i].name))
            problems.add(
                file, "expected actions whose names go into a CSV file, found \"" + printable(entries[i].name) + "\"");
        if (by_hand && i > 0 && entries[i].keys.empty() && actions.kind == ActionSpace::Kind::one)
            problems.add(file, "expected a key for the action " + printable(entries[i].name) +
                                   ", found none: nobody could play it");
        if (actions.find(entries[i].name) != static_cast<int>(i))
            problems.add(file, "expected actions of different names, found " + printable(entries[i].name) + " twice");
    }
}

}  // namespace

std::string keyless_note(const ActionSpace& actions) {
    constexpr std::size_t most_named = 3;
    std::size_t count = 0;
    std::string names;
    for (std::size_t i = 1; i < actions.entries.size() && actions.kind == ActionSpace::Kind::one; ++i) {
        if (!actions.entries[i].keys.empty()) continue;
        if (++count <= most_named) names += (names.empty() ? "" : ", ") + printable(actions.entries[i].name);
    }
    if (count > most_named) names += " and " + std::to_string(count - most_named) + " more";
    return count == 0 ? "" : "no key stands for " + names + ": what is learned of them nobody can press";
}

DataSet read_description(const fs::path& file, Problems& problems) {
    DataSet data;
    toml::table table;
    if (!problems.attempt([&] { table = parse_toml(file, "the description of a data set"); })) return data;
    TomlReader top(file, table, "");
    problems.attempt([&] {
        if (auto format = top.get<std::int64_t>("format"); format != format_version)
            throw Error(file,
                        "expected format " + std::to_string(format_version) + ", found " + std::to_string(format));
    });
    problems.attempt([&] { top.only({"format", "title", "game", "rate", "joystick", "actions", "buttons", "mouse"}); });
    if (table.contains("title")) problems.attempt([&] { data.title = top.get<std::string>("title"); });
    if (table.contains("game")) problems.attempt([&] { data.game = top.get<std::string>("game"); });
    problems.attempt([&] { data.rate = top.whole("rate", 1, 240); });
    if (problems.attempt([&] { data.actions = read_action_space(top); }) &&
        data.actions.kind != ActionSpace::Kind::buttons)
        check_actions(data.actions, data.game.empty(), file, problems);
    return data;
}

void write_data_description(const fs::path& folder, const DataSet& data) {
    toml::table table{{"format", format_version}, {"title", data.title}, {"rate", data.rate}};
    if (!data.game.empty()) table.insert("game", data.game);
    insert_actions(table, data.actions);
    std::ostringstream out;
    out << "# Recorded play: what `driftlab train --data` learns from.\n" << table << "\n";
    const fs::path found = find_entry(folder, data_toml), file = found.empty() ? folder / data_toml : found;
    make_folder(folder);
    if (!found.empty()) {
        Problems problems;
        const DataSet there = read_description(file, problems);
        problems.check(folder);
        if (there.title != data.title || there.rate != data.rate || there.actions != data.actions)
            throw Error(file, "expected a data set of " + printable(data.title) +
                                  " with its rate and actions, found another one: give a new folder");
        return;
    }
    write_file(file, out.str());
}

}  // namespace drift
