#include "player/licences.h"

namespace drift {

std::span<const Licence> licences() {
    static constexpr Licence all[] = {
        {"Cairo", "LGPL 2.1 or MPL 1.1", "cairographics.org"},
        {"CLI11", "BSD (3 clauses)", "github.com/CLIUtils/CLI11"},
        {"Dear ImGui", "MIT", "github.com/ocornut/imgui"},
        {"DejaVu fonts", "Bitstream Vera and public domain", "dejavu-fonts.github.io"},
        {"FFmpeg", "LGPL 2.1 or later; GPL where it was built with GPL parts, as Debian's is", "ffmpeg.org/legal.html"},
        {"Fontconfig", "MIT (HPND)", "fontconfig.org"},
        {"FreeType", "FreeType licence or GPL 2", "freetype.org/license.html"},
        {"glm", "MIT", "github.com/g-truc/glm"},
        {"HDF5", "BSD (3 clauses)", "hdfgroup.org"},
        {"libepoxy", "MIT", "github.com/anholt/libepoxy"},
        {"libpng", "PNG Reference Library License 2", "libpng.org"},
        {"libretro.h", "MIT", "github.com/libretro/libretro-common"},
        {"LibTorch", "BSD (3 clauses)", "github.com/pytorch/pytorch"},
        {"libzip", "BSD (3 clauses)", "libzip.org"},
        {"nlohmann-json", "MIT", "github.com/nlohmann/json"},
        {"Roboto", "Apache 2.0", "github.com/googlefonts/roboto"},
        {"SDL2", "zlib", "libsdl.org"},
        {"spdlog", "MIT", "github.com/gabime/spdlog"},
        {"toml++", "MIT", "github.com/marzer/tomlplusplus"},
        {"xxHash", "BSD (2 clauses)", "github.com/Cyan4973/xxHash"},
        {"yaml-cpp", "MIT", "github.com/jbeder/yaml-cpp"},
        {"zlib", "zlib", "zlib.net"},
        {"zstd", "BSD (3 clauses) or GPL 2", "github.com/facebook/zstd"}};
    return all;
}

}  // namespace drift
