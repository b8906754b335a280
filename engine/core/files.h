// Files as the model room needs them: read with every failure named, written whole or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

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

// Written beside its destination under another name; commit() makes it durable and moves it into place in one step, so that a reader
// sees the old file or the new one and a full disk or a kill leaves the old one. Without commit() nothing stays.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(const void* from, std::size_t bytes);
    void commit();

private:
    [[noreturn]] void fail(const char* what) const;

    std::filesystem::path path_;
    std::filesystem::path temporary_;
    int descriptor_ = -1;
};

}  // namespace drift
