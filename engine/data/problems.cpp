#include "data/problems.h"

#include <algorithm>

namespace drift {
namespace {

constexpr std::size_t most_of_a_part = 6, most_parts = 40;

}  // namespace

void Problems::begin(const std::filesystem::path& part) { parts_.push_back({part, {}, 0}); }

void Problems::add(const Error& error) {
    if (parts_.empty()) begin({});
    Part& part = parts_.back();
    std::string sentence = error.what();
    if (std::find(part.said.begin(), part.said.end(), sentence) != part.said.end()) return;
    ++count_;
    if (part.said.size() < most_of_a_part) part.said.push_back(std::move(sentence));
    else ++part.more;
}

std::vector<std::string> Problems::sentences() const {
    std::vector<std::string> all;
    std::size_t parts = 0, left = 0;
    for (const Part& part : parts_) {
        if (part.said.empty()) continue;
        if (++parts > most_parts) {
            left += part.said.size() + part.more;
            continue;
        }
        all.insert(all.end(), part.said.begin(), part.said.end());
        if (part.more > 0)
            all.push_back(Error(part.name, "and " + std::to_string(part.more) + " more problems of this kind").what());
    }
    if (left > 0) all.push_back("and " + std::to_string(left) + " more problems in other episodes");
    return all;
}

void Problems::check(const std::filesystem::path& what) const {
    if (count_ == 0) return;
    const auto all = sentences();
    if (all.size() == 1) throw Error(all.front());
    std::string text = "expected a data set to learn from, found " + std::to_string(count_) + " problems:";
    for (const std::string& sentence : all) text += "\n  " + sentence;
    throw Error(what, text);
}

}  // namespace drift
