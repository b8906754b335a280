// How well a name answers to what was typed: for the command palette and the help's search.
#pragma once

#include <optional>
#include <string_view>

namespace drift {

// `typed` is words in any order, each a part of the name; ASCII letters of either case, and "-" and "_" part words as a space does
// ("start_scale" finds "Start scale"). nullopt where a word is not in the name; else the larger the better: whole words before beginnings
// of words before parts of words, what the name begins with first, and the very name before all. Nothing typed: 0.
std::optional<int> match(std::string_view name, std::string_view typed);

}  // namespace drift
