// From the name of a world to a stage that plays. A file of its own, so that a test's player can have another one in its place.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "player/options.h"
#include "session/stage.h"

namespace drift {

// For the first line of main: what the network's library wants said before it is loaded.
void prepare_process(char** arguments);

// `file`: a world's folder, or its weights; empty: what the options name. Slow: call it on the generation thread. Throws Error with one
// clear sentence.
// A folder of recorded play is one, too: beside `playing`, the world that is open now, where its actions are the recording's, or alone.
// So is what game_alone() says: a real game alone.
std::unique_ptr<Stage> open_world(const Options& options, const std::filesystem::path& file = {},
                                  const std::filesystem::path& playing = {});

// The network's library and the CPU code that it uses, for --version; empty where there is none.
std::string library_text();

// Why it plays on the CPU though a GPU was welcome; empty where there is nothing to say. After open_world.
std::string why_on_cpu(const Options& options);

}  // namespace drift
