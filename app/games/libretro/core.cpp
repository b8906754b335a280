#include "games/libretro/core.h"

#include <dlfcn.h>
#include <libretro.h>
#include <stdlib.h>

#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace drift::libretro {

struct Core::Calls {
    void* library = nullptr;
    decltype(&retro_init) init = nullptr;
    decltype(&retro_deinit) deinit = nullptr;
    decltype(&retro_api_version) api_version = nullptr;
    decltype(&retro_get_system_info) get_system_info = nullptr;
    decltype(&retro_get_system_av_info) get_system_av_info = nullptr;
    decltype(&retro_set_environment) set_environment = nullptr;
    decltype(&retro_set_video_refresh) set_video_refresh = nullptr;
    decltype(&retro_set_audio_sample) set_audio_sample = nullptr;
    decltype(&retro_set_audio_sample_batch) set_audio_sample_batch = nullptr;
    decltype(&retro_set_input_poll) set_input_poll = nullptr;
    decltype(&retro_set_input_state) set_input_state = nullptr;
    decltype(&retro_set_controller_port_device) set_controller_port_device = nullptr;
    decltype(&retro_reset) reset = nullptr;
    decltype(&retro_run) run = nullptr;
    decltype(&retro_serialize_size) serialize_size = nullptr;
    decltype(&retro_serialize) serialize = nullptr;
    decltype(&retro_unserialize) unserialize = nullptr;
    decltype(&retro_load_game) load_game = nullptr;
    decltype(&retro_unload_game) unload_game = nullptr;
    decltype(&retro_get_memory_data) get_memory_data = nullptr;
    decltype(&retro_get_memory_size) get_memory_size = nullptr;
};

namespace {

constexpr int largest_side = 4096;
constexpr std::size_t largest_state = std::size_t{8} << 20, largest_content = std::size_t{256} << 20;

// The interface's callbacks carry no pointer of ours.
struct {
    Picture picture;
    PixelFormat format = PixelFormat::xrgb1555;
    std::uint16_t held = 0;
    std::string folder;
    bool plays_alone = false;  // without a ROM
} shared;

void log_line(retro_log_level level, const char* format, ...) {
    if (level < RETRO_LOG_WARN) return;
    va_list arguments;
    va_start(arguments, format);
    std::vfprintf(stderr, format, arguments);
    va_end(arguments);
}

bool environment(unsigned command, void* data) {
    switch (command) {
        case RETRO_ENVIRONMENT_GET_CAN_DUPE: *static_cast<bool*>(data) = true; return true;
        case RETRO_ENVIRONMENT_SET_PIXEL_FORMAT:
            switch (*static_cast<const retro_pixel_format*>(data)) {
                case RETRO_PIXEL_FORMAT_0RGB1555: shared.format = PixelFormat::xrgb1555; return true;
                case RETRO_PIXEL_FORMAT_XRGB8888: shared.format = PixelFormat::xrgb8888; return true;
                case RETRO_PIXEL_FORMAT_RGB565: shared.format = PixelFormat::rgb565; return true;
                default: return false;
            }
        case RETRO_ENVIRONMENT_GET_SYSTEM_DIRECTORY:
        case RETRO_ENVIRONMENT_GET_SAVE_DIRECTORY:
            *static_cast<const char**>(data) = shared.folder.c_str();
            return true;
        case RETRO_ENVIRONMENT_GET_LOG_INTERFACE: static_cast<retro_log_callback*>(data)->log = log_line; return true;
        case RETRO_ENVIRONMENT_GET_INPUT_BITMASKS: return true;
        case RETRO_ENVIRONMENT_SET_SUPPORT_NO_GAME: shared.plays_alone = *static_cast<const bool*>(data); return true;
        case RETRO_ENVIRONMENT_SET_GEOMETRY:
        case RETRO_ENVIRONMENT_SET_SYSTEM_AV_INFO: return true;  // each picture says its size itself
        case RETRO_ENVIRONMENT_GET_VARIABLE_UPDATE: *static_cast<bool*>(data) = false; return true;
        default: return false;
    }
}

void video(const void* data, unsigned width, unsigned height, std::size_t pitch) {
    if (!data || data == RETRO_HW_FRAME_BUFFER_VALID) return;  // the same as before
    if (width < 1 || height < 1 || width > largest_side || height > largest_side) return;
    shared.picture.take(data, static_cast<int>(width), static_cast<int>(height), pitch, shared.format);
}

std::int16_t input(unsigned port, unsigned device, unsigned, unsigned id) {
    if (port != 0 || (device & RETRO_DEVICE_MASK) != RETRO_DEVICE_JOYPAD) return 0;
    if (id == RETRO_DEVICE_ID_JOYPAD_MASK) return static_cast<std::int16_t>(shared.held);
    return id < 16 ? shared.held >> id & 1 : 0;
}

template <class Function>
void find(void* library, const char* name, Function& into) {
    into = reinterpret_cast<Function>(dlsym(library, name));
    if (!into) throw std::runtime_error(std::string("expected a libretro core, found a library without ") + name);
}

}  // namespace

Core::Folder::Folder() {
    char name[] = "/tmp/driftscope-core-XXXXXX";
    if (!mkdtemp(name)) throw std::runtime_error("expected a folder for the core in /tmp, found none that can be made");
    path = name;
}

Core::Folder::~Folder() {
    std::error_code failure;
    std::filesystem::remove_all(path, failure);
}

Core::Core(const std::string& library, const std::string& content) : calls_(std::make_unique<Calls>()) {
    Calls& c = *calls_;
    c.library = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!c.library) throw std::runtime_error(std::string("the core cannot be opened: ") + dlerror());
    find(c.library, "retro_init", c.init), find(c.library, "retro_deinit", c.deinit),
        find(c.library, "retro_api_version", c.api_version);
    find(c.library, "retro_get_system_info", c.get_system_info),
        find(c.library, "retro_get_system_av_info", c.get_system_av_info);
    find(c.library, "retro_set_environment", c.set_environment),
        find(c.library, "retro_set_video_refresh", c.set_video_refresh);
    find(c.library, "retro_set_audio_sample", c.set_audio_sample),
        find(c.library, "retro_set_audio_sample_batch", c.set_audio_sample_batch);
    find(c.library, "retro_set_input_poll", c.set_input_poll),
        find(c.library, "retro_set_input_state", c.set_input_state);
    find(c.library, "retro_set_controller_port_device", c.set_controller_port_device);
    find(c.library, "retro_reset", c.reset), find(c.library, "retro_run", c.run);
    find(c.library, "retro_serialize_size", c.serialize_size), find(c.library, "retro_serialize", c.serialize),
        find(c.library, "retro_unserialize", c.unserialize);
    find(c.library, "retro_load_game", c.load_game), find(c.library, "retro_unload_game", c.unload_game);
    find(c.library, "retro_get_memory_data", c.get_memory_data),
        find(c.library, "retro_get_memory_size", c.get_memory_size);
    if (c.api_version() != RETRO_API_VERSION)
        throw std::runtime_error("expected libretro's interface 1, found " + std::to_string(c.api_version()));

    shared.folder = folder_.path.string();
    c.set_environment(environment);
    c.set_video_refresh(video);
    c.set_audio_sample([](std::int16_t, std::int16_t) {});
    c.set_audio_sample_batch([](const std::int16_t*, std::size_t frames) { return frames; });
    c.set_input_poll([] {});
    c.set_input_state(input);
    c.init();

    retro_system_info about{};
    c.get_system_info(&about);
    if (content.empty() && !shared.plays_alone)
        throw std::runtime_error(std::string("expected a ROM for ") + (about.library_name ? about.library_name : "it") +
                                 ", which does not play without: --rom FILE");
    std::error_code failure;
    if (!content.empty() && !std::filesystem::is_regular_file(content, failure))
        throw std::runtime_error(content + ": expected a ROM, found " +
                                 (std::filesystem::exists(content, failure) ? "no file" : "nothing"));
    retro_game_info game{content.c_str(), nullptr, 0, nullptr};
    if (!content.empty() && !about.need_fullpath) {
        std::ifstream file(content, std::ios::binary);
        if (!file || std::filesystem::file_size(content) > largest_content)
            throw std::runtime_error(content + ": expected a ROM of at most 256 MB, found none that can be read");
        content_.assign(std::istreambuf_iterator<char>(file), {});
        game.data = content_.data(), game.size = content_.size();
    }
    if (!c.load_game(content.empty() ? nullptr : &game))
        throw std::runtime_error((content.empty() ? "it" : content) + ": expected a ROM that " +
                                 (about.library_name ? about.library_name : "the core") +
                                 " plays, found one that it refuses");
    c.set_controller_port_device(0, RETRO_DEVICE_JOYPAD);  // some have none plugged in until they are told
    retro_system_av_info av{};
    c.get_system_av_info(&av);
    if (av.timing.fps > 1 && av.timing.fps < 1000) rate_ = av.timing.fps;
    const std::size_t state = c.serialize_size();
    saves_ = state > 0 && state <= largest_state;
}

Core::~Core() {
    calls_->unload_game();
    calls_->deinit();
}

void Core::reset() { calls_->reset(); }

void Core::run(std::uint16_t held) {
    shared.held = held;
    calls_->run();
}

const Picture& Core::picture() const { return shared.picture; }

std::vector<std::uint8_t> Core::save() const {
    std::vector<std::uint8_t> state(calls_->serialize_size());
    if (state.empty() || state.size() > largest_state || !calls_->serialize(state.data(), state.size()))
        throw std::runtime_error("the core could not save its state");
    return state;
}

void Core::load(std::span<const std::uint8_t> state) {
    if (!calls_->unserialize(state.data(), state.size()))
        throw std::runtime_error("the core refused a state of " + std::to_string(state.size()) + " bytes");
}

std::size_t Core::memory_size() const {
    return calls_->get_memory_data(RETRO_MEMORY_SYSTEM_RAM) ? calls_->get_memory_size(RETRO_MEMORY_SYSTEM_RAM) : 0;
}

std::uint8_t Core::memory(std::size_t address) const {
    const auto* bytes = static_cast<const std::uint8_t*>(calls_->get_memory_data(RETRO_MEMORY_SYSTEM_RAM));
    return address < memory_size() ? bytes[address] : 0;
}

}  // namespace drift::libretro
