// HDF5 files in, read strictly because they come from strangers: plain arrays in groups, each in the file itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace drift {

// An array as the file describes it; nothing of it has been read yet.
struct Hdf5Array {
    // u8: bytes. whole: other whole numbers and truth values. real: floats. bytes: of each element a run of bytes, of any length. other: the rest.
    enum class Kind { u8, whole, real, bytes, other };
    Kind kind = Kind::other;
    std::vector<std::uint64_t> shape;
};

// Only what is in the file is ever opened: links to other files, data that lies in other files and compression that would load a plug-in are
// refused. Every member throws Error naming the file. Not to be used from two threads at once, not even two files.
class Hdf5File {
public:
    explicit Hdf5File(const std::filesystem::path& file);
    // A file in memory; `name` stands in errors.
    Hdf5File(const std::string& bytes, const std::filesystem::path& name);
    ~Hdf5File();
    Hdf5File(const Hdf5File&) = delete;
    Hdf5File& operator=(const Hdf5File&) = delete;

    static bool begins_as_one(const std::string& begin);  // of the file's first 8 bytes

    // What is in a group ("/" is the file's own), by name, sorted; more than `most` are refused.
    std::vector<std::string> names(const std::string& group, std::size_t most) const;
    bool is_group(const std::string& path) const;  // false where there is nothing of that name
    bool is_array(const std::string& path) const;

    Hdf5Array array(const std::string& path) const;
    // A whole array of numbers, at most so many.
    std::vector<double> numbers(const std::string& path, std::size_t most) const;
    // Of an array of u8 the elements of `count` places of its first axis, from `first` on.
    void read_bytes(const std::string& path, std::uint64_t first, std::uint64_t count, std::uint8_t* to) const;
    // Of an array of bytes one element of its only axis, at most `most` long.
    std::string run_of_bytes(const std::string& path, std::uint64_t at, std::size_t most) const;

private:
    struct Open;
    std::filesystem::path path_;
    std::unique_ptr<Open> open_;
};

}  // namespace drift
