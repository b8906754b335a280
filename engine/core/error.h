// The one exception of the project: the outside world was not as expected. A bug asserts instead.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace drift {

// One clear sentence: which file (or option), what was expected, what was found.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& sentence) : std::runtime_error(sentence) {}
    Error(const std::filesystem::path& file, const std::string& cause);
};

// Text as it may be shown: control characters and bytes that are not UTF-8 become \xNN.
std::string printable(std::string_view text);
// A name from a file as an error may say it, in quotes: a hostile one can be megabytes long and is cut.
std::string shown_name(std::string_view name);

}  // namespace drift
