#include "core/nearest.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "core/error.h"

namespace drift {
namespace {

constexpr std::size_t longest = 64;  // a longer word is no name that was mistyped

char small(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

// Damerau's and Levenshtein's distance, of texts that are not long.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const char x = small(a[i - 1]), y = small(b[j - 1]);
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (x != y)});
            if (i > 1 && j > 1 && x == small(b[j - 2]) && small(a[i - 2]) == y)
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> known) {
    std::string best;
    if (word.empty() || word.size() > longest) return best;
    std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& name : known) {
        if (name.size() > longest) continue;
        const std::size_t changes = distance(word, name);
        if (changes < least && changes < word.size()) least = changes, best = name;
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
    std::string name = nearest(word, known);
    return name.empty() ? "" : ", did you mean " + shown_name(name) + "?";
}

}  // namespace drift
