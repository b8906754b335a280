// The libraries and fonts that the program uses, and under which licence each is.
#pragma once

#include <span>

namespace drift {

struct Licence {
    const char *name, *licence, *where;  // where: its home page, with the text
};
std::span<const Licence> licences();  // by name

}  // namespace drift
