// Fields that are typed into: what is typed counts when Enter is pressed or the field is left, never letter by letter, and what is
// wrong with it stands red below.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace drift {

// "1.5", "1,5" and " 1e-3 "; nullopt where it is no finite number.
std::optional<double> typed_number(std::string_view text);
// A whole number from 0 on, with space around it; nullopt else.
std::optional<std::uint64_t> typed_seed(std::string_view text);
// A list of numbers with its decimal commas as points. Commas part numbers where they must: "5, 0.3" and "5,0.3,0.002"; they are decimal
// in "5 0,3 0,002" and "0,5".
std::string typed_list(std::string_view text);

// One line of text, as wide as the next item is. Returns what was typed, once; Esc gives it up.
std::optional<std::string> text_field(const char* id, const std::string& now, const char* hint = "");
// What is wrong with what was typed: it stays in the field, to be corrected, until it is typed into again or the value changes.
void refuse(const char* id, const std::string& why);
// Something to know about what was typed, which counts nevertheless.
void remark(const char* id, const std::string& what);
// Below the field: the line that refuse() or remark() left, if any.
void field_line(const char* id);

struct NumberRange {
    double low, high;
    bool whole = false, logarithmic = false;
    const char* format = "%.4g";
};
// A slider; Ctrl+click makes it a field for typing. What lies outside of the range is brought into it, and said. True: the value changed.
// The slider of that id is typed into, as if it had been Ctrl+clicked. It is to come next, with the keyboard's focus.
void type_number(const char* id);
bool number_slider(const char* id, double& value, const NumberRange& range);

}  // namespace drift
