#include "core/error.h"

namespace drift {
namespace {

// Length of the UTF-8 sequence at the front of `text`, 0 where there is none (RFC 3629: no overlong forms, no surrogates), leaving
// out the second set of control characters.
std::size_t utf8_length(std::string_view text) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto continues = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
    unsigned char first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1) && (first != 0xC2 || byte(1) >= 0xA0)
                   ? 2
                   : 0;  // no U+0080 to U+009F: terminals obey some of them
    if (first >= 0xE0 && first <= 0xEF) {
        if (!continues(1) || !continues(2)) return 0;
        if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (!continues(1) || !continues(2) || !continues(3)) return 0;
        if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
        return 4;
    }
    return 0;
}

}  // namespace

std::string printable(std::string_view text) {
    static const char digits[] = "0123456789abcdef";
    std::string shown;
    while (!text.empty()) {
        auto byte = static_cast<unsigned char>(text.front());
        std::size_t length = byte < 0x20 || byte == 0x7F ? 0 : utf8_length(text);
        if (length == 0) {
            shown += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
            length = 1;
        } else {
            shown += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    return shown;
}

std::string shown_name(std::string_view name) {
    std::string text = "\"";  // appended to: gcc 12 warns of + here, wrongly
    return text.append(printable(name.substr(0, 100))).append(name.size() > 100 ? "...\"" : "\"");
}

Error::Error(const std::filesystem::path& file, const std::string& cause)
    : std::runtime_error(printable(file.string()) + ": " + cause) {}

}  // namespace drift
