#include "formats/text.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "core/files.h"

namespace drift {
namespace {

void put_utf8(std::string& out, std::uint32_t code) {
    auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6), put(0x80 | (code & 63));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 63)), put(0x80 | (code & 63));
    } else {
        put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 63)), put(0x80 | (code >> 6 & 63)), put(0x80 | (code & 63));
    }
}

std::string from_utf16(std::string_view bytes, bool big, const std::filesystem::path& file) {
    auto damaged = [&] {
        return Error(file, "expected UTF-16 as its beginning says, found text that is damaged or cut off");
    };
    if (bytes.size() % 2 != 0) throw damaged();
    auto unit = [&](std::size_t at) {
        auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<std::uint32_t>(big ? first << 8 | second : second << 8 | first);
    };
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        std::uint32_t code = unit(at);
        if (code >= 0xD800 && code < 0xDC00) {  // the first half of a pair
            if (at + 3 >= bytes.size() || unit(at + 2) < 0xDC00 || unit(at + 2) > 0xDFFF) throw damaged();
            code = 0x10000 + ((code - 0xD800) << 10) + (unit(at += 2) - 0xDC00);
        } else if (code >= 0xDC00 && code < 0xE000) {
            throw damaged();
        }
        put_utf8(out, code);
    }
    return out;
}

}  // namespace

std::string utf8_of(std::string bytes, const std::filesystem::path& file) {
    using namespace std::literals;
    std::string_view text = bytes;
    if (text.starts_with("\xEF\xBB\xBF")) return bytes.substr(3);
    if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv))
        throw Error(file, "expected text in UTF-8 or UTF-16, found UTF-32");
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return from_utf16(text.substr(2), text.front() == '\xFE', file);
    // Without a mark: what begins with a letter of ASCII has a zero for its other half.
    if (text.size() >= 4 && (text[0] == '\0') != (text[1] == '\0') && (text[0] == '\0') == (text[2] == '\0') &&
        (text[1] == '\0') == (text[3] == '\0'))
        return from_utf16(text, text[0] == '\0', file);
    return bytes;
}

std::string read_text(const std::filesystem::path& file, std::uint64_t most) {
    InputFile in(file);
    if (in.size() > most)
        throw Error(file, "expected a text of at most " + std::to_string(most >> 20) + " MB, found " +
                              std::to_string(in.size() >> 20));
    std::string bytes(in.size(), ' ');
    in.read(bytes.data(), bytes.size());
    return utf8_of(std::move(bytes), file);
}

}  // namespace drift
