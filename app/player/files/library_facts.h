// What is in a recording, a session, a video or a picture, and how it looks, small.
#pragma once

#include "player/files/library_entry.h"

namespace drift {

// Reads as much as that takes. Nothing that is wrong with a file throws: it is said in the facts.
LibraryFacts facts_of(const LibraryEntry& entry);

}  // namespace drift
