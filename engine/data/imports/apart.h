// Reading in a process of its own, for libraries that a damaged file may crash, such as HDF5's: what happens there is a sentence here.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "data/imports/play.h"

namespace drift {

using Say = std::function<void(std::string_view message)>;

// Runs `work` in a child of this process, which can write no file, and gives `hear` each message that it says, in order. Throws the Error that `work`
// throws, and Error naming the file where the child crashes, says nothing for a minute, or sends what is no message. What `hear` throws ends the child.
void run_apart(const std::filesystem::path& file, const std::function<void(const Say& say)>& work,
               const std::function<void(std::string_view message)>& hear);

// The same for an episode: what `read` gives its sink is given to `sink`.
void read_apart(const std::filesystem::path& file, const std::function<void(EpisodeSink&)>& read, EpisodeSink& sink);

}  // namespace drift
