#include "player/files/settings_store.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/atomic_file.h"
#include "core/error.h"
#include "player/files/preferences_file.h"
#include "player/files/settings_file.h"

namespace drift {
namespace {

struct ReachName {
    const char* name;
    float Reach::*side;
};
constexpr ReachName reach_names[] = {{"right", &Reach::right}, {"left", &Reach::left}, {"dock", &Reach::dock}};

// The file as it is now; empty where there is none. Throws Error where it is not TOML.
toml::table parse(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {};
    std::string text((std::istreambuf_iterator<char>(in)), {});
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        throw Error(file, "line " + std::to_string(error.source().begin.line) + " is not TOML");
    }
}

}  // namespace

SettingsStore::SettingsStore(std::optional<std::filesystem::path> folder, std::vector<std::string>& notes) {
    if (!folder) {
        notes.push_back("Settings are not kept: neither HOME nor XDG_CONFIG_HOME is set");
        return;
    }
    file_ = *folder / "settings.toml";
    try {
        toml::table table = parse(*file_);
        toml::node_view window = table["window"];
        auto side = [&](const char* name) {
            return static_cast<int>(std::clamp<std::int64_t>(window[name].value_or<std::int64_t>(0), 0, 16384));
        };
        stored_.width = side("width");
        stored_.height = side("height");
        double scale = window["scale"].value_or(0.0);
        stored_.scale = scale >= 0.5 && scale <= 4 ? scale : 0;
        stored_.panels = window["panels"].value_or(stored_.panels);
        stored_.truth = window["truth"].value_or(stored_.truth);
        stored_.seed_locked = window["seed_locked"].value_or(stored_.seed_locked);
        // Who has left settings before this was kept has played.
        stored_.played = window["played"].value_or(window["width"].is_integer());
        if (const toml::table* sections = window["sections"].as_table())
            for (const auto& [name, open] : *sections)
                stored_.open_sections[std::string(name.str())] = open.value_or(true);
        if (const toml::array* hidden = window["hidden"].as_array())
            for (const SectionName& it : section_names)
                if (std::any_of(hidden->begin(), hidden->end(),
                                [&](const toml::node& node) { return node.value_or<std::string>("") == it.name; }))
                    stored_.hidden_sections.insert(it.section);
        // Within limits of sense; arrange() knows what fits.
        for (const ReachName& it : reach_names)
            if (const double side = window["reach"][it.name].value_or(0.0); side >= 100 && side <= 4000)
                stored_.reach.*it.side = static_cast<float>(side);
        stored_.preferences = read_preferences(table, notes);
    } catch (const Error& error) {
        std::error_code failure;
        std::filesystem::rename(*file_, file_->string() + ".broken", failure);
        notes.push_back(std::string(error.what()) +
                        (failure ? ": the defaults are used, and it is written anew when you change a setting"
                                 : ": it was set aside, and the defaults are used"));
    }
}

std::optional<SamplerSettings> SettingsStore::sampler(const std::string& world, const SamplerSettings& defaults,
                                                      std::vector<std::string>& notes) const {
    if (!file_) return std::nullopt;
    try {
        toml::table table = parse(*file_);
        const toml::table* mine = table["sampler"][world].as_table();
        if (!mine) return std::nullopt;
        return read_settings(*mine, defaults, notes);
    } catch (const Error&) {
        return std::nullopt;  // said when the store was opened
    }
}

namespace {

toml::table to_table(const Stored& stored) {
    toml::table table, sections;
    for (const auto& [name, open] : stored.open_sections) sections.insert_or_assign(name, open);
    toml::array hidden;
    for (Section section : stored.hidden_sections) hidden.push_back(name_of(section));
    toml::table reach;
    for (const ReachName& it : reach_names) reach.insert_or_assign(it.name, static_cast<double>(stored.reach.*it.side));
    table.insert_or_assign("window", toml::table{{"width", stored.width},
                                                 {"height", stored.height},
                                                 {"scale", stored.scale},
                                                 {"panels", stored.panels},
                                                 {"truth", stored.truth},
                                                 {"seed_locked", stored.seed_locked},
                                                 {"played", stored.played},
                                                 {"hidden", hidden},
                                                 {"reach", reach},
                                                 {"sections", sections}});
    write_preferences(table, stored.preferences);
    return table;
}

bool equal(const toml::node& a, const toml::node& b) {
    toml::table left, right;
    left.insert("value", a), right.insert("value", b);
    return left == right;
}

// What has been changed since `before` goes into the file; of the rest what another player has written there meanwhile stays.
void merge(toml::table& file, const toml::table& before, const toml::table& now) {
    for (const auto& [key, value] : now) {
        const toml::node* was = before.get(key);
        toml::node* there = file.get(key);
        if (there && there->is_table() && value.is_table())
            merge(*there->as_table(), was && was->is_table() ? *was->as_table() : toml::table{}, *value.as_table());
        else if (!there || !was || !equal(*was, value)) file.insert_or_assign(key, value);
    }
    for (const auto& [key, value] : before)
        if (!now.contains(key)) file.erase(key);
}

}  // namespace

void SettingsStore::save(const Stored& stored, const std::string& world, const SamplerSettings& sampler) {
    if (!file_) return;
    toml::table table;
    try {
        table = parse(*file_);
    } catch (const Error&) {
        table = {};  // another player's disk fault must not stop this one from leaving a whole file
    }
    const toml::table now = to_table(stored);
    merge(table, to_table(stored_), now);
    stored_ = stored;
    if (!world.empty()) {
        if (!table["sampler"].is_table()) table.insert_or_assign("sampler", toml::table{});
        table["sampler"].as_table()->insert_or_assign(world, write_settings(sampler));
    }
    std::ostringstream out;
    out << "# Kept by driftscope between runs.\n" << table << '\n';
    write_file(*file_, out.str());
}

}  // namespace drift
