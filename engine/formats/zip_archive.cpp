#include "formats/zip_archive.h"

#include <zip.h>

#include <algorithm>

#include "core/error.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

// Deflate cannot do better: 258 bytes from 2 bits.
constexpr std::uint64_t most_inflated = 1032;

struct LibraryError : zip_error_t {
    LibraryError() { zip_error_init(this); }
    explicit LibraryError(int code) { zip_error_init_with_code(this, code); }
    ~LibraryError() { zip_error_fini(this); }
    LibraryError(const LibraryError&) = delete;
    LibraryError& operator=(const LibraryError&) = delete;
};

[[noreturn]] void fail_to_open(const fs::path& file, zip_error_t& error) {
    int code = zip_error_code_zip(&error);
    if (code == ZIP_ER_EXISTS) throw Error(file, "expected each entry of the archive once, found two of one name");
    if (code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS)
        throw Error(file,
                    "cut off or damaged: expected a whole zip archive, found none or one that contradicts itself (" +
                        printable(zip_error_strerror(&error)) + ")");
    throw Error(file, "cannot be read as a zip archive: " + printable(zip_error_strerror(&error)));
}

// Of torch.save "data.pkl" without its top folder, as errors have it.
std::string shown(std::string_view entry) { return printable(entry.substr(entry.find('/') + 1)); }

// Nothing is ever unpacked to a place by that name; but who writes such names means no good.
bool is_plain(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != name.npos || printable(name) != name) return false;
    for (std::size_t begin = 0; begin <= name.size();) {
        std::size_t end = std::min(name.find('/', begin), name.size());
        std::string_view part = name.substr(begin, end - begin);
        if (part == "." || part == ".." || (part.empty() && end != name.size())) return false;
        begin = end + 1;
    }
    return true;
}

}  // namespace

void ZipArchive::Closer::operator()(zip* archive) const { zip_discard(archive); }
void ZipArchive::Entry::Closer::operator()(zip_file* entry) const { zip_fclose(entry); }

ZipArchive::ZipArchive(const fs::path& file, std::uint64_t size) : path_(file) {
    int code = 0;
    archive_.reset(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    if (!archive_) {
        LibraryError error(code);
        fail_to_open(file, error);
    }
    check(size);
}

ZipArchive::ZipArchive(std::string_view bytes, const fs::path& name) : path_(name) {
    LibraryError error;
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source) archive_.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!archive_) {
        if (source) zip_source_free(source);
        fail_to_open(name, error);
    }
    check(bytes.size());
}

void ZipArchive::check(std::uint64_t file_size) {
    auto count = static_cast<std::uint64_t>(zip_get_num_entries(archive_.get(), 0));
    std::uint64_t packed = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        check_entry(i, file_size, packed);
        names_.emplace_back(zip_get_name(archive_.get(), i, ZIP_FL_ENC_RAW));
    }
}

// `packed` sums up what the entries take in the file: together no more than there is, so that none counts twice by lying over another.
void ZipArchive::check_entry(std::uint64_t index, std::uint64_t file_size, std::uint64_t& packed) const {
    zip_stat_t facts;
    if (zip_stat_index(archive_.get(), index, ZIP_FL_ENC_RAW, &facts) != 0)
        throw Error(path_, std::string("damaged: ") + printable(zip_strerror(archive_.get())));
    constexpr zip_uint64_t needed =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if ((facts.valid & needed) != needed)
        throw Error(path_, "damaged: an entry of the archive without a name or a size");
    const std::string name = shown_name(facts.name);
    if (!is_plain(facts.name)) throw Error(path_, "expected plain names in the archive, found " + name);
    if (facts.encryption_method != ZIP_EM_NONE)
        throw Error(path_, "expected an archive without a password, found " + name + " encrypted");
    if (facts.comp_method != ZIP_CM_STORE && facts.comp_method != ZIP_CM_DEFLATE)
        throw Error(path_, "expected stored or deflated entries, found " + name + " by method " +
                               std::to_string(facts.comp_method));
    bool possible = facts.comp_method == ZIP_CM_STORE ? facts.size == facts.comp_size
                                                      : facts.size / most_inflated <= facts.comp_size;
    if (!possible || facts.comp_size > file_size - packed)
        throw Error(path_, "cut off or damaged: " + name + " claims " + std::to_string(facts.size) + " bytes, from " +
                               std::to_string(facts.comp_size) + " in a file of " + std::to_string(file_size));
    packed += facts.comp_size;
}

std::int64_t ZipArchive::find(const std::string& entry) const {
    return zip_name_locate(archive_.get(), entry.c_str(), ZIP_FL_ENC_RAW);
}

bool ZipArchive::has(const std::string& entry) const { return find(entry) >= 0; }

std::uint64_t ZipArchive::found(const std::string& entry) const {
    std::int64_t index = find(entry);
    if (index < 0)
        throw Error(path_, "cut off or damaged: expected the entry " + shown(entry) + " in the archive, found none");
    return static_cast<std::uint64_t>(index);
}

std::uint64_t ZipArchive::size(const std::string& entry) const {
    zip_stat_t facts;
    if (zip_stat_index(archive_.get(), found(entry), ZIP_FL_ENC_RAW, &facts) != 0)
        throw Error(path_, std::string("damaged: ") + printable(zip_strerror(archive_.get())));
    return facts.size;
}

ZipArchive::Entry ZipArchive::open(const std::string& entry) {
    Entry opened;
    opened.path_ = path_, opened.name_ = entry, opened.left_ = size(entry);
    opened.source_.reset(zip_fopen_index(archive_.get(), found(entry), 0));
    if (!opened.source_)
        throw Error(path_, "damaged: " + shown(entry) + " cannot be read: " + printable(zip_strerror(archive_.get())));
    return opened;
}

void ZipArchive::Entry::read(void* to, std::uint64_t bytes) {
    auto damaged = [&](const char* words) {
        throw Error(path_, "damaged: " + shown(name_) + " cannot be read: " + printable(words));
    };
    if (bytes > left_) damaged("it ends early");
    left_ -= bytes;
    for (auto* at = static_cast<char*>(to); bytes > 0;) {
        std::int64_t got = zip_fread(source_.get(), at, bytes);
        if (got < 0) damaged(zip_file_strerror(source_.get()));
        if (got == 0) damaged("it ends early");
        at += got;
        bytes -= static_cast<std::uint64_t>(got);
    }
    if (left_ > 0) return;
    // Only who reads on to the end hears of a wrong checksum.
    char more = 0;
    std::int64_t got = zip_fread(source_.get(), &more, 1);
    if (got != 0) damaged(got < 0 ? zip_file_strerror(source_.get()) : "it is longer than it claims");
}

void ZipArchive::read(const std::string& entry, void* to) {
    Entry source = open(entry);
    source.read(to, source.left());
}

}  // namespace drift
