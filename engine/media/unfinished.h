// A file that is written beside its place under another name, and gets its own when it is complete.
#pragma once

#include <filesystem>

namespace drift {

// A name in the same folder that nobody else has, short whatever the length of the final one.
std::filesystem::path name_beside(const std::filesystem::path& path);

class Unfinished {
public:
    explicit Unfinished(const std::filesystem::path& path) : path_(path), part_(name_beside(path)) {}
    ~Unfinished();  // removes what is not complete
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    const std::filesystem::path& part() const { return part_; }
    void complete();  // throws Error

private:
    std::filesystem::path path_, part_;
    bool done_ = false;
};

}  // namespace drift
