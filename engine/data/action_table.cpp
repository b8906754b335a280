#include "data/action_table.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/files.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest = 256u << 20;  // bytes: more frames than memory holds

std::string read_text(const fs::path& file) {
    InputFile in(file);
    if (in.size() > largest) throw Error(file, "expected a table of at most " + std::to_string(largest >> 20) + " MB, found " + std::to_string(in.size() >> 20));
    std::string text(in.size(), ' ');
    in.read(text.data(), text.size());
    return text;
}

std::string_view trimmed(std::string_view text) {
    auto begin = text.find_first_not_of(" \t\r\""), end = text.find_last_not_of(" \t\r\"");
    return begin == text.npos ? "" : text.substr(begin, end - begin + 1);
}

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t at = 0; at <= line.size();) {
        auto end = std::min(line.find(',', at), line.size());
        fields.push_back(trimmed(line.substr(at, end - at)));
        at = end + 1;
    }
    return fields;
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string known(const ActionSpace& actions) {
    std::string all;
    for (const ActionSpace::Entry& entry : actions.entries) all += (all.empty() ? "" : ", ") + printable(entry.name);
    return all;
}

}  // namespace

ActionTable read_action_table(const fs::path& file, const ActionSpace& actions) {
    const std::string text = read_text(file);
    std::string_view rest = text;
    std::size_t line = 0;
    auto next_line = [&] {
        auto end = std::min(rest.find('\n'), rest.size());
        auto fields = fields_of(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++line;
        return fields;
    };
    auto refuse = [&](const std::string& expected, std::string_view found) {
        throw Error(file, "line " + std::to_string(line) + ": expected " + expected + ", found \"" + printable(found.substr(0, 60)) + "\"");
    };
    auto names = next_line();
    auto column = [&](std::string_view name) { return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()); };
    const std::size_t action = column("action"), frame = column("frame"), rare = column("rare");
    if (action == names.size()) refuse("names of columns, one of them action", names.empty() ? "" : names.front());

    ActionTable table;
    while (!rest.empty()) {
        auto fields = next_line();
        if (fields.size() == 1 && fields.front().empty()) continue;
        if (fields.size() != names.size()) refuse(std::to_string(names.size()) + " columns", std::to_string(fields.size()) + " of them");
        if (frame < names.size() && whole_number(fields[frame]) != static_cast<int>(table.actions.size())) refuse("frame " + std::to_string(table.actions.size()), fields[frame]);
        int found = actions.find(fields[action]);
        if (auto number = whole_number(fields[action]); found < 0 && number && *number >= 0 && *number < actions.size()) found = *number;
        if (found < 0) refuse("an action of data.toml (" + known(actions) + ") or its number", fields[action]);
        if (rare < names.size() && fields[rare] != "0" && fields[rare] != "1") refuse("0 or 1 in the column rare", fields[rare]);
        table.actions.push_back(static_cast<std::uint8_t>(found));
        table.rare.push_back(rare < names.size() && fields[rare] == "1");
    }
    return table;
}

void write_action_table(const fs::path& file, const ActionSpace& actions, const Clip& clip) {
    std::string text = "frame,action,rare\n";
    for (std::size_t i = 0; i < clip.actions.size(); ++i) {
        bool rare = std::binary_search(clip.rare.begin(), clip.rare.end(), static_cast<int>(i) + 1);
        text += std::to_string(i) + "," + actions.entries[clip.actions[i]].name + (rare ? ",1\n" : ",0\n");
    }
    AtomicFile out(file);
    out.write(text.data(), text.size());
    out.commit();
}

}  // namespace drift
