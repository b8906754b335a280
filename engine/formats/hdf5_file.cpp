#include "formats/hdf5_file.h"

#include <hdf5.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/error.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr char signature[] = "\x89HDF\r\n\x1a\n";
constexpr std::size_t longest_name = 256, most_axes = 8;
constexpr hsize_t largest_chunk = hsize_t{256} << 20;  // bytes, which the library takes from memory to read one element

// A handle of the library with what closes it.
class Handle {
public:
    Handle() = default;
    Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_), std::swap(close_, other.close_);
        return *this;
    }
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    operator hid_t() const { return id_; }
    bool good() const { return id_ >= 0; }

private:
    hid_t id_ = -1;
    herr_t (*close_)(hid_t) = nullptr;
};

[[noreturn]] void damaged(const fs::path& file, const std::string& path) {
    throw Error(file, "is damaged or cut off: " + shown_name(path) + " cannot be read");
}

Handle access_of_files() {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // it would print
    H5PLset_loading_state(0);                     // it would run libraries that a file names
    Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_file_locking(access, false, true);  // a folder that cannot be written has no locks
    return access;
}

// Each name on the way must lead on within the file.
bool is_there(hid_t file, const std::string& path) {
    for (std::size_t end = 0; end != path.npos;) {
        end = path.find('/', end + 1);
        const std::string part = path.substr(0, end);
        if (part.empty() || part == "/") continue;
        H5L_info_t link;
        if (H5Lexists(file, part.c_str(), H5P_DEFAULT) <= 0 ||
            H5Lget_info(file, part.c_str(), &link, H5P_DEFAULT) < 0 || link.type != H5L_TYPE_HARD)
            return false;
    }
    return true;
}

H5O_type_t kind_of(hid_t file, const std::string& path) {
    if (!is_there(file, path)) return H5O_TYPE_UNKNOWN;
    Handle object(H5Oopen(file, path.c_str(), H5P_DEFAULT), H5Oclose);
    if (!object.good()) return H5O_TYPE_UNKNOWN;
    switch (H5Iget_type(object)) {
        case H5I_GROUP: return H5O_TYPE_GROUP;
        case H5I_DATASET: return H5O_TYPE_DATASET;
        default: return H5O_TYPE_UNKNOWN;
    }
}

bool is_u8(hid_t type) {
    return H5Tget_class(type) == H5T_INTEGER && H5Tget_size(type) == 1 && H5Tget_sign(type) == H5T_SGN_NONE &&
           H5Tget_precision(type) == 8;
}

Hdf5Array::Kind element_kind(hid_t type) {
    using Kind = Hdf5Array::Kind;
    switch (H5Tget_class(type)) {
        case H5T_INTEGER: return is_u8(type) ? Kind::u8 : Kind::whole;
        case H5T_ENUM: return H5Tget_size(type) == 1 ? Kind::whole : Kind::other;  // NumPy's truth values
        case H5T_FLOAT: return Kind::real;
        case H5T_VLEN: {
            Handle inner(H5Tget_super(type), H5Tclose);
            return inner.good() && is_u8(inner) ? Kind::bytes : Kind::other;
        }
        default: return Kind::other;
    }
}

// An array that is open, with all that it claims looked at.
struct Opened {
    Handle set, type, space;
    Hdf5Array facts;

    Opened(hid_t file, const std::string& path, const fs::path& name) {
        if (kind_of(file, path) != H5O_TYPE_DATASET)
            throw Error(name, "expected an array " + shown_name(path) + " in the file itself, found none");
        set = Handle(H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose);
        Handle made(set.good() ? H5Dget_create_plist(set) : -1, H5Pclose);
        type = Handle(set.good() ? H5Dget_type(set) : -1, H5Tclose);
        space = Handle(set.good() ? H5Dget_space(set) : -1, H5Sclose);
        if (!made.good() || !type.good() || !space.good()) damaged(name, path);
        const H5D_layout_t layout = H5Pget_layout(made);
        if (layout == H5D_VIRTUAL || H5Pget_external_count(made) != 0)
            throw Error(name,
                        "expected " + shown_name(path) + " in the file itself, found one that lies in other files");
        facts.kind = element_kind(type);
        const int axes = H5Sget_simple_extent_ndims(space);
        if (axes < 0 || axes > static_cast<int>(most_axes)) damaged(name, path);
        hsize_t extents[most_axes] = {}, chunk[most_axes] = {};
        if (axes > 0 && H5Sget_simple_extent_dims(space, extents, nullptr) != axes) damaged(name, path);
        facts.shape.assign(extents, extents + axes);
        if (layout != H5D_CHUNKED) return;
        hsize_t bytes = H5Tget_size(type);
        if (H5Pget_chunk(made, axes, chunk) != axes) damaged(name, path);
        for (int i = 0; i < axes; ++i)
            if (__builtin_mul_overflow(bytes, chunk[i], &bytes) || bytes > largest_chunk)
                throw Error(name, "expected " + shown_name(path) + " in pieces of at most " +
                                      std::to_string(largest_chunk >> 20) + " MB, found larger ones");
    }
    std::uint64_t elements() const {
        std::uint64_t product = 1;
        for (std::uint64_t extent : facts.shape)
            if (__builtin_mul_overflow(product, extent, &product)) return UINT64_MAX;
        return product;
    }
};

herr_t keep_name(hid_t, const char* name, const H5L_info_t* link, void* to) {
    auto& [names, most] = *static_cast<std::pair<std::vector<std::string>, std::size_t>*>(to);
    if (link->type != H5L_TYPE_HARD || std::strlen(name) > longest_name) return 0;
    names.emplace_back(name);
    return names.size() > most ? 1 : 0;
}

}  // namespace

struct Hdf5File::Open {
    std::string bytes;  // of a file in memory
    Handle file;
};

Hdf5File::Hdf5File(const fs::path& file) : path_(file), open_(std::make_unique<Open>()) {
    const Handle access = access_of_files();
    open_->file = Handle(H5Fopen(file.c_str(), H5F_ACC_RDONLY, access), H5Fclose);
    if (!open_->file.good()) throw Error(file, "expected a whole HDF5 file, found none or a damaged one");
}

Hdf5File::Hdf5File(const std::string& bytes, const fs::path& name) : path_(name), open_(std::make_unique<Open>()) {
    open_->bytes = bytes;
    const Handle access = access_of_files();
    H5Pset_fapl_core(access, 1 << 20, false);
    H5Pset_file_image(access, open_->bytes.data(), open_->bytes.size());
    open_->file = Handle(H5Fopen("in memory", H5F_ACC_RDONLY, access), H5Fclose);
    if (!open_->file.good()) throw Error(name, "expected a whole HDF5 file, found none or a damaged one");
}

Hdf5File::~Hdf5File() = default;

bool Hdf5File::begins_as_one(const std::string& begin) { return begin.starts_with(signature); }

std::vector<std::string> Hdf5File::names(const std::string& group, std::size_t most) const {
    if (!is_group(group)) throw Error(path_, "expected a group " + shown_name(group) + ", found none");
    std::pair<std::vector<std::string>, std::size_t> kept{{}, most};
    const Handle opened(H5Gopen2(open_->file, group.c_str(), H5P_DEFAULT), H5Gclose);
    hsize_t at = 0;
    if (!opened.good() || H5Literate(opened, H5_INDEX_NAME, H5_ITER_NATIVE, &at, keep_name, &kept) < 0)
        damaged(path_, group);
    if (kept.first.size() > most)
        throw Error(path_,
                    "expected at most " + std::to_string(most) + " things in " + shown_name(group) + ", found more");
    std::sort(kept.first.begin(), kept.first.end());
    return std::move(kept.first);
}

bool Hdf5File::is_group(const std::string& path) const {
    return path == "/" || kind_of(open_->file, path) == H5O_TYPE_GROUP;
}
bool Hdf5File::is_array(const std::string& path) const { return kind_of(open_->file, path) == H5O_TYPE_DATASET; }

Hdf5Array Hdf5File::array(const std::string& path) const { return Opened(open_->file, path, path_).facts; }

std::vector<double> Hdf5File::numbers(const std::string& path, std::size_t most) const {
    const Opened opened(open_->file, path, path_);
    using Kind = Hdf5Array::Kind;
    const Kind kind = opened.facts.kind;
    if (kind != Kind::u8 && kind != Kind::whole && kind != Kind::real)
        throw Error(path_, "expected numbers in " + shown_name(path) + ", found another kind of values");
    const std::uint64_t count = opened.elements();
    if (count > most)
        throw Error(path_,
                    "expected at most " + std::to_string(most) + " numbers in " + shown_name(path) + ", found more");
    std::vector<double> values(count);
    if (count == 0) return values;
    if (H5Tget_class(opened.type) == H5T_ENUM) {
        std::vector<signed char> bytes(count);
        if (H5Dread(opened.set, opened.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()) < 0) damaged(path_, path);
        std::copy(bytes.begin(), bytes.end(), values.begin());
    } else if (H5Dread(opened.set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) {
        damaged(path_, path);
    }
    return values;
}

void Hdf5File::read_bytes(const std::string& path, std::uint64_t first, std::uint64_t count, std::uint8_t* to) const {
    const Opened opened(open_->file, path, path_);
    const auto& shape = opened.facts.shape;
    if (opened.facts.kind != Hdf5Array::Kind::u8 || shape.empty() || first > shape[0] || count > shape[0] - first)
        throw Error(path_, "expected bytes in " + shown_name(path) + ", found others or fewer");
    std::vector<hsize_t> from(shape.size(), 0), extent(shape.begin(), shape.end());
    from[0] = first, extent[0] = count;
    const Handle memory(H5Screate_simple(static_cast<int>(shape.size()), extent.data(), nullptr), H5Sclose);
    if (!memory.good() ||
        H5Sselect_hyperslab(opened.space, H5S_SELECT_SET, from.data(), nullptr, extent.data(), nullptr) < 0 ||
        H5Dread(opened.set, H5T_NATIVE_UCHAR, memory, opened.space, H5P_DEFAULT, to) < 0)
        damaged(path_, path);
}

std::string Hdf5File::run_of_bytes(const std::string& path, std::uint64_t at, std::size_t most) const {
    const Opened opened(open_->file, path, path_);
    if (opened.facts.kind != Hdf5Array::Kind::bytes || opened.facts.shape.size() != 1 || at >= opened.facts.shape[0])
        throw Error(path_, "expected runs of bytes in " + shown_name(path) + ", found others or fewer");
    const hsize_t from = at, one = 1;
    const Handle memory(H5Screate_simple(1, &one, nullptr), H5Sclose), type(H5Tvlen_create(H5T_NATIVE_UCHAR), H5Tclose);
    hvl_t run{0, nullptr};
    if (!memory.good() || !type.good() ||
        H5Sselect_hyperslab(opened.space, H5S_SELECT_SET, &from, nullptr, &one, nullptr) < 0 ||
        H5Dread(opened.set, type, memory, opened.space, H5P_DEFAULT, &run) < 0)
        damaged(path_, path);
    std::string bytes;
    const bool fits = run.len <= most;
    if (fits && run.p) bytes.assign(static_cast<const char*>(run.p), run.len);
    H5Dvlen_reclaim(type, memory, H5P_DEFAULT, &run);
    if (!fits)
        throw Error(path_, "expected at most " + std::to_string(most) + " bytes a picture in " + shown_name(path) +
                               ", found more");
    return bytes;
}

}  // namespace drift
