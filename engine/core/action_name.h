// What an action may be called.
#pragma once

#include <string_view>

namespace drift {

// Can an action of that name stand in a table with commas between its columns? Not empty, without commas, quotes, ends of line, and blanks around it.
bool is_action_name(std::string_view name);

}  // namespace drift
