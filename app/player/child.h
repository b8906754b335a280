// A program of ours that works beside the player on a terminal of its own, so that it says how it goes as it would to a person; ended with the player.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace drift {

class Child {
public:
    // The program's path and its arguments, without a shell. Throws Error where it cannot be started.
    explicit Child(const std::vector<std::string>& command);
    ~Child();  // asks it to end, as Ctrl+C and a terminal that is closed do
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void interrupt();  // as Ctrl+C would
    // Reads what it has said since. True: there was something, or it has ended.
    bool listen();
    bool runs() const { return !code_; }
    std::optional<int> code() const { return code_; }  // its exit code, once it has ended; 128 and more: by a signal
    const std::string& line() const { return line_; }  // the last that it said
    const std::vector<std::string>& lines() const {
        return lines_;
    }  // all whole ones, without those that it wrote over

private:
    void take(const char* text, std::size_t size);

    pid_t process_ = -1;
    int terminal_ = -1;
    std::optional<int> code_;
    std::string open_, line_;  // being said; said
    std::vector<std::string> lines_;
};

// driftlab, which lies beside this program. Throws Error where it does not.
std::string driftlab_beside();

}  // namespace drift
