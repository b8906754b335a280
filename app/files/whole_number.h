// Numbers of the command line that may be any that 64 bits hold.
#pragma once

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <string>

#include "core/error.h"

namespace drift {

// CLI11 takes -1 for the largest of them.
inline CLI::Validator is_whole() {
    return CLI::Validator(
        [](std::string& text) {
            std::uint64_t number = 0;
            const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
            return wrong == std::errc() && end == text.data() + text.size()
                       ? std::string()
                       : "expected a whole number from 0 to 18446744073709551615, found " + printable(text);
        },
        "");
}

}  // namespace drift
