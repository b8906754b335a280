// An emulator core: a library that speaks libretro, opened in this process, which is there for nothing else.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "games/libretro/picture.h"

namespace drift::libretro {

// One a process: the interface has no place for more.
class Core {
public:
    // Throws std::runtime_error with a sentence where the library is no core or does not take the file.
    Core(const std::string& library, const std::string& content);
    ~Core();
    Core(const Core&) = delete;
    Core& operator=(const Core&) = delete;

    double frames_a_second() const { return rate_; }
    void reset();
    // A frame with these buttons of the first pad held: bit i is libretro's RETRO_DEVICE_ID_JOYPAD_... i.
    void run(std::uint16_t held);
    const Picture& picture() const;

    bool saves() const { return saves_; }
    std::vector<std::uint8_t> save() const;
    void load(std::span<const std::uint8_t> state);
    std::size_t memory_size() const;  // of the emulated machine, in bytes
    // A byte of it; 0 beyond it.
    std::uint8_t memory(std::size_t address) const;

private:
    struct Calls;
    // For what a core wants to keep: empty, and gone when this ends, however it ends.
    struct Folder {
        Folder();
        ~Folder();
        std::filesystem::path path;
    };
    Folder folder_;
    std::unique_ptr<Calls> calls_;
    std::vector<std::uint8_t> content_;
    double rate_ = 60;
    bool saves_ = false;
};

}  // namespace drift::libretro
