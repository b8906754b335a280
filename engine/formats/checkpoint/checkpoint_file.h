// A checkpoint as torch.save writes it, taken apart without Torch: which tensors there are, and the bytes of their storages.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/files.h"
#include "formats/checkpoint/checkpoint_zip.h"
#include "formats/checkpoint/pickle.h"

namespace drift {

// The zip format, and the one of torch before 1.6: pickles one after another, then the storages. When this has been made, all that the file
// claims was found possible: storages are as long as their tensors need, and lie in the file. Every member throws Error naming the file.
class CheckpointFile {
public:
    explicit CheckpointFile(const std::filesystem::path& file);
    // A file in memory, which must outlive this; `name` stands in errors.
    CheckpointFile(std::string_view bytes, const std::filesystem::path& name);

    const PickledTensors& contents() const { return contents_; }
    std::uint64_t storage_bytes(std::size_t storage) const;
    void read_storage(std::size_t storage,
                      void* to);  // storage_bytes of them, little-endian elements; truth values are 0 or 1

private:
    void open();
    void open_zip();
    void open_old();
    void check_sizes();
    void read_at(std::uint64_t from, void* to, std::size_t bytes);

    std::filesystem::path path_;
    std::optional<InputFile> file_;  // or
    std::string_view memory_;
    std::uint64_t size_ = 0;
    std::optional<CheckpointZip> zip_;   // or, in the old format,
    std::vector<std::uint64_t> begins_;  // where each storage's elements lie
    PickledTensors contents_;
};

}  // namespace drift
