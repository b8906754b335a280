// A libretro core that does what real ones do seldom. Its ROM is a text: a pixel format (1555, 565, 8888), and any of "dupe", "geometry",
// "nosave", "crash" and "hang", which happen after a while.
#include <libretro.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <string>
#include <vector>

namespace {

struct State {
    unsigned frame = 0;
    int x = 10, y = 10;
} state;

std::string content;
retro_environment_t environment;
retro_video_refresh_t video;
retro_input_poll_t poll_input;
retro_input_state_t input;

bool says(const char* word) { return content.find(word) != content.npos; }

template <class Pixel>
void draw(unsigned width, unsigned height, Pixel background, Pixel foreground) {
    const std::size_t pitch = width + 5;  // rows are longer than the picture
    std::vector<Pixel> pixels(pitch * height, background);
    for (unsigned y = 0; y < 8; ++y)
        for (unsigned x = 0; x < 8; ++x)
            pixels[(static_cast<unsigned>(state.y) + y) % height * pitch +
                   (static_cast<unsigned>(state.x) + x) % width] = foreground;
    video(pixels.data(), width, height, pitch * sizeof(Pixel));
}

}  // namespace

extern "C" {

void retro_init() {}
void retro_deinit() {}
unsigned retro_api_version() { return RETRO_API_VERSION; }
void retro_get_system_info(retro_system_info* info) {
    std::memset(info, 0, sizeof *info);
    info->library_name = "odd", info->library_version = "1", info->valid_extensions = "txt";
}
void retro_get_system_av_info(retro_system_av_info* info) {
    info->geometry = {64, 64, 128, 128, 1};
    info->timing = {60, 44100};
}
void retro_set_environment(retro_environment_t call) { environment = call; }
void retro_set_video_refresh(retro_video_refresh_t call) { video = call; }
void retro_set_audio_sample(retro_audio_sample_t) {}
void retro_set_audio_sample_batch(retro_audio_sample_batch_t) {}
void retro_set_input_poll(retro_input_poll_t call) { poll_input = call; }
void retro_set_input_state(retro_input_state_t call) { input = call; }
void retro_set_controller_port_device(unsigned, unsigned) {}
void retro_reset() { state = {}; }
void retro_run() {
    poll_input();
    auto held = [](unsigned id) { return input(0, RETRO_DEVICE_JOYPAD, 0, id) != 0; };
    state.x += held(RETRO_DEVICE_ID_JOYPAD_RIGHT) - held(RETRO_DEVICE_ID_JOYPAD_LEFT);
    state.y += held(RETRO_DEVICE_ID_JOYPAD_DOWN) - held(RETRO_DEVICE_ID_JOYPAD_UP);
    ++state.frame;
    if (says("crash") && state.frame == 200) std::raise(SIGSEGV);
    if (says("hang") && state.frame == 200) pause();
    if (says("dupe") && state.frame % 2 == 0) return video(nullptr, 64, 64, 0);
    const bool large = says("geometry") && state.frame / 40 % 2 == 1;
    const unsigned width = large ? 128 : 64, height = large ? 96 : 64;
    if (large) {
        retro_game_geometry geometry{width, height, 128, 128, 1};
        environment(RETRO_ENVIRONMENT_SET_GEOMETRY, &geometry);
    }
    if (says("8888")) draw<std::uint32_t>(width, height, 0xff2040, 0x00ff80);
    else if (says("565")) draw<std::uint16_t>(width, height, 31 << 11, 63 << 5);
    else draw<std::uint16_t>(width, height, 31 << 10, 31 << 5);
}
size_t retro_serialize_size() { return says("nosave") ? 0 : sizeof state; }
bool retro_serialize(void* data, size_t size) {
    if (size < sizeof state) return false;
    std::memcpy(data, &state, sizeof state);
    return true;
}
bool retro_unserialize(const void* data, size_t size) {
    if (size != sizeof state) return false;
    std::memcpy(&state, data, sizeof state);
    return true;
}
void retro_cheat_reset() {}
void retro_cheat_set(unsigned, bool, const char*) {}
bool retro_load_game(const retro_game_info* game) {
    if (!game || !game->data) return false;
    content.assign(static_cast<const char*>(game->data), game->size);
    if (says("refuse")) return false;
    retro_pixel_format format = says("8888")  ? RETRO_PIXEL_FORMAT_XRGB8888
                                : says("565") ? RETRO_PIXEL_FORMAT_RGB565
                                              : RETRO_PIXEL_FORMAT_0RGB1555;
    return environment(RETRO_ENVIRONMENT_SET_PIXEL_FORMAT, &format);
}
bool retro_load_game_special(unsigned, const retro_game_info*, size_t) { return false; }
void retro_unload_game() {}
unsigned retro_get_region() { return RETRO_REGION_NTSC; }
void* retro_get_memory_data(unsigned kind) { return kind == RETRO_MEMORY_SYSTEM_RAM ? &state : nullptr; }
size_t retro_get_memory_size(unsigned kind) { return kind == RETRO_MEMORY_SYSTEM_RAM ? sizeof state : 0; }
}
