#include "player/files/preferences_file.h"

#include <algorithm>
#include <initializer_list>
#include <sstream>
#include <string_view>

#include "core/error.h"

namespace drift {
namespace {

constexpr const char *preferences = "preferences", *folders = "folders";

struct FolderName {
    const char* name;
    std::filesystem::path OwnFolders::*folder;
};
constexpr FolderName folder_names[] = {{"recordings", &OwnFolders::recordings},
                                       {"pictures", &OwnFolders::pictures},
                                       {"tables", &OwnFolders::tables},
                                       {"worlds", &OwnFolders::worlds},
                                       {"data", &OwnFolders::data}};

class Reader {
public:
    Reader(toml::node_view<const toml::node> table, std::vector<std::string>& notes) : table_(table), notes_(notes) {}

    template <class T>
    void number(const char* name, T& value, T least, T most) {
        const auto node = table_[name];
        if (!node) return;
        const auto found = node.template value<T>();
        if (found && *found >= least && *found <= most) value = *found;
        else wrong(name, "a number from " + text(least) + " to " + text(most));
    }
    void flag(const char* name, bool& value) {
        const auto node = table_[name];
        if (!node) return;
        if (node.is_boolean()) value = *node.value<bool>();
        else wrong(name, "true or false");
    }
    // The place of what it says among the names; `usual` where it says nothing, or nothing of these.
    std::size_t choice(const char* name, const std::vector<std::string>& names, std::size_t usual) {
        const auto node = table_[name];
        if (!node) return usual;
        const auto it = std::find(names.begin(), names.end(), node.value_or<std::string>(""));
        if (it != names.end()) return static_cast<std::size_t>(it - names.begin());
        std::string all;
        for (std::size_t i = 0; i < names.size(); ++i)
            all += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
        wrong(name, all);
        return usual;
    }
    void folder(const char* name, std::filesystem::path& value) {
        const auto node = table_[name];
        if (!node) return;
        const std::filesystem::path found = node.value_or<std::string>("");
        if (found.is_absolute()) value = found;
        else wrong(name, "a folder's path that begins with /");
    }

private:
    template <class T>
    static std::string text(T value) {
        std::ostringstream out;
        out << value;
        return out.str();
    }
    void wrong(const char* name, const std::string& expected) {
        std::ostringstream found;
        table_[name].node()->visit([&](const auto& value) { found << value; });
        notes_.push_back("settings.toml: " + std::string(name) + ": expected " + expected + ", found " +
                         printable(found.str()));
    }

    toml::node_view<const toml::node> table_;
    std::vector<std::string>& notes_;
};

}  // namespace

Preferences read_preferences(const toml::table& table, std::vector<std::string>& notes) {
    Preferences all;
    Reader read(table[preferences], notes);
    std::vector<std::string> themes;
    for (const ThemeName& it : theme_names) themes.push_back(it.name);
    all.theme = theme_names[read.choice("theme", themes, 0)].theme;
    read.number("tooltip_delay", all.tooltip_delay, 0.0, 3.0);
    read.flag("pause_unfocused", all.pause_unfocused);
    read.number("pause_after", all.pause_after, 0, 60);
    const std::vector<std::string> devices{"auto", "cpu", "cuda"}, precisions{"auto", "fp32", "bf16", "fp16"};
    all.compute.device = devices[read.choice("device", devices, 0)];
    all.compute.precision = precisions[read.choice("precision", precisions, 0)];
    read.number("threads", all.compute.threads, 0, Compute::most_threads);
    Reader places(table[folders], notes);
    for (const FolderName& it : folder_names) places.folder(it.name, all.folders.*it.folder);
    return all;
}

void write_preferences(toml::table& table, const Preferences& all) {
    const auto theme = std::find_if(theme_names.begin(), theme_names.end(),
                                    [&](const ThemeName& it) { return it.theme == all.theme; });
    table.insert_or_assign(preferences, toml::table{{"theme", theme->name},
                                                    {"tooltip_delay", all.tooltip_delay},
                                                    {"pause_unfocused", all.pause_unfocused},
                                                    {"pause_after", all.pause_after},
                                                    {"device", all.compute.device},
                                                    {"precision", all.compute.precision},
                                                    {"threads", all.compute.threads}});
    toml::table places;
    for (const FolderName& it : folder_names)
        if (const auto& folder = all.folders.*it.folder; !folder.empty()) places.insert(it.name, folder.string());
    table.insert_or_assign(folders, places);
}

}  // namespace drift
