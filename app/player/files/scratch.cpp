#include "player/files/scratch.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "files/folders.h"

namespace drift {

namespace fs = std::filesystem;

Scratch::Scratch() {
    std::error_code error;
    auto data = data_folder();
    fs::path all = data ? *data / "scratch" : fs::temp_directory_path(error) / "driftscope-scratch";
    for (fs::directory_iterator at(all, error), end; !error && at != end; at.increment(error)) {
        int owner = std::atoi(at->path().filename().c_str());
        if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) fs::remove_all(at->path(), error);
    }
    folder_ = all / std::to_string(getpid());
}

Scratch::~Scratch() {
    std::error_code error;
    fs::remove_all(folder_, error);
    fs::remove(folder_.parent_path(), error);  // only where it is empty
}

}  // namespace drift
