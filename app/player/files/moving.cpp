#include "player/files/moving.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/error.h"
#include "core/names.h"

namespace drift {

namespace fs = std::filesystem;

void move_to_free(const fs::path& from, const fs::path& to) {
    int code = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0 ? 0 : errno;
    if (code == EINVAL || code == ENOSYS) {  // a file system without that: looked at, then moved
        struct stat found {};
        code = ::lstat(to.c_str(), &found) == 0 ? EEXIST : ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
    }
    if (code == EEXIST) throw Error(to, "already exists; it stays as it is");
    if (code != 0) throw Error(from, "cannot be moved to " + printable(to.string()) + " (" + std::strerror(code) + ")");
}

void move_all(const Moves& moves) {
    for (std::size_t done = 0; done < moves.size(); ++done) try {
            move_to_free(moves[done].first, moves[done].second);
        } catch (const Error&) {
            for (std::size_t i = done; i-- > 0;)
                if (::rename(moves[i].second.c_str(), moves[i].first.c_str()) != 0) break;
            throw;
        }
}

Moves backwards(const Moves& moves) {
    Moves back;
    for (auto it = moves.rbegin(); it != moves.rend(); ++it) back.emplace_back(it->second, it->first);
    return back;
}

bool is_being_written(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return false;
    const bool locked = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return locked;
}

Moves renamed(const std::vector<fs::path>& files, const std::string& name) {
    constexpr std::size_t longest = 255;  // bytes, of most file systems
    auto refuse = [&](const std::string& why) { throw Error("The name \"" + printable(name) + "\" " + why); };
    if (name.find_first_not_of(" .") == name.npos) refuse("is empty");
    if (name.find('/') != name.npos) refuse("has a slash, which parts folders");
    if (is_clutter(name)) refuse("would hide the file");
    if (printable(name) != name) refuse("has characters that cannot be shown");
    Moves moves;
    for (const fs::path& file : files) {
        const std::string whole = name + (fs::is_directory(file) ? "" : file.extension().string());
        if (whole.size() > longest) refuse("is too long for a file");
        moves.emplace_back(file, file.parent_path() / whole);
    }
    return moves;
}

}  // namespace drift
