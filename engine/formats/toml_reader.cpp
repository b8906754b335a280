#include "formats/toml_reader.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/nearest.h"
#include "formats/text.h"

namespace drift {

toml::table parse_toml(const std::filesystem::path& file, const std::string& what) {
    std::ifstream in(file, std::ios::binary);
    std::error_code error;
    if (!in || std::filesystem::is_directory(file, error))
        throw Error(file, "expected " + what + ", found no readable file");
    const std::string text = utf8_of({std::istreambuf_iterator<char>(in), {}}, file);
    try {
        return toml::parse(text, printable(file.string()));
    } catch (const toml::parse_error& e) {
        throw Error(file, "expected TOML, found at line " + std::to_string(e.source().begin.line) + ": " +
                              std::string(e.description()));
    }
}

void TomlReader::only(std::initializer_list<const char*> known) const {
    const std::vector<std::string> names(known.begin(), known.end());
    for (const auto& [key, node] : table_) {
        const std::string name(key.str());
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        std::string all;
        for (const std::string& each : names) all += (all.empty() ? "" : ", ") + each;
        throw Error(file_, "expected keys among " + all + ", found " + where_ + printable(name) + " at line " +
                               std::to_string(key.source().begin.line) + did_you_mean(name, names));
    }
}

std::vector<ActionSpace::Entry> read_entries(const TomlReader& top, const char* key, std::size_t most) {
    const auto* list = top.table()[key].as_array();
    const std::string shown = std::string("[[") + key + "]]";
    if (!list || list->empty() || list->size() > most)
        throw Error(top.file(), "expected 1 to " + std::to_string(most) + " " + shown + ", found " +
                                    (list ? std::to_string(list->size()) : "none"));
    std::vector<ActionSpace::Entry> entries;
    for (const auto& node : *list) {
        const auto* entry = node.as_table();
        if (!entry) throw Error(top.file(), "expected " + shown + " to be tables, found another value");
        TomlReader r(top.file(), *entry, std::string(key) + ".");
        r.only({"name", "keys"});
        ActionSpace::Entry action{r.get<std::string>("name"), {}};
        const auto* keys = (*entry)["keys"].as_array();
        if (entry->contains("keys") && !(keys && keys->empty())) action.keys = r.list<std::string>("keys", 8);
        entries.push_back(std::move(action));
    }
    return entries;
}

ActionSpace read_actions(const TomlReader& top) {
    ActionSpace actions;
    actions.entries = read_entries(top, "actions", most_actions);
    if (top.table().contains("joystick") && top.get<bool>("joystick")) actions.kind = ActionSpace::Kind::joystick;
    return actions;
}

toml::array to_array(const std::vector<ActionSpace::Entry>& entries) {
    toml::array array;
    for (const auto& entry : entries)
        array.push_back(toml::table{{"name", entry.name}, {"keys", to_array(entry.keys)}});
    return array;
}

toml::array to_array(const ActionSpace& actions) { return to_array(actions.entries); }

}  // namespace drift
