#include "core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"

namespace drift {
namespace {

std::string cause_of(int error) { return std::generic_category().message(error); }

// The kernel takes at most 2 GiB a call.
constexpr std::size_t piece = std::size_t{1} << 30;

}  // namespace

InputFile::InputFile(std::filesystem::path path) : path_(std::move(path)) {
    // Non-blocking, or opening a named pipe would wait for its writer for ever.
    descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor_ < 0) throw Error(path_, "cannot be opened: " + cause_of(errno));
    struct stat facts {};
    int failed = ::fstat(descriptor_, &facts) != 0 ? errno : 0;
    if (failed != 0 || !S_ISREG(facts.st_mode)) {
        ::close(descriptor_);
        throw Error(
            path_, failed != 0 ? "cannot be read: " + cause_of(failed) : "expected a file, found a folder or a device");
    }
    size_ = static_cast<std::uint64_t>(facts.st_size);
}

InputFile::~InputFile() { ::close(descriptor_); }

void InputFile::read(void* to, std::size_t bytes) {
    auto* at = static_cast<char*>(to);
    while (bytes > 0) {
        ssize_t got = ::read(descriptor_, at, std::min(bytes, piece));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Error(path_, "cannot be read: " + cause_of(errno));
        if (got == 0) throw Error(path_, "ends " + std::to_string(bytes) + " bytes early");
        at += got;
        bytes -= static_cast<std::size_t>(got);
    }
}

void InputFile::seek(std::uint64_t to) {
    if (::lseek(descriptor_, static_cast<off_t>(to), SEEK_SET) < 0)
        throw Error(path_, "cannot be read: " + cause_of(errno));
}

std::vector<std::filesystem::path> names_in(const std::filesystem::path& folder, std::size_t most) {
    std::vector<std::filesystem::path> names;
    std::error_code error;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end && names.size() < most;
         at.increment(error))
        names.push_back(at->path());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace drift
