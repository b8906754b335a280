#include "model/world/spawn.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <string>

#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "formats/npy.h"
#include "model/bytes.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_spawns = 256;

at::ScalarType scalar_type(NpyType type) {
    switch (type) {
        case NpyType::boolean: return at::kBool;
        case NpyType::u8: return at::kByte;
        case NpyType::i8: return at::kChar;
        case NpyType::i16: return at::kShort;
        case NpyType::i32: return at::kInt;
        case NpyType::i64: return at::kLong;
        case NpyType::f16: return at::kHalf;
        case NpyType::f32: return at::kFloat;
        case NpyType::f64: return at::kDouble;
    }
    return at::kByte;
}

std::string text_of(at::IntArrayRef shape) {
    std::string text;
    for (auto extent : shape) text += (text.empty() ? "" : ", ") + std::to_string(extent);
    return "(" + text + ")";
}

// fp32, whatever the file's type.
at::Tensor read_array(const fs::path& file) {
    NpyReader reader(file);  // its elements fill the file exactly, so no more is allocated than is there
    auto values = at::empty(reader.shape(), scalar_type(reader.type()));
    reader.read(values.data_ptr(), values.nbytes());
    return values.to(at::kFloat);
}

std::vector<Frame> read_frames(const fs::path& file, int context, int width, int height) {
    auto values = read_array(file);
    std::vector<std::int64_t> expected = {context, 3, height, width};
    if (values.sizes() != at::IntArrayRef(expected))
        throw Error(file, "expected frames of the shape " + text_of(expected) + ", found " + text_of(values.sizes()));
    if (!((values >= 0) & (values <= 255)).all().item<bool>())
        throw Error(file, "expected levels from 0 to 255, found others");
    auto bytes = values.round().to(at::kByte);
    std::vector<Frame> frames;
    for (int i = 0; i < context; ++i) frames.push_back(frame_of_bytes(bytes[i].contiguous()));
    return frames;
}

std::vector<ActionCode> read_actions(const fs::path& file, const OpeningShape& shape) {
    auto values = read_array(file).contiguous();
    const bool vectors = shape.actions.kind == ActionSpace::Kind::buttons;
    const auto inputs = static_cast<std::int64_t>(shape.actions.inputs());
    if (values.dim() != (vectors ? 2 : 1) || values.size(0) < shape.context_frames - 1 ||
        (vectors && values.size(1) != inputs))
        throw Error(file, std::string("expected actions of the shape (T") +
                              (vectors ? ", " + std::to_string(inputs) + ")" : ")") + ", T at least " +
                              std::to_string(shape.context_frames - 1) + ", found " + text_of(values.sizes()));
    std::vector<ActionCode> actions;
    for (std::int64_t i = 0; i + 1 < shape.context_frames; ++i) {
        auto row = values[i];
        auto code = vectors ? shape.actions.code_of({row.data_ptr<float>(), shape.actions.inputs()})
                            : std::optional<ActionCode>(static_cast<int>(std::clamp(row.item<float>(), -1.0f, 1e6f)));
        if (!code || !shape.actions.valid(*code))
            throw Error(file, vectors ? "expected " + std::to_string(inputs) +
                                            " zeros and ones with at most one class of the mouse's x and of its "
                                            "y, found others in row " +
                                            std::to_string(i)
                                      : "expected actions from 0 to " + std::to_string(shape.actions.size() - 1) +
                                            ", found others");
        actions.push_back(*code);
    }
    return actions;
}

History read_spawn(const fs::path& folder, const OpeningShape& shape) {
    History history;
    history.frames = read_frames(folder / "full_res.npy", shape.context_frames, shape.width, shape.height);
    if (shape.low_width > 0)
        history.low = read_frames(folder / "low_res.npy", shape.context_frames, shape.low_width, shape.low_height);
    history.actions = read_actions(folder / "act.npy", shape);
    return history;
}

// "2" before "10".
bool before(const fs::path& a, const fs::path& b) {
    auto number = [](const std::string& name) {
        return !name.empty() && name.size() < 10 && name.find_first_not_of("0123456789") == name.npos ? std::stoi(name)
                                                                                                      : -1;
    };
    int x = number(a.stem().string()), y = number(b.stem().string());
    return x >= 0 && y >= 0 && x != y ? x < y : a.filename().native() < b.filename().native();
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> found = names_in(folder);
    std::erase_if(found, [](const fs::path& path) { return is_clutter(path); });
    std::sort(found.begin(), found.end(), before);
    return found;
}

// The last T pictures of a folder; nothing where it has none.
std::optional<History> read_pictures(const fs::path& folder, const OpeningShape& shape,
                                     const PictureReader& read_picture) {
    std::vector<fs::path> pictures = entries(folder);
    std::erase_if(pictures, [](const fs::path& file) { return !names_picture(file); });
    if (pictures.empty() || !read_picture || shape.low_width > 0) return std::nullopt;
    const auto context = static_cast<std::size_t>(shape.context_frames);
    if (pictures.size() < context)
        throw Error(folder, "expected at least " + std::to_string(context) + " pictures to start from, found " +
                                std::to_string(pictures.size()));
    History history;
    for (std::size_t i = pictures.size() - context; i < pictures.size(); ++i) {
        Frame frame = read_picture(pictures[i]);
        if (frame.width != shape.width || frame.height != shape.height)
            throw Error(pictures[i], "expected a picture of " + std::to_string(shape.width) + "x" +
                                         std::to_string(shape.height) + ", found " + std::to_string(frame.width) + "x" +
                                         std::to_string(frame.height));
        history.frames.push_back(std::move(frame));
    }
    history.actions.assign(context - 1, shape.actions.noop());
    return history;
}

}  // namespace

std::vector<History> read_spawns(const fs::path& folder, const OpeningShape& shape, const PictureReader& read_picture) {
    std::vector<History> openings;
    if (auto history = read_pictures(folder, shape, read_picture)) openings.push_back(std::move(*history));
    for (const fs::path& entry : entries(folder)) {
        std::error_code error;
        if (openings.size() == most_spawns || !fs::is_directory(entry, error)) continue;
        if (fs::exists(entry / "full_res.npy", error)) openings.push_back(read_spawn(entry, shape));
        else if (auto history = read_pictures(entry, shape, read_picture)) openings.push_back(std::move(*history));
    }
    return openings;
}

}  // namespace drift
