#include "model/checkpoint/safetensors.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/files.h"

namespace drift {
namespace {

static_assert(std::endian::native == std::endian::little,
              "the format is little-endian, and elements are copied as they lie");

constexpr std::uint64_t longest_header = 16u << 20;  // the largest published models need 2 MB

struct NamedType {
    const char* name;
    c10::ScalarType type;
};
constexpr NamedType types[] = {
    {"F64", at::kDouble}, {"F32", at::kFloat}, {"F16", at::kHalf}, {"BF16", at::kBFloat16}, {"I64", at::kLong},
    {"I32", at::kInt},    {"I16", at::kShort}, {"I8", at::kChar},  {"U8", at::kByte},       {"BOOL", at::kBool},
};

// Bytes of the elements; nullopt where that is beyond what 63 bits count. Zero extents count as one, because strides multiply the rest.
std::optional<std::uint64_t> byte_size(const TensorInfo& info) {
    std::uint64_t bytes = c10::elementSize(info.dtype);
    bool empty = false;
    for (std::int64_t extent : info.shape) {
        if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(std::max<std::int64_t>(extent, 1)), &bytes) ||
            bytes > INT64_MAX)
            return std::nullopt;
        empty = empty || extent == 0;
    }
    return empty ? 0 : bytes;
}

// Hears the header's JSON piece by piece and lets nothing through that the format does not name, so that a hostile header is refused
// where it goes wrong and never grows into a tree.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit HeaderReader(const std::filesystem::path& file) : file_(file) {}
    SafetensorsHeader take() { return std::move(header_); }

    bool start_object(std::size_t) override {
        if (place_ == Place::outside) return enter(Place::header);
        if (place_ == Place::header) {
            if (name_ == "__metadata__") return enter(Place::metadata);
            info_ = {};
            has_type_ = has_shape_ = false;
            offsets_.clear();
            return enter(Place::tensor);
        }
        fail("an object where the format has none");
    }
    bool end_object() override {
        if (place_ == Place::tensor) keep_tensor();
        return enter(place_ == Place::header ? Place::end : Place::header);
    }
    bool key(string_t& key) override {
        if (place_ == Place::header) {
            bool twice = key == "__metadata__" ? std::exchange(has_metadata_, true) : header_.tensors.contains(key);
            if (twice) throw Error(file_, "the header names " + shown_name(key) + " twice");
            name_ = std::move(key);
        } else {
            if (place_ == Place::tensor && key != "dtype" && key != "shape" && key != "data_offsets")
                fail(shown_name(key) + ", expected dtype, shape and data_offsets alone");
            bool twice = place_ == Place::metadata ? header_.metadata.contains(key)
                         : key == "dtype"          ? has_type_
                         : key == "shape"          ? has_shape_
                                                   : !offsets_.empty();
            if (twice) fail(shown_name(key) + " twice");
            field_ = std::move(key);
        }
        return true;
    }
    bool string(string_t& value) override {
        if (place_ == Place::metadata) {
            header_.metadata.emplace(field_, std::move(value));
            return true;
        }
        if (place_ != Place::tensor || field_ != "dtype") fail("text where the format has none");
        auto type =
            std::find_if(std::begin(types), std::end(types), [&](const NamedType& t) { return value == t.name; });
        if (type == std::end(types))
            fail("dtype " + shown_name(value) + ", expected F64, F32, F16, BF16, I64, I32, I16, I8, U8 or BOOL");
        info_.dtype = type->type;
        return has_type_ = true;
    }
    bool start_array(std::size_t) override {
        if (place_ != Place::tensor || field_ == "dtype") fail("a list where the format has none");
        return enter(field_ == "shape" ? Place::shape : Place::offsets);
    }
    bool end_array() override {
        if (place_ == Place::offsets && offsets_.size() != 2)
            fail(std::to_string(offsets_.size()) + " data_offsets, expected 2");
        if (place_ == Place::shape) has_shape_ = true;
        return enter(Place::tensor);
    }
    bool number_unsigned(number_unsigned_t value) override {
        if (place_ == Place::shape) {
            if (value > INT64_MAX) fail("an extent of " + std::to_string(value));
            if (info_.shape.size() == 8) fail("more than 8 dimensions");
            info_.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (place_ != Place::offsets) fail("a number where the format has none");
        if (offsets_.size() == 2) fail("more than 2 data_offsets");
        offsets_.push_back(value);
        return true;
    }
    bool number_integer(number_integer_t value) override { fail("the negative number " + std::to_string(value)); }
    bool number_float(number_float_t, const string_t& text) override {
        fail("the number " + shown_name(text) + ", expected a whole one below 2^64");
    }
    bool null() override { fail("null"); }
    bool boolean(bool) override { fail("true or false"); }
    bool binary(binary_t&) override { fail("binary data"); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        throw Error(file_, "the header is not JSON in UTF-8: unexpected text at byte " + std::to_string(8 + position));
    }

private:
    enum class Place { outside, header, metadata, tensor, shape, offsets, end };

    bool enter(Place place) {
        place_ = place;
        return true;
    }
    [[noreturn]] void fail(const std::string& found) const {
        std::string where = name_.empty() ? "the header" : shown_name(name_);
        throw Error(file_, where + ": found " + found);
    }
    void keep_tensor() {
        if (!has_type_ || !has_shape_ || offsets_.empty()) fail("not all of dtype, shape and data_offsets");
        info_.begin = offsets_[0];
        info_.end = offsets_[1];
        std::optional<std::uint64_t> bytes = byte_size(info_);
        if (!bytes) fail("a shape of more elements than 63 bits count");
        if (info_.end < info_.begin || info_.end - info_.begin != *bytes)
            fail("data_offsets " + std::to_string(info_.begin) + " to " + std::to_string(info_.end) +
                 ", but its shape needs " + std::to_string(*bytes) + " bytes");
        header_.tensors.emplace(name_, std::move(info_));
    }

    const std::filesystem::path& file_;
    SafetensorsHeader header_;
    Place place_ = Place::outside;
    std::string name_, field_;
    TensorInfo info_;
    std::vector<std::uint64_t> offsets_;
    bool has_metadata_ = false, has_type_ = false, has_shape_ = false;
};

using Entry = std::map<std::string, TensorInfo>::const_iterator;

// In the order of their bytes; those without any come first where offsets are equal.
std::vector<Entry> in_file_order(const SafetensorsHeader& header) {
    std::vector<Entry> order;
    for (Entry entry = header.tensors.begin(); entry != header.tensors.end(); ++entry) order.push_back(entry);
    std::stable_sort(order.begin(), order.end(), [](Entry a, Entry b) {
        return std::pair(a->second.begin, a->second.end) < std::pair(b->second.begin, b->second.end);
    });
    return order;
}

const char* type_name(c10::ScalarType type) {
    for (const NamedType& known : types)
        if (known.type == type) return known.name;
    return nullptr;
}

}  // namespace

SafetensorsHeader parse_safetensors_header(std::string_view text, std::uint64_t data_bytes,
                                           const std::filesystem::path& file) {
    // The JSON library skips a byte order mark and takes a NUL for the end of the text.
    if (!text.starts_with('{')) throw Error(file, "no safetensors file: its header must begin with {");
    if (text.find('\0') != text.npos) throw Error(file, "the header holds a NUL byte");
    HeaderReader reader(file);
    nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
    SafetensorsHeader header = reader.take();

    std::uint64_t covered = 0;
    for (Entry entry : in_file_order(header)) {
        const auto& [name, info] = *entry;
        if (info.begin != covered)
            throw Error(file, shown_name(name) + " begins at byte " + std::to_string(info.begin) +
                                  " of the data, expected " + std::to_string(covered) +
                                  (info.begin < covered ? ": tensors overlap" : ": a hole"));
        covered = info.end;
    }
    if (covered != data_bytes)
        throw Error(file, "tensors take " + std::to_string(covered) + " bytes, but " + std::to_string(data_bytes) +
                              " follow the header");
    return header;
}

TensorMap read_safetensors(const std::filesystem::path& path, Metadata* metadata) {
    InputFile file(path);
    std::uint64_t length = 0;
    if (file.size() < sizeof length)
        throw Error(path, "no safetensors file: expected at least 8 bytes, found " + std::to_string(file.size()));
    file.read(&length, sizeof length);
    std::uint64_t rest = file.size() - sizeof length;
    if (length > rest)
        throw Error(path, "cut off or no safetensors file: its header takes " + std::to_string(length) +
                              " bytes, but " + std::to_string(rest) + " follow");
    if (length > longest_header)
        throw Error(path, "its header takes " + std::to_string(length) + " bytes, expected at most " +
                              std::to_string(longest_header));
    std::string text(length, ' ');
    file.read(text.data(), text.size());
    SafetensorsHeader header = parse_safetensors_header(text, rest - length, path);

    TensorMap tensors;
    for (Entry entry : in_file_order(header)) {
        const auto& [name, info] = *entry;
        at::Tensor tensor;
        try {
            tensor = at::empty(info.shape, at::TensorOptions().dtype(info.dtype));
        } catch (const c10::Error&) {
            throw Error(path,
                        "no memory for " + shown_name(name) + ", " + std::to_string(info.end - info.begin) + " bytes");
        }
        file.read(tensor.data_ptr(), tensor.nbytes());
        if (info.dtype == at::kBool) {
            auto* bytes = static_cast<const unsigned char*>(tensor.data_ptr());
            if (std::any_of(bytes, bytes + tensor.nbytes(), [](unsigned char byte) { return byte > 1; }))
                throw Error(path, shown_name(name) + " holds a byte that is neither true nor false");
        }
        tensors.emplace(name, std::move(tensor));
    }
    if (metadata) *metadata = std::move(header.metadata);
    return tensors;
}

void write_safetensors(const std::filesystem::path& path, const TensorMap& tensors, const Metadata& metadata) {
    // Wide elements first, as the format's own writer does: every tensor then lies at a multiple of its element size.
    std::vector<TensorMap::const_iterator> order;
    for (auto entry = tensors.begin(); entry != tensors.end(); ++entry) order.push_back(entry);
    std::stable_sort(order.begin(), order.end(),
                     [](auto a, auto b) { return a->second.element_size() > b->second.element_size(); });

    nlohmann::json header = nlohmann::json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::uint64_t at = 0;
    for (auto entry : order) {
        const auto& [name, tensor] = *entry;
        const char* type = type_name(tensor.scalar_type());
        if (!type || name == "__metadata__")
            throw Error(path, shown_name(name) +
                                  " cannot be stored: " + (type ? "the name is taken" : "the format has no such type"));
        header[name] = {{"dtype", type}, {"shape", tensor.sizes().vec()}, {"data_offsets", {at, at + tensor.nbytes()}}};
        at += tensor.nbytes();
    }
    std::string text;
    try {
        text = header.dump();
    } catch (const nlohmann::json::exception&) {
        throw Error(path, "a name or a text of the metadata is not UTF-8");
    }
    text.resize((text.size() + 7) / 8 * 8, ' ');
    if (text.size() > longest_header)
        throw Error(path, "too many tensors: the header would take " + std::to_string(text.size()) + " bytes");

    AtomicFile file(path);
    std::uint64_t length = text.size();
    file.write(&length, sizeof length);
    file.write(text.data(), text.size());
    for (auto entry : order) {
        at::Tensor plain = entry->second.detach().to(at::kCPU).contiguous();
        file.write(plain.data_ptr(), plain.nbytes());
    }
    file.commit();
}

std::vector<std::string> not_finite(const TensorMap& tensors) {
    std::vector<std::string> names;
    for (const auto& [name, tensor] : tensors)
        if (tensor.is_floating_point() && !at::isfinite(tensor).all().item<bool>()) names.push_back(name);
    return names;
}

}  // namespace drift
