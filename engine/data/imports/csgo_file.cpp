#include "data/imports/csgo_file.h"

#include <algorithm>

#include "core/csgo_action.h"
#include "core/error.h"
#include "data/imports/apart.h"
#include "data/imports/csgo_steps.h"

namespace drift {
namespace {

constexpr std::size_t most_arrays = 1'000'000;

std::string array_name(std::size_t frame, const char* what) { return "frame_" + std::to_string(frame) + "_" + what; }

}  // namespace

bool is_csgo_file(const Hdf5File& file) {
    return file.is_array(array_name(0, "x")) && file.is_array(array_name(0, "y"));
}

PlayFacts csgo_facts() {
    PlayFacts facts;
    facts.rate = 16;  // as it was recorded; the files do not say
    facts.buttons = csgo_buttons();
    facts.columns = {"kill", "death"};
    return facts;
}

void read_csgo_file(const Hdf5File& file, const std::filesystem::path& name, EpisodeSink& sink) {
    const auto names = file.names("/", most_arrays);
    const auto frames = static_cast<std::size_t>(std::count_if(names.begin(), names.end(), [](const std::string& one) {
        return one.starts_with("frame_") && one.ends_with("_x");
    }));
    sink.expect(frames);
    for (std::size_t i = 0; i < frames; ++i) {
        const std::string pixels = array_name(i, "x"), helper = array_name(i, "helperarr");
        const Hdf5Array array = file.array(pixels);
        if (array.kind != Hdf5Array::Kind::u8 || array.shape.size() != 3 || array.shape[2] != 3 ||
            std::min(array.shape[0], array.shape[1]) < 1 ||
            std::max(array.shape[0], array.shape[1]) > longest_imported_side)
            throw Error(name, "expected uint8 [height, width, 3] in " + pixels + ", found another array");
        Frame frame(static_cast<int>(array.shape[1]), static_cast<int>(array.shape[0]));
        file.read_bytes(pixels, 0, array.shape[0], frame.rgb.data());
        for (std::size_t at = 0; at < frame.rgb.size(); at += 3) std::swap(frame.rgb[at], frame.rgb[at + 2]);
        ImportedStep step;
        step.held = csgo_step(file.numbers(array_name(i, "y"), csgo_vector_size), name, i);
        if (file.is_array(helper)) step.more = file.numbers(helper, 2);
        step.more.resize(2);
        sink.frame(std::move(frame));
        sink.step(step);
    }
}

void read_csgo_file(const std::filesystem::path& file, EpisodeSink& sink) {
    read_apart(
        file, [&](EpisodeSink& to) { read_csgo_file(Hdf5File(file), file, to); }, sink);
}

}  // namespace drift
