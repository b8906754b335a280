// NumPy's array files (.npy), read strictly because they come from strangers: plain arrays alone, nothing that could run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/files.h"

namespace drift {

// Little-endian, row by row.
enum class NpyType { boolean, u8, i8, i16, i32, i64, f16, f32, f64 };
std::size_t npy_type_size(NpyType type);  // bytes of an element
const char* npy_type_name(NpyType type);  // as NumPy calls it: "uint8"

struct NpyHeader {
    NpyType type = NpyType::u8;
    std::vector<std::int64_t> shape;
    bool fortran = false;  // column by column: the first index counts fastest
};
enum class NpyOrder { c, any };

// Reads and checks a header: `text` is the dictionary, `data_bytes` what follows it in the file, which its elements must fill exactly.
// `file` names the culprit in the Error that is thrown otherwise: another type (object, big-endian, ... by name), Fortran order, a shape of
// more elements than there are, unknown or repeated keys.
NpyHeader parse_npy_header(std::string_view text, std::uint64_t data_bytes, const std::filesystem::path& file,
                           NpyOrder order = NpyOrder::c);

// The same of a whole file of `size` bytes, of which `begin` are the first ones, as many as npy_longest_begin where it has so many. `data` is where
// its elements lie in it.
inline constexpr std::size_t npy_longest_begin = 12 + 65535;
NpyHeader parse_npy_begin(std::string_view begin, std::uint64_t size, const std::filesystem::path& file, NpyOrder order,
                          std::uint64_t& data);

// A file that is open, its header read and found sound; nothing is allocated for data.
class NpyReader {
public:
    // Throws Error naming the file.
    explicit NpyReader(const std::filesystem::path& file);
    NpyType type() const { return header_.type; }
    const std::vector<std::int64_t>& shape() const { return header_.shape; }
    std::uint64_t begin() const { return begin_; }                     // where its elements lie in the file
    void read(void* to, std::size_t bytes) { file_.read(to, bytes); }  // the next elements

private:
    InputFile file_;
    NpyHeader header_;
    std::uint64_t begin_ = 0;
};

// The bytes of a file before its elements, in version 1.0 of the format.
std::string npy_file_begin(const NpyHeader& header);

}  // namespace drift
