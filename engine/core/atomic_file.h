// Files that are there whole or not at all: written beside their place under another name, made durable, then moved there in one step.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace drift {

// A name in the same folder that nobody else has, short whatever the length of the final one.
std::filesystem::path name_beside(const std::filesystem::path& path);

// For what others write, libraries that want a name: they write part(), then complete() makes it durable and moves it into place, so that a
// reader sees the old file or the new one, and a full disk or a kill leaves the old one. Without complete() nothing stays.
class Unfinished {
public:
    explicit Unfinished(std::filesystem::path path) : path_(std::move(path)), part_(name_beside(path_)) {}
    ~Unfinished();
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;

    const std::filesystem::path& part() const { return part_; }
    void complete();  // throws Error that names the file

private:
    std::filesystem::path path_, part_;
    bool done_ = false;
};

// The same for bytes. commit() moves it into place; without it nothing stays. Throws Error that names the file.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(const void* from, std::size_t bytes);
    void write(std::string_view text) { write(text.data(), text.size()); }
    void commit();

private:
    std::filesystem::path path_;
    Unfinished unfinished_;
    int descriptor_ = -1;
};

// The folder with those above it, where it is missing. Throws Error that names it.
void make_folder(const std::filesystem::path& folder);
// A file of that text, and its folder where it is missing. Throws Error that names the file.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace drift
