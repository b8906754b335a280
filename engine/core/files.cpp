#include "core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <random>
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
        throw Error(path_, failed != 0 ? "cannot be read: " + cause_of(failed) : "expected a file, found a folder or a device");
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
    if (::lseek(descriptor_, static_cast<off_t>(to), SEEK_SET) < 0) throw Error(path_, "cannot be read: " + cause_of(errno));
}

AtomicFile::AtomicFile(std::filesystem::path path) : path_(std::move(path)) {
    // A name of its own, not the destination's with a suffix: that would be too long where the destination has the full 255 bytes.
    static std::atomic<unsigned> count = 0;
    static const unsigned chance = std::random_device{}();  // processes of equal number on several machines may write to one shared folder
    temporary_ = path_;
    temporary_.replace_filename(".drift-" + std::to_string(::getpid()) + "-" + std::to_string(chance) + "-" + std::to_string(count++) + ".tmp");
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail("cannot be written");
}

AtomicFile::~AtomicFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

void AtomicFile::fail(const char* what) const { throw Error(path_, std::string(what) + ": " + cause_of(errno)); }

void AtomicFile::write(const void* from, std::size_t bytes) {
    auto* at = static_cast<const char*>(from);
    while (bytes > 0) {
        ssize_t put = ::write(descriptor_, at, std::min(bytes, piece));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail("cannot be written");
        at += put;
        bytes -= static_cast<std::size_t>(put);
    }
}

void AtomicFile::commit() {
    if (::fsync(descriptor_) != 0) fail("cannot be written");
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("cannot be replaced");
    ::close(descriptor_);
    descriptor_ = -1;
    // The new name lives in the folder: without this a power loss could bring the old file back. Some file systems refuse; that is fine.
    std::filesystem::path folder = path_.has_parent_path() ? path_.parent_path() : std::filesystem::path(".");
    int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
}

}  // namespace drift
