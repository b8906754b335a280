#include "data/csv.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/names.h"

namespace drift {
namespace {

// "separated by spaces" of "frame action": what stands beside a column's name in a line that could not be taken apart.
std::string separation(const std::string& line, std::string_view name) {
    auto at = lower_case(line).find(name);
    if (at == line.npos) return "";
    const std::size_t after = at + name.size();
    if (at == 0 && after >= line.size()) return "";
    const char between = at > 0 ? line[at - 1] : line[after];
    return std::string(", separated by ") +
           (between == ' ' ? "spaces" : "\"" + printable(std::string(1, between)) + "\"");
}

}  // namespace

CsvReader::CsvReader(std::string text, const std::filesystem::path& file, std::string_view needed)
    : text_(std::move(text)), file_(file) {
    take_separator_line();
    const std::size_t begin = at_, line = next_line_;
    std::string separators = separator_ == '\0' ? ",;\t|" : std::string(1, separator_);
    for (char separator : separators) {
        at_ = begin, next_line_ = line, separator_ = separator;
        std::vector<std::string> names;
        if (!read_row(names)) break;
        for (std::string& name : names) name = lower_case(name);
        if (std::find(names.begin(), names.end(), needed) == names.end()) continue;
        names_ = std::move(names);
        return;
    }
    const std::string found(text_, begin, std::min(text_.find_first_of("\r\n", begin), text_.size()) - begin);
    throw Error(file, "line " + std::to_string(line) + ": expected names of columns, one of them " +
                          std::string(needed) + ", separated by commas, semicolons or tabs, found \"" +
                          printable(found.substr(0, 60)) + "\"" + separation(found, needed));
}

// "sep=;", as Excel reads and writes it.
void CsvReader::take_separator_line() {
    separator_ = '\0';
    std::size_t end = std::min(text_.find_first_of("\r\n"), text_.size());
    std::string first = text_.substr(0, end);
    std::erase(first, '"');
    if (first.size() < 5 || lower_case(first.substr(0, 4)) != "sep=") return;
    separator_ = first[4];
    at_ = end;
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++next_line_;
}

std::size_t CsvReader::column(std::string_view name) const {
    return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
}

std::string CsvReader::read_field() {
    while (at_ < text_.size() && text_[at_] != separator_ && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    std::string field;
    if (at_ < text_.size() && text_[at_] == '"') {
        const std::size_t began = next_line_;
        for (++at_;; ++at_) {
            if (at_ >= text_.size())
                throw Error(file_, "line " + std::to_string(began) + ": expected a closing quotation mark, found none");
            if (text_[at_] == '"') {
                if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
                ++at_;
            }
            if (text_[at_] == '\n') ++next_line_;
            field += text_[at_];
        }
        ++at_;
    }
    const std::size_t begin = at_;
    while (!at_end_of_line() && text_[at_] != separator_) ++at_;
    field += std::string_view(text_).substr(begin, at_ - begin);
    return std::string(trimmed(field));
}

bool CsvReader::read_row(std::vector<std::string>& fields) {
    fields.clear();
    if (at_ >= text_.size()) return false;
    line_ = next_line_;
    for (;;) {
        fields.push_back(read_field());
        if (at_end_of_line()) break;
        ++at_;
    }
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    else if (at_ == 0 || text_[at_ - 1] != '\r') return true;  // the end of the text
    ++next_line_;
    return true;
}

bool CsvReader::next(std::vector<std::string>& fields) {
    bare_ = false;
    while (read_row(fields)) {
        if (std::any_of(fields.begin(), fields.end(), [](const std::string& field) { return !field.empty(); }))
            return true;
        bare_ = bare_ || fields.size() > 1;
    }
    return false;
}

}  // namespace drift
