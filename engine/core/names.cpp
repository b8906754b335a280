#include "core/names.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <system_error>

namespace drift {

namespace fs = std::filesystem;

namespace {

bool ends_as(const fs::path& file, std::initializer_list<std::string_view> endings) {
    const std::string ending = ending_of(file);
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

}  // namespace

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string ending_of(const fs::path& file) { return lower_case(file.extension().string()); }

bool names_picture(const fs::path& file) {
    return ends_as(file, {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".dib", ".gif", ".tif", ".tiff",
                          ".qoi", ".ppm", ".pgm", ".pbm", ".pnm"});
}

bool names_weights(const fs::path& file) { return ends_as(file, {".pt", ".pth", ".ckpt", ".bin", ".safetensors"}); }

bool is_clutter(const fs::path& path) {
    static const char* const left_behind[] = {"__macosx",
                                              "thumbs.db",
                                              "ehthumbs.db",
                                              "ehthumbs_vista.db",
                                              "desktop.ini",
                                              "$recycle.bin",
                                              "system volume information",
                                              "lost+found",
                                              "@eadir",
                                              "#recycle",
                                              "#snapshot",
                                              "recycler",
                                              "icon\r"};
    const std::string name = lower_case(path.filename().string());
    if (name.starts_with('.') || name.starts_with("~$") || name.ends_with('~') || name.ends_with(".tmp") ||
        name.ends_with(".bak"))
        return true;
    return std::find(std::begin(left_behind), std::end(left_behind), name) != std::end(left_behind);
}

fs::path find_entry(const fs::path& folder, const std::string& name) {
    std::error_code error;
    if (fs::exists(folder / name, error)) return folder / name;
    const std::string wanted = lower_case(name);
    fs::path found;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (lower_case(at->path().filename().string()) == wanted && (found.empty() || at->path() < found))
            found = at->path();
    return found;
}

}  // namespace drift
