#include "core/action.h"

#include <bit>

namespace drift {

int ActionSpace::index(Action action) const {
    if (std::popcount(action.held) != 1) return 0;
    int button = std::countr_zero(action.held);
    return button < size() ? button : 0;
}

int ActionSpace::find(std::string_view name) const {
    for (int i = 0; i < size(); ++i)
        if (entries[static_cast<std::size_t>(i)].name == name) return i;
    return -1;
}

}  // namespace drift
