// Tables as text, as programs and spreadsheets write them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace drift {

// Separated by commas, semicolons, tabs or bars, or by what a first line "sep=X" says; fields may stand in quotation marks. Lines end as on any
// system.
class CsvReader {
public:
    // The column names come first, of which one must be `needed`: the separator is the one with which it is. Throws Error naming the file.
    CsvReader(std::string text, const std::filesystem::path& file, std::string_view needed);

    // The place of a column, in any case of letters; names().size() where there is none.
    std::size_t column(std::string_view name) const;
    const std::vector<std::string>& names() const { return names_; }  // in small letters
    // The next row that holds anything, trimmed; false at the end. Throws Error at a quotation mark that is never closed.
    bool next(std::vector<std::string>& fields);
    std::size_t line() const { return line_; }  // of that row, from 1
    // Lines that held nothing but separators lay before that row.
    bool after_bare_row() const { return bare_; }

private:
    bool read_row(std::vector<std::string>& fields);
    std::string read_field();
    bool at_end_of_line() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
    void take_separator_line();

    std::string text_;
    std::filesystem::path file_;
    std::size_t at_ = 0, line_ = 0, next_line_ = 1;
    char separator_ = ',';
    bool bare_ = false;
    std::vector<std::string> names_;
};

}  // namespace drift
