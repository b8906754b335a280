#include "core/action_name.h"

namespace drift {

bool is_action_name(std::string_view name) {
    constexpr std::string_view blanks = " \t";
    return !name.empty() && name.find_first_of(",\"\n\r") == name.npos && blanks.find(name.front()) == blanks.npos &&
           blanks.find(name.back()) == blanks.npos;
}

}  // namespace drift
