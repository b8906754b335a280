// The zip archive that torch.save writes, opened strictly: what its directory claims is held against the file before anything is believed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct zip;

namespace drift {

// Entries are stored or deflated, their checksums are checked. Every member throws Error naming the file.
class CheckpointZip {
public:
    CheckpointZip(const std::filesystem::path& file, std::uint64_t size);  // the file's
    // An archive in memory, which must outlive this; `name` stands in errors.
    CheckpointZip(std::string_view bytes, const std::filesystem::path& name);

    // Entries are named below the archive's one top folder, whatever that is called: "data.pkl".
    bool has(const std::string& entry) const;
    std::uint64_t size(
        const std::string& entry) const;  // when inflated; what is claimed here is possible in a file of this size
    void read(const std::string& entry, void* to);  // all of it

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
    std::string top_;  // with its slash
};

}  // namespace drift
