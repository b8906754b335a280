// The zip archive that torch.save writes: one folder that holds data.pkl and the storages.
#pragma once

#include "formats/zip_archive.h"

namespace drift {

class CheckpointZip {
public:
    // See ZipArchive. Throws Error where there is no data.pkl, too, or more than one.
    CheckpointZip(const std::filesystem::path& file, std::uint64_t size);
    CheckpointZip(std::string_view bytes, const std::filesystem::path& name);

    // Entries are named below the archive's one top folder, whatever that is called: "data.pkl".
    bool has(const std::string& entry) const { return archive_.has(top_ + entry); }
    std::uint64_t size(const std::string& entry) const { return archive_.size(top_ + entry); }
    void read(const std::string& entry, void* to) { archive_.read(top_ + entry, to); }

private:
    ZipArchive archive_;
    std::string top_;  // with its slash
};

}  // namespace drift
