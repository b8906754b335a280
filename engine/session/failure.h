// What has failed, in words for people.
#pragma once

#include <exception>
#include <string>

namespace drift {

// What is being handled, as one sentence: LibTorch's own are pages, of which the first line says it. Only within a catch.
std::string caught_sentence();
// What a game that fails says, as one line.
std::string failure_line(const std::exception& error);

}  // namespace drift
