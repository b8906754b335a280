#include "media/carried.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/files.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr std::string_view png_begin = "\x89PNG\r\n\x1a\n"sv, our_chunk = "drFt"sv, last_chunk = "IEND"sv;
constexpr std::string_view our_uuid = "Driftscope-moves"sv;  // sixteen bytes, as a uuid has
static_assert(our_uuid.size() == 16);

std::uint64_t number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}
std::string as_bytes(std::uint64_t value, int count) {
    std::string bytes;
    for (int i = count - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

// What lies one after the other in a file: chunks of a PNG, boxes of an MP4.
struct Part {
    std::uint64_t at = 0, size = 0;         // all of it
    std::uint64_t content = 0, length = 0;  // what is in it
    std::string kind;
};

class Walk {
public:
    explicit Walk(const fs::path& path) : path_(path), file_(path) {
        png_ = file_.size() >= png_begin.size() && bytes(0, png_begin.size()) == png_begin;
        mp4_ = !png_ && file_.size() >= 12 && bytes(4, 4) == "ftyp";
        at_ = png_ ? png_begin.size() : 0;
    }
    bool known() const { return png_ || mp4_; }
    bool png() const { return png_; }
    std::uint64_t size() const { return file_.size(); }
    std::string bytes(std::uint64_t at, std::uint64_t count) {
        std::string read(static_cast<std::size_t>(count), 0);
        file_.seek(at);
        file_.read(read.data(), read.size());
        return read;
    }
    // The next one; nullopt at the file's end. Throws Error where it reaches beyond that.
    std::optional<Part> next() {
        if (at_ >= file_.size()) return std::nullopt;
        constexpr std::uint64_t head = 8;
        if (file_.size() - at_ < head) cut();
        const std::string begin = bytes(at_, head);
        Part part{at_, 0, at_ + head, number(std::string_view(begin).substr(0, 4)), begin.substr(4)};
        if (png_) {
            part.kind = begin.substr(4);
            part.size = part.length + 12;
        } else {
            part.size = part.length;
            if (part.size == 1) {
                if (file_.size() - at_ < 16) cut();
                part.size = number(bytes(at_ + 8, 8)), part.content += 8;
            }
            if (part.size == 0) part.size = file_.size() - at_;  // to the end
            if (part.size < part.content - at_) cut();
            part.length = part.size - (part.content - at_);
        }
        if (part.size > file_.size() - at_) cut();
        at_ += part.size;
        return part;
    }

private:
    [[noreturn]] void cut() {
        throw Error(path_,
                    "expected whole parts of a picture or a video, found one that reaches beyond the file's end");
    }
    fs::path path_;
    InputFile file_;
    std::uint64_t at_ = 0;
    bool png_ = false, mp4_ = false;
};

bool ours(Walk& walk, const Part& part) {
    if (walk.png()) return part.kind == our_chunk;
    return part.kind == "uuid" && part.length >= our_uuid.size() &&
           walk.bytes(part.content, our_uuid.size()) == our_uuid;
}

std::string chunk_of(std::string_view kind, std::string_view content) {
    const std::string named = std::string(kind) + std::string(content);
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(named.data()), static_cast<uInt>(named.size()));
    return as_bytes(content.size(), 4) + named + as_bytes(sum, 4);
}

// An uncompressed text in no particular language, whose keyword nobody else uses (PNG specification, 11.3.3.4).
constexpr std::string_view text_chunk = "iTXt", text_begin = "Driftscope\0\0\0\0\0"sv;
bool our_text(Walk& walk, const Part& part) {
    return walk.png() && part.kind == text_chunk && part.length >= text_begin.size() &&
           walk.bytes(part.content, text_begin.size()) == text_begin;
}

std::string_view characters(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string chunks_to_carry(std::span<const std::uint8_t> bytes, std::string_view words) {
    const std::string text = words.empty() ? "" : chunk_of(text_chunk, std::string(text_begin) + std::string(words));
    return text + chunk_of(our_chunk, characters(bytes));
}

void carry(const fs::path& file, std::span<const std::uint8_t> bytes, std::string_view words) {
    if (bytes.size() > most_carried)
        throw Error(file, "expected at most " + std::to_string(most_carried >> 20) + " MB to carry, found " +
                              std::to_string(bytes.size() >> 20));
    Walk walk(file);
    if (!walk.known()) throw Error(file, "expected a PNG or an MP4 to carry something, found another kind of file");
    const std::string_view content = characters(bytes);
    std::string whole = walk.png() ? std::string(png_begin) : "";
    while (auto part = walk.next()) {
        if (ours(walk, *part) || our_text(walk, *part)) continue;  // of before
        if (walk.png() && part->kind == last_chunk) whole += chunks_to_carry(bytes, words);
        whole += walk.bytes(part->at, part->size);
    }
    if (!walk.png())
        whole +=
            as_bytes(8 + our_uuid.size() + content.size(), 4) + "uuid" + std::string(our_uuid) + std::string(content);
    write_file(file, whole);
}

std::optional<std::vector<std::uint8_t>> carried(const fs::path& file) {
    Walk walk(file);
    if (!walk.known()) return std::nullopt;
    while (auto part = walk.next()) {
        if (!ours(walk, *part)) continue;
        const std::uint64_t skip = walk.png() ? 0 : our_uuid.size(), length = part->length - skip;
        if (length > most_carried) throw Error(file, "carries more than a session of ours can be");
        const std::string content = walk.bytes(part->content + skip, length);
        if (walk.png() && chunk_of(our_chunk, content) != walk.bytes(part->at, part->size))
            throw Error(file, "the checksum of what it carries is wrong: the file is damaged");
        return std::vector<std::uint8_t>(content.begin(), content.end());
    }
    return std::nullopt;
}

}  // namespace drift
