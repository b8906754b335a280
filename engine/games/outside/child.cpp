#include "games/outside/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <future>
#include <mutex>
#include <system_error>

#include "core/error.h"

namespace drift::outside {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t most_words = 2000;

void close_all(std::initializer_list<int> descriptors) {
    for (int descriptor : descriptors)
        if (descriptor >= 0) close(descriptor);
}

std::string why() { return std::generic_category().message(errno); }

// A pipe that no other program inherits.
std::array<int, 2> make_pipe() {
    std::array<int, 2> ends;
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw Error("expected a pipe, found: " + why());
    return ends;
}

std::atomic<Clock::time_point> patience_ends = Clock::time_point::max();

// False where the time is over.
bool wait_for(int descriptor, short what, Clock::time_point until) {
    constexpr std::int64_t slice = 100;  // ms: patience may end meanwhile
    for (;;) {
        const auto end = std::min(until, patience_ends.load());
        const auto left = std::chrono::duration_cast<Duration>(end - Clock::now()).count();
        pollfd one{descriptor, what, 0};
        int ready = poll(&one, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, slice)));
        if (ready > 0) return true;
        if (ready == 0 && left <= slice) return false;
        if (ready < 0 && errno != EINTR) throw Error("expected an open pipe, found: " + why());
    }
}

// A write into a pipe that nobody reads any more must be an error and not the end of this program.
class WithoutBrokenPipe {
public:
    WithoutBrokenPipe() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &set_, &before_);
    }
    ~WithoutBrokenPipe() {
        timespec none{};
        while (sigtimedwait(&set_, nullptr, &none) > 0) {}
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t set_, before_;
};

// In the new process, where only calls that are safe after a fork may be made.
[[noreturn]] void become(char* const* arguments, int in, int out, int complaints, int failure, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    setpgid(0, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_UNBLOCK, &all, nullptr);
    for (int number : {SIGPIPE, SIGINT, SIGTERM, SIGCHLD}) signal(number, SIG_DFL);
    dup2(in, 0), dup2(out, 1), dup2(complaints, 2);
    dup2(failure, 3);
    fcntl(3, F_SETFD, FD_CLOEXEC);
    close_range(4, ~0u, 0);
    execvp(arguments[0], arguments);
    int reason = errno;
    [[maybe_unused]] auto told = ::write(3, &reason, sizeof reason);
    _exit(127);
}

}  // namespace

void end_patience(Duration within) { patience_ends = Clock::now() + within; }

// The kernel ends a child when the *thread* that forked it ends (PR_SET_PDEATHSIG), so one of its own, that lives as long as this, does;
// and then listens to what the child complains of.
Child::Child(const std::vector<std::string>& command) {
    if (command.empty()) throw Error("expected a program to start, found none");
    auto wake = make_pipe();
    std::copy(wake.begin(), wake.end(), wake_);
    std::promise<void> started;
    auto begun = started.get_future();
    listener_ = std::jthread([this, &started, command](std::stop_token stop) {
        try {
            start(command);
            started.set_value();
        } catch (...) {
            started.set_exception(std::current_exception());
            return;
        }
        listen(stop);
    });
    try {
        begun.get();
    } catch (...) {
        listener_.join();
        close_all({wake_[0], wake_[1]});
        throw;
    }
}

Child::~Child() {
    if (process_ > 0) {
        kill(-process_, SIGKILL);
        kill(process_, SIGKILL);
    }
    listener_.request_stop();
    char word = 0;
    [[maybe_unused]] auto told = ::write(wake_[1], &word, 1);
    listener_.join();
    if (process_ > 0) waitpid(process_, nullptr, 0);
    close_all({to_, from_, complaints_, wake_[0], wake_[1]});
}

void Child::start(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    auto in = make_pipe(), out = make_pipe(), complaints = make_pipe(), failure = make_pipe();
    const pid_t parent = getpid();
    // Ends that lie where the child's own are to lie would be overwritten while they are put in place.
    for (auto* pipe : {&in, &out, &complaints, &failure})
        for (int& end : *pipe)
            if (end < 4) {
                int higher = fcntl(end, F_DUPFD_CLOEXEC, 4);
                close(end);
                end = higher;
            }
    process_ = fork();
    if (process_ == 0) become(arguments.data(), in[0], out[1], complaints[1], failure[1], parent);
    const std::string not_forked = process_ < 0 ? why() : "";
    close_all({in[0], out[1], complaints[1], failure[1]});
    to_ = in[1], from_ = out[0], complaints_ = complaints[0];
    int reason = 0;
    const bool failed =
        process_ > 0 && ::read(failure[0], &reason, sizeof reason) == static_cast<ssize_t>(sizeof reason);
    close(failure[0]);
    if (process_ < 0 || failed) {
        if (failed) waitpid(process_, nullptr, 0);
        process_ = -1;
        close_all({to_, from_, complaints_});
        throw Error(printable(command.front()) +
                    ": cannot be started: " + (failed ? std::generic_category().message(reason) : not_forked));
    }
    for (int descriptor : {to_, from_}) fcntl(descriptor, F_SETFL, O_NONBLOCK);
}

void Child::listen(std::stop_token stop) {
    std::array<char, 4096> heard;
    bool open = true;
    while (!stop.stop_requested()) {
        pollfd both[2] = {{wake_[0], POLLIN, 0}, {complaints_, POLLIN, 0}};
        if (poll(both, open ? 2 : 1, -1) < 0 && errno != EINTR) return;
        if (!open || !(both[1].revents & (POLLIN | POLLHUP))) continue;
        auto count = ::read(complaints_, heard.data(), heard.size());
        if (count <= 0) {
            open = false;
            continue;
        }
        std::lock_guard lock(mutex_);
        last_words_.append(heard.data(), static_cast<std::size_t>(count));
        if (last_words_.size() > most_words) last_words_.erase(0, last_words_.size() - most_words);
    }
}

void Child::write(std::span<const std::uint8_t> bytes, Duration within) {
    const auto until = Clock::now() + within;
    WithoutBrokenPipe quiet;
    while (!bytes.empty()) {
        auto count = ::write(to_, bytes.data(), bytes.size());
        if (count >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) {
            if (!wait_for(to_, POLLOUT, until))
                throw Error("it has not listened for " + std::to_string(within.count() / 1000) + " s");
        } else if (errno != EINTR) {
            ended();
        }
    }
}

void Child::read(std::span<std::uint8_t> bytes, Duration within) {
    const auto until = Clock::now() + within;
    while (!bytes.empty()) {
        auto count = ::read(from_, bytes.data(), bytes.size());
        if (count > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        } else if (count == 0) {
            ended();
        } else if (errno == EAGAIN) {
            if (!wait_for(from_, POLLIN, until))
                throw Error("it has not answered for " + std::to_string(within.count() / 1000) + " s");
        } else if (errno != EINTR) {
            ended();
        }
    }
}

bool Child::runs() const {
    siginfo_t end{};
    return waitid(P_PID, static_cast<id_t>(process_), &end, WEXITED | WNOHANG | WNOWAIT) == 0 && end.si_pid != process_;
}

// Says how, as far as that is known.
void Child::ended() {
    std::string how = "it closed its output";
    for (int i = 0; i < 50; ++i) {  // it may be a moment between its pipes and itself
        siginfo_t end{};
        if (waitid(P_PID, static_cast<id_t>(process_), &end, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            end.si_pid == process_) {
            how = end.si_code == CLD_EXITED
                      ? "it ended with exit code " + std::to_string(end.si_status)
                      : std::string("it was ended by a signal (") + strsignal(end.si_status) + ")";
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    std::lock_guard lock(mutex_);
    std::string words = last_words_;
    while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.pop_back();
    if (auto line = words.rfind('\n'); line != words.npos) words.erase(0, line + 1);
    throw Error(how + (words.empty() ? "" : ": " + printable(words)));
}

}  // namespace drift::outside
