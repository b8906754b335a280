#include "player/matching.h"

#include <algorithm>
#include <string>
#include <vector>

namespace drift {
namespace {

std::string plain(std::string_view text) {
    std::string plain(text);
    for (char& c : plain) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '-' || c == '_') c = ' ';
    }
    return plain;
}

bool of_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 128;
}

// The best of the places where the word stands in the name; 0 where it stands nowhere.
int best_place(std::string_view name, std::string_view word) {
    int best = 0;
    for (std::size_t at = name.find(word); at != name.npos; at = name.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !of_word(name[at - 1]), ends = end == name.size() || !of_word(name[end]);
        best = std::max(best, (begins && ends ? 8 : begins ? 4 : 1) + (at == 0 ? 2 : 0));
    }
    return best;
}

}  // namespace

std::optional<int> match(std::string_view name, std::string_view typed) {
    const std::string in = plain(name), words = plain(typed);
    int sum = in == words ? 1 : 0;
    for (std::size_t at = words.find_first_not_of(' '); at != words.npos;) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        const int place = best_place(in, std::string_view(words).substr(at, end - at));
        if (place == 0) return std::nullopt;
        sum += place;
        at = words.find_first_not_of(' ', end);
    }
    return sum;
}

}  // namespace drift
