#include "core/setting_changes.h"

namespace drift {

std::vector<std::pair<std::string, std::string>> changed_settings(const SamplerSettings& settings,
                                                                  const SamplerSettings& usual) {
    const auto are = setting_pairs(settings), were = setting_pairs(usual);
    std::vector<std::pair<std::string, std::string>> changed;
    for (std::size_t i = 0; i < are.size(); ++i)
        if (i >= were.size() || are[i] != were[i]) changed.push_back(are[i]);
    return changed;
}

}  // namespace drift
