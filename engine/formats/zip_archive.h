// Zip archives, opened strictly because they come from strangers: what the directory claims is held against the file before anything is believed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct zip;
struct zip_file;

namespace drift {

// Entries are stored or deflated, their checksums are checked; nothing is ever unpacked to a place by their names. Every member throws Error naming
// the file.
class ZipArchive {
public:
    ZipArchive(const std::filesystem::path& file, std::uint64_t size);  // the file's
    // An archive in memory, which must outlive this; `name` stands in errors.
    ZipArchive(std::string_view bytes, const std::filesystem::path& name);

    const std::vector<std::string>& names() const { return names_; }  // as they lie in the archive
    bool has(const std::string& entry) const;
    std::uint64_t size(
        const std::string& entry) const;  // when inflated; what is claimed here is possible in a file of this size
    void read(const std::string& entry, void* to);  // all of it

    // An entry from its beginning on, in pieces; the archive must outlive it.
    class Entry {
    public:
        void read(void* to, std::uint64_t bytes);  // the next ones, all of them
        std::uint64_t left() const { return left_; }

    private:
        friend class ZipArchive;
        struct Closer {
            void operator()(zip_file* entry) const;
        };
        std::filesystem::path path_;
        std::string name_;
        std::unique_ptr<zip_file, Closer> source_;
        std::uint64_t left_ = 0;
    };
    Entry open(const std::string& entry);

private:
    struct Closer {
        void operator()(zip* archive) const;
    };

    void check(std::uint64_t file_size);
    void check_entry(std::uint64_t index, std::uint64_t file_size, std::uint64_t& packed) const;
    std::int64_t find(const std::string& entry) const;  // -1 where there is none
    std::uint64_t found(const std::string& entry) const;

    std::filesystem::path path_;
    std::unique_ptr<zip, Closer> archive_;
    std::vector<std::string> names_;
};

}  // namespace drift
