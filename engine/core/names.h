// Names and counts as people and their systems write them: blanks around them, endings of files in any case, and what is no one's file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace drift {

std::string lower_case(std::string_view text);  // of ASCII's letters; all other bytes stay
// "1 frame", "2 frames".
std::string counted(std::size_t count, std::string_view noun);
std::string_view trimmed(std::string_view text, std::string_view blanks = " \t");  // at both ends
// The ending in small letters, with its dot: ".png" of "A.PNG". Empty where there is none.
std::string ending_of(const std::filesystem::path& file);
// May a file of that name be a picture, or weights of a network, by its ending? What it is shows when it is read.
bool names_picture(const std::filesystem::path& file);
bool names_weights(const std::filesystem::path& file);
// Hidden files, and what systems and programs leave beside people's files: "._a.png" and "__MACOSX" of macOS, Thumbs.db and desktop.ini of
// Windows, index folders of network drives, copies that editors keep.
bool is_clutter(const std::filesystem::path& path);
// What the folder has by that name, in any case: exactly so where there is one. Empty where there is none.
std::filesystem::path find_entry(const std::filesystem::path& folder, const std::string& name);

}  // namespace drift
