#include "player/files/trash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <optional>
#include <string>

#include "core/error.h"
#include "files/folders.h"
#include "player/files/moving.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

std::optional<dev_t> device_of(const fs::path& path) {
    struct stat found {};
    return ::lstat(path.c_str(), &found) == 0 ? std::optional(found.st_dev) : std::nullopt;
}

// A folder of this user's alone; nullptr, or why it cannot be one.
const char* own_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return std::strerror(errno);
    struct stat found {};
    if (::lstat(folder.c_str(), &found) != 0) return std::strerror(errno);
    if (!S_ISDIR(found.st_mode)) return "it is no folder";
    return found.st_uid == ::getuid() ? nullptr : "it is another user's";
}

struct Trash {
    fs::path folder, top;  // top: paths are told from there; empty: from the root
};

// As far up as the file system goes.
fs::path top_of(const fs::path& file, dev_t device) {
    fs::path top = file.parent_path();
    while (top.has_relative_path() && device_of(top.parent_path()) == device) top = top.parent_path();
    return top;
}

Trash trash_for(const fs::path& file) {
    const auto device = device_of(file);
    if (!device) throw Error(file, "is gone already");
    std::error_code error;
    const auto data = usual_data_folder();  // the desktop knows no other
    const fs::path home = data ? data->parent_path() / "Trash" : fs::path();
    if (!home.empty()) {
        fs::create_directories(home.parent_path(), error);
        const char* why = own_folder(home);
        if (device_of(home) == device) {
            if (why) throw Error(home, std::string("is no trash to move anything to (") + why + ")");
            return {home, {}};
        }
    }
    const fs::path top = top_of(file, *device), shared = top / ".Trash";
    const std::string user = std::to_string(::getuid());
    struct stat found {};
    const bool fit = ::lstat(shared.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && (found.st_mode & S_ISVTX);
    if (fit && !own_folder(shared / user)) return {shared / user, top};
    const fs::path own = top / (".Trash-" + user);
    if (const char* why = own_folder(own))
        throw Error(file, "stays where it is: its disk has no trash, and none can be made at " +
                              printable(own.string()) + " (" + why + ")");
    return {own, top};
}

std::string now_text() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &local);
    return text;
}

// The info comes first, under a name that nobody has: so two programs never take the same one.
fs::path claimed(const Trash& trash, const fs::path& file) {
    const std::string where = trash.top.empty() ? file.string() : file.lexically_relative(trash.top).string(),
                      text = "[Trash Info]\nPath=" + escaped_path(where) + "\nDeletionDate=" + now_text() + "\n";
    for (int number = 1;; ++number) {
        const std::string name = number == 1
                                     ? file.filename().string()
                                     : file.stem().string() + " " + std::to_string(number) + file.extension().string();
        const fs::path info = trash.folder / "info" / (name + ".trashinfo");
        const int descriptor = ::open(info.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor < 0) throw Error(info, std::string("cannot be written (") + std::strerror(errno) + ")");
        const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
        const int code = errno;
        ::close(descriptor);
        struct stat found {};
        const fs::path place = trash.folder / "files" / name;
        if (written && ::lstat(place.c_str(), &found) != 0) return place;
        ::unlink(info.c_str());
        if (!written) throw Error(info, std::string("cannot be written (") + std::strerror(code) + ")");
    }
}

fs::path info_of(const fs::path& place) {
    return place.parent_path().parent_path() / "info" / (place.filename().string() + ".trashinfo");
}

}  // namespace

std::string escaped_path(const std::string& path) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string text;
    for (unsigned char c : path) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::strchr("/-_.~", c);
        if (plain && c) text += static_cast<char>(c);
        else text += {'%', digits[c >> 4], digits[c & 15]};
    }
    return text;
}

Trashed to_trash(const fs::path& path) {
    std::error_code error;
    const fs::path given = fs::absolute(path, error), whole = given.has_filename() ? given : given.parent_path();
    // Through links: which disk it is on, and where that begins, is told by its true path.
    const fs::path folder = fs::canonical(whole.parent_path(), error);
    if (error) throw Error(path, "cannot be moved to the trash (" + error.message() + ")");
    const fs::path file = folder / whole.filename();
    const Trash trash = trash_for(file);
    for (const char* part : {"files", "info"})
        if (const char* why = own_folder(trash.folder / part))
            throw Error(trash.folder / part, std::string("is no trash to move anything to (") + why + ")");
    const fs::path place = claimed(trash, file);
    try {
        move_to_free(file, place);
    } catch (const Error&) {
        ::unlink(info_of(place).c_str());
        throw;
    }
    return {file, place, info_of(place)};
}

std::vector<Trashed> to_trash(const std::vector<fs::path>& files) {
    std::vector<Trashed> thrown;
    try {
        for (const fs::path& file : files) thrown.push_back(to_trash(file));
    } catch (const Error&) {
        out_of_trash(thrown);
        throw;
    }
    return thrown;
}

void out_of_trash(const std::vector<Trashed>& thrown) {
    Moves moves;
    for (const Trashed& each : thrown) moves.emplace_back(each.file, each.from);
    move_all(moves);
    for (const Trashed& each : thrown) ::unlink(each.info.c_str());
}

}  // namespace drift
