#include "player/child.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "core/error.h"
#include "files/folders.h"

namespace drift {
namespace {

constexpr std::size_t most_lines = 1000;
constexpr winsize wide{24, 250, 0, 0};  // nothing it says is broken
constexpr auto patience = std::chrono::milliseconds(500);

// What a terminal does with a line: the part behind the last carriage return, without the sequences that erase and colour.
std::string shown(const std::string& said) {
    std::string line;
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (said[i] == '\r') {
            line.clear();
        } else if (said[i] == '\033') {
            while (++i < said.size() &&
                   (std::strchr("[;?", said[i]) != nullptr || (said[i] >= '0' && said[i] <= '9'))) {}
        } else if (static_cast<unsigned char>(said[i]) >= ' ') {
            line += said[i];
        }
    }
    return line;
}

}  // namespace

Child::Child(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
    arguments.push_back(nullptr);
    terminal_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    char name[64];
    if (terminal_ < 0 || ::grantpt(terminal_) != 0 || ::unlockpt(terminal_) != 0 ||
        ::ptsname_r(terminal_, name, sizeof name) != 0)
        throw Error(command.front() + " cannot be started: " + std::strerror(errno));
    ::ioctl(terminal_, TIOCSWINSZ, &wide);
    process_ = ::fork();
    if (process_ < 0) {
        const int failure = errno;
        ::close(terminal_);
        throw Error(command.front() + " cannot be started: " + std::strerror(failure));
    }
    if (process_ == 0) {  // only what is safe beside other threads
        ::setsid();
        const int its = ::open(name, O_RDWR);
        for (int to : {0, 1, 2}) ::dup2(its, to);
        ::close_range(3, ~0u, 0);
        ::execv(arguments.front(), arguments.data());
        ::_exit(127);
    }
}

// What it has to save may take longer than anybody waits: it was asked to end, and is told by its terminal that nobody looks on any more.
Child::~Child() {
    interrupt();
    const auto until = std::chrono::steady_clock::now() + patience;
    while (runs() && std::chrono::steady_clock::now() < until) {
        listen();
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ::close(terminal_);
}

void Child::interrupt() {
    if (runs()) ::kill(process_, SIGINT);
}

bool Child::listen() {
    if (!runs()) return false;
    int state = 0;
    const bool ended = ::waitpid(process_, &state, WNOHANG) == process_;  // what it said last is there already
    bool said = false;
    char text[4096];
    for (ssize_t size = 0; (size = ::read(terminal_, text, sizeof text)) > 0; said = true)
        take(text, static_cast<std::size_t>(size));
    if (!ended) return said;
    code_ = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    if (code_ == 127 && lines_.empty()) line_ = "The program is missing or cannot be started";
    return true;
}

void Child::take(const char* text, std::size_t size) {
    for (const char* end = text + size; text < end; ++text) {
        open_ += *text;
        if (*text != '\n') continue;
        open_.erase(open_.find_last_not_of("\r\n") + 1);
        if (std::string line = shown(open_); !line.empty()) {
            line_ = line;
            if (lines_.size() < most_lines) lines_.push_back(std::move(line));
        }
        open_.clear();
    }
    if (open_.size() > 65536) open_.clear();
    if (std::string line = shown(open_); !line.empty()) line_ = std::move(line);
}

std::string driftlab_beside() {
    const auto lab = program_beside("driftlab");
    if (::access(lab.c_str(), X_OK) != 0)
        throw Error(lab, "expected driftlab beside this program, which captures and trains, found none");
    return lab.string();
}

}  // namespace drift
