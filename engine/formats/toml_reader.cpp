#include "formats/toml_reader.h"

#include <fstream>
#include <iterator>

#include "formats/text.h"

namespace drift {

toml::table parse_toml(const std::filesystem::path& file, const std::string& what) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(file, "expected " + what + ", found no readable file");
    const std::string text = utf8_of({std::istreambuf_iterator<char>(in), {}}, file);
    try {
        return toml::parse(text, printable(file.string()));
    } catch (const toml::parse_error& e) {
        throw Error(file, "expected TOML, found at line " + std::to_string(e.source().begin.line) + ": " +
                              std::string(e.description()));
    }
}

ActionSpace read_actions(const TomlReader& top) {
    const auto* list = top.table()["actions"].as_array();
    if (!list || list->empty() || list->size() > most_actions)
        throw Error(top.file(), "expected 1 to " + std::to_string(most_actions) + " [[actions]], found " +
                                    (list ? std::to_string(list->size()) : "none"));
    ActionSpace actions;
    for (const auto& node : *list) {
        const auto* entry = node.as_table();
        if (!entry) throw Error(top.file(), "expected [[actions]] to be tables, found another value");
        TomlReader r(top.file(), *entry, "actions.");
        ActionSpace::Entry action{r.get<std::string>("name"), {}};
        const auto* keys = (*entry)["keys"].as_array();
        if (entry->contains("keys") && !(keys && keys->empty())) action.keys = r.list<std::string>("keys", 8);
        actions.entries.push_back(std::move(action));
    }
    if (top.table().contains("joystick") && top.get<bool>("joystick")) actions.kind = ActionSpace::Kind::joystick;
    return actions;
}

toml::array to_array(const ActionSpace& actions) {
    toml::array array;
    for (const auto& entry : actions.entries)
        array.push_back(toml::table{{"name", entry.name}, {"keys", to_array(entry.keys)}});
    return array;
}

}  // namespace drift
