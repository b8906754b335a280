#include "formats/checkpoint/checkpoint_file.h"

#include <algorithm>
#include <cctype>
#include <cstring>

#include "core/error.h"
#include "formats/checkpoint/old_checkpoint.h"

namespace drift {
namespace {

constexpr std::size_t longest_sniff = 128;

bool begins_like_html(std::string_view begin) {
    std::string text(begin.substr(std::min(begin.find_first_not_of(" \t\r\n"), begin.size())));
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text.starts_with("<!doctype") || text.starts_with("<html") || text.starts_with("<head");
}

}  // namespace

CheckpointFile::CheckpointFile(const std::filesystem::path& file) : path_(file), file_(file), size_(file_->size()) {
    open();
}

CheckpointFile::CheckpointFile(std::string_view bytes, const std::filesystem::path& name)
    : path_(name), memory_(bytes), size_(bytes.size()) {
    open();
}

void CheckpointFile::open() {
    if (size_ == 0) throw Error(path_, "expected a checkpoint of torch.save, found an empty file");
    std::string begin(std::min<std::uint64_t>(size_, longest_sniff), '\0');
    read_at(0, begin.data(), begin.size());
    if (begin.starts_with("PK")) open_zip();
    else if (is_old_checkpoint(begin)) open_old();
    else if (begin.starts_with("version https://git-lfs"))
        throw Error(path_,
                    "expected a checkpoint of torch.save, found a Git LFS pointer: the file itself was not downloaded "
                    "(git lfs pull fetches it)");
    else if (begins_like_html(begin))
        throw Error(path_, "expected a checkpoint of torch.save, found a web page: a download that failed");
    else throw Error(path_, "expected a checkpoint of torch.save, found another kind of file");
    check_sizes();
}

void CheckpointFile::open_zip() {
    if (file_) zip_.emplace(path_, size_);
    else zip_.emplace(memory_, path_);
    std::string order = "little";
    if (zip_->has("byteorder")) {
        order.assign(std::min<std::uint64_t>(zip_->size("byteorder"), longest_sniff + 1), '\0');
        if (order.size() <= longest_sniff) zip_->read("byteorder", order.data());
    }
    if (order != "little")
        throw Error(path_, "expected little-endian numbers, found the byte order " + shown_name(order));
    std::uint64_t bytes = zip_->size("data.pkl");
    if (bytes > longest_pickle)
        throw Error(path_, "its pickle takes " + std::to_string(bytes) + " bytes, expected at most " +
                               std::to_string(longest_pickle));
    std::string pickle(bytes, '\0');
    zip_->read("data.pkl", pickle.data());
    contents_ = read_tensor_pickle(pickle, path_);
}

void CheckpointFile::open_old() {
    std::string begin(std::min<std::uint64_t>(size_, old_checkpoint_begin), '\0');
    read_at(0, begin.data(), begin.size());
    OldCheckpoint old = read_old_checkpoint(begin, path_);
    contents_ = std::move(old.contents);
    begins_.resize(contents_.storages.size());
    std::uint64_t at = old.end;
    for (std::size_t storage : old.order) {
        const PickledStorage& found = contents_.storages[storage];
        std::uint64_t elements = 0, bytes = storage_bytes(storage);
        if (size_ - at < sizeof elements) throw Error(path_, "cut off: storage " + found.key + " is missing");
        read_at(at, &elements, sizeof elements);
        at += sizeof elements;
        if (elements != found.elements)
            throw Error(path_, "damaged: storage " + found.key + " has " + std::to_string(elements) +
                                   " elements, expected " + std::to_string(found.elements));
        if (size_ - at < bytes)
            throw Error(path_, "cut off: storage " + found.key + " takes " + std::to_string(bytes) + " bytes, but " +
                                   std::to_string(size_ - at) + " follow");
        begins_[storage] = at;
        at += bytes;
    }
    if (at != size_)
        throw Error(path_,
                    "expected the end behind the last storage, found " + std::to_string(size_ - at) + " bytes more");
}

void CheckpointFile::check_sizes() {
    if (!zip_) return;
    for (const PickledTensor& tensor : contents_.tensors) {
        const PickledStorage& storage = contents_.storages[tensor.storage];
        std::uint64_t expected = storage_bytes(tensor.storage), found = zip_->size("data/" + storage.key);
        if (found != expected)
            throw Error(path_, "expected " + std::to_string(expected) + " bytes in data/" + storage.key + ", which " +
                                   shown_name(tensor.name) + " uses, found " + std::to_string(found));
    }
}

std::uint64_t CheckpointFile::storage_bytes(std::size_t storage) const {
    return contents_.storages[storage].elements * element_size(contents_.storages[storage].type);
}

void CheckpointFile::read_storage(std::size_t storage, void* to) {
    const PickledStorage& found = contents_.storages[storage];
    if (zip_) zip_->read("data/" + found.key, to);
    else read_at(begins_[storage], to, storage_bytes(storage));
    auto* bytes = static_cast<const unsigned char*>(to);
    if (found.type == ElementType::boolean &&
        std::any_of(bytes, bytes + found.elements, [](unsigned char byte) { return byte > 1; }))
        throw Error(path_, "storage " + found.key + " holds a byte that is neither true nor false");
}

void CheckpointFile::read_at(std::uint64_t from, void* to, std::size_t bytes) {
    if (!file_) {
        std::memcpy(to, memory_.data() + from, bytes);
        return;
    }
    file_->seek(from);
    file_->read(to, bytes);
}

}  // namespace drift
