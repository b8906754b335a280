#include "player/files/preset_files.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/files.h"
#include "files/folders.h"

namespace drift {
namespace fs = std::filesystem;
namespace {

constexpr const char* hex = "0123456789ABCDEF";
constexpr std::size_t most_presets = 500;

bool plain(unsigned char c) {
    return c >= 0x80 || std::isalnum(c) || c == ' ' || c == '-' || c == '_' || c == '.' || c == '+' || c == ',' ||
           c == '(' || c == ')';
}

fs::path file_of(const OwnPresets& own, const std::string& name) {
    if (!own.folder) throw Error("presets are not kept in this run: there is no folder of settings");
    return *own.folder / preset_file_name(name);
}

}  // namespace

std::optional<fs::path> preset_folder() {
    auto folder = config_folder();
    return folder ? std::optional(*folder / "presets") : std::nullopt;
}

std::string preset_file_name(const std::string& name) {
    std::string file;
    for (char c : name) {
        auto byte = static_cast<unsigned char>(c);
        if (plain(byte) && !(c == '.' && file.empty())) file += c;
        else file.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
    return file + ".toml";
}

std::string preset_name(const fs::path& file) {
    std::string stem = file.stem().string(), name;
    for (std::size_t i = 0; i < stem.size(); ++i) {
        auto digit = [&](std::size_t at) {
            return at < stem.size() ? std::string_view(hex).find(stem[at]) : std::string_view::npos;
        };
        if (stem[i] == '%' && digit(i + 1) < 16 && digit(i + 2) < 16) {
            name += static_cast<char>(digit(i + 1) * 16 + digit(i + 2));
            i += 2;
        } else {
            name += stem[i];
        }
    }
    return printable(name);
}

Preset read_preset(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Error(file, "the preset cannot be read");
    std::string text(32768, '\0');  // longer than any preset: what comes after it is not looked at
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    try {
        check_preset(text);
    } catch (const Error& error) {
        throw Error(file, error.what());
    }
    return {preset_name(file), "", text};
}

std::vector<Preset> read_presets(const std::optional<fs::path>& folder, std::vector<std::string>& notes) {
    std::vector<Preset> list;
    std::error_code error;
    if (!folder) return list;
    for (const fs::path& path : names_in(*folder)) {
        if (list.size() == most_presets) break;
        if (path.extension() != ".toml" || !fs::is_regular_file(path, error)) continue;
        try {
            list.push_back(read_preset(path));
        } catch (const Error& broken) {
            notes.push_back(broken.what());
        }
    }
    std::sort(list.begin(), list.end(), [](const Preset& a, const Preset& b) { return a.name < b.name; });
    return list;
}

void OwnPresets::save(const Preset& preset) {
    fs::path file = file_of(*this, preset.name);
    std::optional<Preset> before;
    std::vector<std::string> ignored;
    std::error_code error;
    if (fs::is_regular_file(file, error)) {
        try {
            before = read_preset(file);
        } catch (const Error&) {  // it was none: there is nothing to bring back
        }
    }
    write_file(file, preset.text);
    if (before && before->text != preset.text) gone = before;
    read(ignored);
}

void OwnPresets::remove(const std::string& name) {
    fs::path file = file_of(*this, name);
    const Preset* there = find_preset(list, name);
    std::optional<Preset> before = there ? std::optional(*there) : std::nullopt;
    std::error_code error;
    fs::remove(file, error);
    if (error) throw Error(file, "the preset cannot be deleted: " + error.message());
    std::vector<std::string> ignored;
    if (before) gone = before;
    read(ignored);
}

void OwnPresets::undo() {
    if (!gone) return;
    Preset back = *gone;
    gone.reset();
    save(back);  // what it overwrites is what the next undo brings back
}

}  // namespace drift
