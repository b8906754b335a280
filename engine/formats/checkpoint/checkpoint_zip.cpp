#include "formats/checkpoint/checkpoint_zip.h"

#include "core/error.h"

namespace drift {
namespace {

std::string top_folder(const ZipArchive& archive, const std::filesystem::path& file) {
    const std::string pickle = "/data.pkl";
    std::string top;
    for (const std::string& name : archive.names()) {
        if (!name.ends_with(pickle) || name.find('/') != name.size() - pickle.size()) continue;
        if (!top.empty()) throw Error(file, "expected one data.pkl in the archive, found two");
        top = name.substr(0, name.find('/') + 1);
    }
    if (top.empty()) throw Error(file, "expected a checkpoint of torch.save, found a zip archive without data.pkl");
    return top;
}

}  // namespace

CheckpointZip::CheckpointZip(const std::filesystem::path& file, std::uint64_t size)
    : archive_(file, size), top_(top_folder(archive_, file)) {}

CheckpointZip::CheckpointZip(std::string_view bytes, const std::filesystem::path& name)
    : archive_(bytes, name), top_(top_folder(archive_, name)) {}

}  // namespace drift
