#include "lab/long_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace drift {
namespace {

volatile std::sig_atomic_t asked_to_stop = 0;

}  // namespace

bool StatusLine::on_a_terminal() { return isatty(2); }

std::optional<double> StatusLine::due() const {
    double since = std::chrono::duration<double>(Clock::now() - shown_).count();
    if (since < (terminal_ ? 1.0 : 60.0)) return std::nullopt;
    return since;
}

void StatusLine::show(const std::string& line) {
    std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
    std::fflush(stderr);
    shown_ = Clock::now();
}

void StatusLine::end() const {
    if (terminal_) std::fputc('\n', stderr);
}

std::string clock_text(double seconds) {
    auto s = static_cast<long>(seconds);
    return fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

std::string bar_text(double part) {
    int filled = static_cast<int>(part * 20);
    return fmt::format("[{:=>{}}{:->{}}] {:3.0f} %", "", filled, "", 20 - filled, part * 100);
}

void catch_interrupts() {
    auto stop = [](int) { asked_to_stop = 1; };
    std::signal(SIGINT, stop), std::signal(SIGTERM, stop);
    // The terminal is gone: what is still said goes nowhere, and what was done is saved. Under nohup it goes on.
    if (struct sigaction now{}; sigaction(SIGHUP, nullptr, &now) == 0 && now.sa_handler != SIG_IGN)
        std::signal(SIGHUP, [](int) {
            asked_to_stop = 1;
            const int nowhere = open("/dev/null", O_WRONLY);
            for (int said : {1, 2}) dup2(nowhere, said);
        });
}

bool interrupted() { return asked_to_stop != 0; }

}  // namespace drift
