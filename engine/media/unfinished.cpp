#include "media/unfinished.h"

#include <unistd.h>

#include <atomic>
#include <string>
#include <system_error>

#include "core/error.h"

namespace drift {

namespace fs = std::filesystem;

fs::path name_beside(const fs::path& path) {
    static std::atomic<unsigned> count = 0;
    return path.parent_path() / (".driftscope-" + std::to_string(getpid()) + "-" + std::to_string(count++) + ".part");
}

Unfinished::~Unfinished() {
    std::error_code ignored;
    if (!done_) fs::remove(part_, ignored);
}

void Unfinished::complete() {
    std::error_code error;
    fs::rename(part_, path_, error);
    if (error) throw Error(path_, "cannot be written (" + error.message() + ")");
    done_ = true;
}

}  // namespace drift
