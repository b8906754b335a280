// Files that are read with every failure named. atomic_file.h writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace drift {

// A file that is open for reading. Throws Error naming the file where it is missing, no plain file, or ends early.
class InputFile {
public:
    explicit InputFile(std::filesystem::path path);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    std::uint64_t size() const { return size_; }  // when it was opened
    void read(void* to, std::size_t bytes);       // the next bytes, all of them
    void seek(std::uint64_t to);                  // where the next ones lie, counted from the beginning

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

// What lies in a folder, sorted, at most so many. Never throws for the folder: what cannot be read is passed over.
std::vector<std::filesystem::path> names_in(const std::filesystem::path& folder, std::size_t most = 100'000);

}  // namespace drift
