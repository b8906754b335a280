// A program that runs beside this one and is talked to over pipes: given no file of ours but these, and ended with us.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace drift::outside {

using Duration = std::chrono::milliseconds;

// This program is about to end: from then on no child is waited for, whatever it was given. For good.
void end_patience(Duration within);

class Child {
public:
    // The program and its arguments; it is looked for along PATH. Throws Error where it cannot be started.
    explicit Child(const std::vector<std::string>& command);
    ~Child();  // ends it, and whatever it started
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // All of the bytes, within that time. Throw Error where it takes longer, or the program has ended.
    void write(std::span<const std::uint8_t> bytes, Duration within);
    void read(std::span<std::uint8_t> bytes, Duration within);

    pid_t process() const { return process_; }
    bool runs() const;

private:
    void start(const std::vector<std::string>& command);
    void listen(std::stop_token stop);
    [[noreturn]] void ended();

    pid_t process_ = -1;
    int to_ = -1, from_ = -1, complaints_ = -1, wake_[2] = {-1, -1};
    std::mutex mutex_;
    std::string last_words_;  // of its standard error
    std::jthread listener_;   // last: uses all of these
};

}  // namespace drift::outside
