#include "core/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <random>
#include <string>
#include <system_error>

#include "core/error.h"

namespace drift {
namespace {

// The kernel takes at most 2 GiB a call.
constexpr std::size_t piece = std::size_t{1} << 30;

[[noreturn]] void fail(const std::filesystem::path& path, const char* what, int error) {
    throw Error(path, std::string(what) + " (" + std::generic_category().message(error) + ")");
}

// A new name lives in its folder: without this a power loss could bring the old file back. Some file systems refuse; that is fine.
void sync_folder(const std::filesystem::path& path) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;
    ::fsync(directory);
    ::close(directory);
}

}  // namespace

std::filesystem::path name_beside(const std::filesystem::path& path) {
    // Not the destination's name with a suffix: that would be too long where the destination has the full 255 bytes.
    static std::atomic<unsigned> count = 0;
    static const unsigned chance =
        std::random_device{}();  // processes of equal number on several machines may write to one shared folder
    return path.parent_path() / (".drift-" + std::to_string(::getpid()) + "-" + std::to_string(chance) + "-" +
                                 std::to_string(count++) + ".part");
}

Unfinished::~Unfinished() {
    if (!done_) ::unlink(part_.c_str());
}

void Unfinished::complete() {
    int written = ::open(part_.c_str(), O_RDONLY | O_CLOEXEC);
    if (written < 0) fail(path_, "cannot be written", errno);
    const int failure = ::fsync(written) != 0 ? errno : 0;
    ::close(written);
    if (failure != 0) fail(path_, "cannot be written", failure);
    if (::rename(part_.c_str(), path_.c_str()) != 0) fail(path_, "cannot be written", errno);
    done_ = true;
    sync_folder(path_);
}

AtomicFile::AtomicFile(std::filesystem::path path) : path_(std::move(path)), unfinished_(path_) {
    descriptor_ = ::open(unfinished_.part().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail(path_, "cannot be written", errno);
}

AtomicFile::~AtomicFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void AtomicFile::write(const void* from, std::size_t bytes) {
    auto* at = static_cast<const char*>(from);
    while (bytes > 0) {
        ssize_t put = ::write(descriptor_, at, std::min(bytes, piece));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail(path_, "cannot be written", errno);
        at += put;
        bytes -= static_cast<std::size_t>(put);
    }
}

void AtomicFile::commit() {
    const int failure =
        ::close(descriptor_) != 0 ? errno : 0;  // a network's file system may say only now that it is full
    descriptor_ = -1;
    if (failure != 0) fail(path_, "cannot be written", failure);
    unfinished_.complete();
}

void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) fail(folder, "cannot be made", error.value());
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
    std::error_code error;
    if (path.has_parent_path())
        std::filesystem::create_directories(path.parent_path(), error);  // where that fails, opening says so
    AtomicFile file(path);
    file.write(bytes);
    file.commit();
}

}  // namespace drift
