#include "formats/npy.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <optional>

#include "core/error.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "elements are copied as they lie");

constexpr char magic[] = {'\x93', 'N', 'U', 'M', 'P', 'Y'};
constexpr std::size_t longest_header = 65535;  // what version 1 can say; plain arrays need a hundred bytes
constexpr std::size_t alignment = 64, most_dimensions = 8;

struct NamedType {
    const char* name;
    NpyType type;
    std::size_t size;
    const char* word;
};
constexpr NamedType types[] = {
    {"|b1", NpyType::boolean, 1, "bool"}, {"|u1", NpyType::u8, 1, "uint8"},    {"|i1", NpyType::i8, 1, "int8"},
    {"<i2", NpyType::i16, 2, "int16"},    {"<i4", NpyType::i32, 4, "int32"},   {"<i8", NpyType::i64, 8, "int64"},
    {"<f2", NpyType::f16, 2, "float16"},  {"<f4", NpyType::f32, 4, "float32"}, {"<f8", NpyType::f64, 8, "float64"}};

// The dictionary as NumPy writes it: a Python literal of three keys.
class Dictionary {
public:
    Dictionary(std::string_view text, const fs::path& file, NpyOrder order) : rest_(text), file_(file), order_(order) {}

    NpyHeader parse() {
        NpyHeader header;
        bool has_type = false, has_order = false, has_shape = false;
        expect('{');
        while (!take('}')) {
            std::string key = text();
            expect(':');
            bool& seen = key == "descr" ? has_type : key == "fortran_order" ? has_order : has_shape;
            if (key != "descr" && key != "fortran_order" && key != "shape")
                fail("the key \"" + printable(key.substr(0, 40)) + "\"");
            if (seen) fail("the key \"" + key + "\" twice");
            seen = true;
            if (key == "descr") header.type = type();
            else if (key == "fortran_order") header.fortran = fortran();
            else header.shape = shape();
            if (!take(',')) {
                expect('}');
                break;
            }
        }
        skip_spaces();
        if (!rest_.empty()) fail("more after its end");
        if (!has_type || !has_order || !has_shape) fail("not all of descr, fortran_order and shape");
        return header;
    }

private:
    [[noreturn]] void fail(const std::string& found) const {
        throw Error(file_, "expected the header of a NumPy array, found " + found);
    }
    void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size())); }
    bool take(char c) {
        skip_spaces();
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!take(c))
            fail(rest_.empty() ? "that it ends early"
                               : "\"" + printable(rest_.substr(0, 20)) + "\" in place of \"" + c + "\"");
    }
    bool take(std::string_view word) {
        skip_spaces();
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    std::string text() {
        skip_spaces();
        char quote = take('\'') ? '\'' : (expect('"'), '"');
        auto end = rest_.find(quote);
        if (end == rest_.npos) fail("a text without an end");
        std::string found(rest_.substr(0, end));
        rest_.remove_prefix(end + 1);
        if (found.find('\\') != found.npos) fail("an escaped text");
        return found;
    }
    NpyType type() {
        const std::string wanted = "expected an array of bytes, whole numbers or floats, found ";
        skip_spaces();
        if (rest_.starts_with('[')) throw Error(file_, wanted + "records of several fields");
        std::string name = text();
        for (const NamedType& known : types)
            if (name == known.name) return known.type;
        std::string shown = "\"" + printable(name.substr(0, 20)) + "\"";
        if (name.find('O') != name.npos)
            throw Error(file_, wanted + "Python objects (" + shown + "), which would run code when they are loaded");
        if (name.starts_with('>')) throw Error(file_, wanted + "big-endian numbers (" + shown + ")");
        throw Error(file_, wanted + shown);
    }
    bool fortran() {
        if (take(std::string_view("True"))) {
            if (order_ == NpyOrder::any) return true;
            throw Error(file_,
                        "expected an array in C order, row by row, found one in Fortran order: numpy.ascontiguousarray "
                        "makes the other");
        }
        if (!take(std::string_view("False"))) fail("fortran_order that is neither True nor False");
        return false;
    }
    std::vector<std::int64_t> shape() {
        std::vector<std::int64_t> extents;
        expect('(');
        while (!take(')')) {
            skip_spaces();
            std::int64_t extent = 0;
            auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), extent);
            if (failure != std::errc() || extent < 0) fail("a shape that is no list of whole numbers below 2^63");
            if (extents.size() == most_dimensions) fail("more than " + std::to_string(most_dimensions) + " dimensions");
            rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
            extents.push_back(extent);
            if (!take(',')) {
                expect(')');
                break;
            }
        }
        return extents;
    }

    std::string_view rest_;
    const fs::path& file_;
    NpyOrder order_;
};

// nullopt where 63 bits do not count them. Zero extents count as one, because strides multiply the rest.
std::optional<std::uint64_t> byte_size(const NpyHeader& header) {
    std::uint64_t bytes = npy_type_size(header.type);
    bool empty = false;
    for (std::int64_t extent : header.shape) {
        if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(std::max<std::int64_t>(extent, 1)), &bytes) ||
            bytes > INT64_MAX)
            return std::nullopt;
        empty = empty || extent == 0;
    }
    return empty ? 0 : bytes;
}

}  // namespace

std::size_t npy_type_size(NpyType type) {
    return std::find_if(std::begin(types), std::end(types), [&](const NamedType& known) { return known.type == type; })
        ->size;
}

const char* npy_type_name(NpyType type) {
    return std::find_if(std::begin(types), std::end(types), [&](const NamedType& known) { return known.type == type; })
        ->word;
}

NpyHeader parse_npy_header(std::string_view text, std::uint64_t data_bytes, const fs::path& file, NpyOrder order) {
    NpyHeader header = Dictionary(text, file, order).parse();
    auto bytes = byte_size(header);
    if (!bytes) throw Error(file, "its shape has more elements than 63 bits count");
    if (*bytes != data_bytes)
        throw Error(file, "its shape needs " + std::to_string(*bytes) + " bytes, found " + std::to_string(data_bytes) +
                              " behind the header");
    return header;
}

NpyHeader parse_npy_begin(std::string_view begin, std::uint64_t size, const fs::path& file, NpyOrder order,
                          std::uint64_t& data) {
    auto need = [&](std::size_t bytes) {
        if (size < bytes)
            throw Error(file, "cut off or no NumPy array: expected " + std::to_string(bytes) +
                                  " bytes of its beginning, found " + std::to_string(size));
    };
    need(8);
    if (std::memcmp(begin.data(), magic, sizeof magic) != 0)
        throw Error(file, "expected a NumPy array (.npy), found another kind of file");
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(begin[at]); };
    if (byte(6) < 1 || byte(6) > 3 || byte(7) != 0)
        throw Error(file, "expected version 1.0, 2.0 or 3.0 of the format, found " + std::to_string(byte(6)) + "." +
                              std::to_string(byte(7)));
    std::uint32_t length = 0;
    const std::size_t digits = byte(6) == 1 ? 2 : 4;
    need(8 + digits);
    std::memcpy(&length, begin.data() + 8, digits);
    data = 8 + digits + length;
    if (length > longest_header)
        throw Error(file, "its header takes " + std::to_string(length) + " bytes, expected at most " +
                              std::to_string(longest_header));
    if (data > size)
        throw Error(file, "cut off or no NumPy array: its header takes " + std::to_string(length) + " bytes, but " +
                              std::to_string(size - 8 - digits) + " follow");
    return parse_npy_header(begin.substr(8 + digits, length), size - data, file, order);
}

NpyReader::NpyReader(const fs::path& file) : file_(file) {
    std::string begin(std::min<std::uint64_t>(file_.size(), npy_longest_begin), ' ');
    file_.read(begin.data(), begin.size());
    header_ = parse_npy_begin(begin, file_.size(), file, NpyOrder::c, begin_);
    file_.seek(begin_);
}

std::string npy_file_begin(const NpyHeader& header) {
    const NamedType& type = *std::find_if(std::begin(types), std::end(types),
                                          [&](const NamedType& known) { return known.type == header.type; });
    std::string text = std::string("{'descr': '") + type.name + "', 'fortran_order': False, 'shape': (";
    for (std::int64_t extent : header.shape) text += std::to_string(extent) + ", ";
    text += "), }";
    std::size_t before = sizeof magic + 4;
    text.append(alignment - (before + text.size() + 1) % alignment, ' ');
    text += '\n';
    std::string all(magic, sizeof magic);
    all += {'\x01', '\x00', static_cast<char>(text.size() & 255), static_cast<char>(text.size() >> 8)};
    return all + text;
}

}  // namespace drift
