// What commands that run for long share: a line that says how it goes, and Ctrl+C as a wish to stop.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace drift {

// On stderr: redrawn each second on a terminal, a line a minute elsewhere.
class StatusLine {
public:
    std::optional<double> due() const;  // seconds since the last one, where it is time for another
    void show(const std::string& line);
    void end() const;  // what follows begins a line of its own

private:
    using Clock = std::chrono::steady_clock;
    bool terminal_ = on_a_terminal();
    Clock::time_point shown_ = Clock::now();
    static bool on_a_terminal();
};

std::string clock_text(double seconds);  // "1:02:03"
std::string bar_text(double part);       // "[=====---------------]  25 %"

// From now on SIGINT (Ctrl+C), SIGTERM (a cluster's notice) and SIGHUP (a terminal that is closed) only set interrupted().
void catch_interrupts();
bool interrupted();

}  // namespace drift
