// What the page "Library" shows of its items, and what can be done to one.
#pragma once

#include <string>
#include <vector>

#include "player/view.h"

namespace drift {

// Those whose name, world, kind or date answers to what is typed, in the order that was chosen.
std::vector<const LibraryItem*> listed(const LibraryPage& page);

const char* kind_name(LibraryEntry::Kind kind);
// "2026-03-01 20:15", in local time.
std::string date_words(std::int64_t nanoseconds);
// "0:32, 480 frames", with what is known; "reading ..." until it was read.
std::string length_words(const LibraryItem& item);

// Is it what is being recorded, or filmed, now?
bool being_written(const View& view, const LibraryItem& item);

// What can be done to it, its main deed first.
std::vector<LibraryWish::Deed> deeds(const LibraryItem& item);
const char* deed_name(LibraryWish::Deed deed, const LibraryItem& item);
// What it would do; and why it cannot now, or "".
std::string deed_meaning(LibraryWish::Deed deed, const LibraryItem& item);
std::string why_not(LibraryWish::Deed deed, const LibraryItem& item, const View& view);

// The one that the page stands on, of those that are listed: the first where it is gone. -1: there is none.
int chosen_of(const LibraryPage& page, const std::vector<const LibraryItem*>& items);

}  // namespace drift
