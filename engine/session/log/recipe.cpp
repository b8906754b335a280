#include "session/log/recipe.h"

#include <xxhash.h>

#include <algorithm>

#include "core/byte_stream.h"
#include "core/files.h"
#include "core/version.h"
#include "session/log/session_log.h"

namespace drift {
namespace {

constexpr char magic[8] = {'D', 'r', 'i', 'f', 't', 'R', 'c', '\n'};
constexpr std::uint32_t version = 1;

}  // namespace

// The words first, as they are: a text editor finds them.
std::vector<std::uint8_t> to_bytes(const Recipe& recipe) {
    ByteWriter out;
    out.put(magic);
    out.put(version);
    out.put_text(recipe.about);
    out.put_text(recipe.ending);
    out.put_block(recipe.file);
    out.put<std::uint64_t>(XXH3_64bits(recipe.file.data(), recipe.file.size()));
    return out.bytes;
}

Recipe recipe_of_bytes(std::span<const std::uint8_t> bytes) {
    ByteReader in(bytes);
    auto head = in.take(sizeof magic);
    if (!std::equal(head.begin(), head.end(), magic))
        throw Error("expected the recipe of a picture, found something else");
    if (auto found = in.get<std::uint32_t>(); found != version)
        throw Error("expected a recipe of version " + std::to_string(version) + ", found version " +
                    std::to_string(found));
    Recipe recipe;
    recipe.about = in.get_text(), recipe.ending = in.get_text();
    if (recipe.ending != ".state" && recipe.ending != ".driftlog")
        throw Error("expected a recipe that is a state or a session, found \"" + printable(recipe.ending) + "\"");
    auto block = in.get_block();
    recipe.file.assign(block.begin(), block.end());
    if (in.get<std::uint64_t>() != XXH3_64bits(recipe.file.data(), recipe.file.size()))
        throw Error("the recipe's checksum is wrong: the file is damaged");
    return recipe;
}

Recipe recipe_with(const std::filesystem::path& file, std::string about) {
    InputFile in(file);
    Recipe recipe{std::move(about), file.extension().string(),
                  std::vector<std::uint8_t>(static_cast<std::size_t>(in.size()))};
    in.read(recipe.file.data(), recipe.file.size());
    return recipe;
}

RecipesOfSteps::RecipesOfSteps(const SessionLog& log, std::size_t most)
    : log_(log), most_(most), about_(about_session(log.header)) {
    begin();
}

void RecipesOfSteps::begin() {
    whole_ = LogChunks::begin(log_.header);
    open_ = {};
    next_ = 0;
}

std::vector<std::uint8_t> RecipesOfSteps::of(std::uint64_t step) {
    constexpr std::size_t chunk = 64;  // events
    auto close = [](std::vector<std::uint8_t>& bytes, LogChunks& events) {
        const auto packed = events.take();
        bytes.insert(bytes.end(), packed.begin(), packed.end());
    };
    if (step >= log_.events.size()) return {};
    if (step < next_) begin();
    for (; next_ <= step; ++next_) {
        open_.put(log_.events[static_cast<std::size_t>(next_)]);
        if (open_.events() >= chunk) close(whole_, open_);
        if (whole_.size() > most_) return {};
    }
    std::vector<std::uint8_t> log = whole_;
    LogChunks rest = open_;  // it is closed here, and goes on there
    close(log, rest);
    if (log.size() > most_) return {};
    return to_bytes({about_ + "step: " + std::to_string(step) + "\n", ".driftlog", std::move(log)});
}

std::string about_session(const LogHeader& session) {
    std::string text = "made by: Driftscope " + build_name() + "\nworld: " + session.world +
                       "\nweights: " + session.weights_hash + "\n";
    for (const auto& [what, value] : session.maker) text += "played with " + what + ": " + value + "\n";
    return text;
}

std::string about_step(const WorldInfo& world, const Step& step) {
    std::string text = "made by: Driftscope " + build_name() + "\nworld: " + world.name +
                       "\nweights: " + world.weights_hash + "\nseed: " + std::to_string(step.seed) +
                       "\nframe: " + std::to_string(step.index) + "\n";
    for (const LaneStep& lane : step.lanes)
        for (const auto& [name, value] : setting_pairs(lane.settings))
            text += "lane " + std::to_string(lane.lane + 1) + " " + name + ": " + value + "\n";
    return text;
}

}  // namespace drift
