// drift_libretro: a libretro core with a ROM as a game outside, by the protocol in app/games/README.md.
#include <unistd.h>
#include <xxhash.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "games/libretro/actions.h"
#include "games/libretro/core.h"
#include "games/libretro/options.h"

namespace drift::libretro {
namespace {

using Bytes = std::vector<std::uint8_t>;

struct Options : PlayOptions {
    std::string core, rom, hash, name = "a game";
};

template <class T>
void append(Bytes& bytes, T value) {
    const auto* from = reinterpret_cast<const std::uint8_t*>(&value);
    bytes.insert(bytes.end(), from, from + sizeof value);
}

template <class T>
T number(const Bytes& bytes, std::size_t at) {
    if (at + sizeof(T) > bytes.size()) throw std::runtime_error("expected a longer message");
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

// A state is that before the last step, and the step: so the picture comes back too, which no emulator keeps.
class Host {
public:
    explicit Host(Options options) : options_(std::move(options)) {
        if (!options_.hash.empty() && options_.hash != hash_of(options_.rom))
            throw std::runtime_error(options_.rom + ": expected the ROM that was added (xxh3 " + options_.hash +
                                     "), found another (" + hash_of(options_.rom) + ")");
        core_ = std::make_unique<Core>(options_.core, options_.rom);
        actions_ = actions_of(options_.actions);
        core_->run(0);  // some can be saved only then
        expect_fitting();
        if (core_->saves()) begun_ = core_->save();
        reset(0);
    }

    Bytes hello() const {
        nlohmann::json said{{"protocol", 1},
                            {"name", options_.name},
                            {"width", options_.width},
                            {"height", options_.height},
                            {"save", core_->saves()}};
        said["rate"] = std::max(1, static_cast<int>(core_->frames_a_second() / options_.skip + 0.5));
        bool combined = false;
        for (const Action& action : actions_) {
            said["actions"].push_back({{"name", action.name}, {"keys", action.keys}});
            combined |= action.name.find(' ') != action.name.npos;
        }
        said["joystick"] = combined;
        const std::string text = said.dump();
        return {text.begin(), text.end()};
    }

    Bytes reset(std::uint64_t seed) {
        // A console's reset button keeps memory, and with it what was played before: so the beginning is a state, where there are states.
        begun_.empty() ? core_->reset() : core_->load(begun_);
        const int empty =
            options_.settle +
            (options_.noops > 0 ? static_cast<int>(seed % static_cast<std::uint64_t>(options_.noops + 1)) : 0);
        for (int i = 0; i < std::max(1, empty); ++i) core_->run(0);
        seed_ = seed, before_.clear();
        return shown(0, false);
    }

    Bytes step(std::uint32_t action) {
        if (action >= actions_.size())
            throw std::runtime_error("expected an action below " + std::to_string(actions_.size()) + ", found " +
                                     std::to_string(action));
        if (core_->saves()) before_ = core_->save();
        action_ = action;
        return hold();
    }

    Bytes save() const {
        Bytes state;
        append(state, seed_), append(state, action_);
        state.insert(state.end(), before_.begin(), before_.end());
        return state;
    }

    Bytes load(const Bytes& state) {
        const auto seed = number<std::uint64_t>(state, 0);
        const auto action = number<std::uint32_t>(state, 8);
        if (state.size() == 12) return reset(seed);
        if (action >= actions_.size()) throw std::runtime_error("expected a state of this game, found another");
        Bytes before(state.begin() + 12, state.end());
        core_->load(before);
        seed_ = seed, action_ = action, before_ = std::move(before);
        return hold();
    }

    static std::string hash_of(const std::string& file) {
        std::ifstream in(file, std::ios::binary);
        const Bytes bytes(std::istreambuf_iterator<char>(in), {});
        char text[17];
        std::snprintf(text, sizeof text, "%016llx",
                      static_cast<unsigned long long>(XXH3_64bits(bytes.data(), bytes.size())));
        return text;
    }

private:
    // What is asked of the core's picture and memory must be there.
    void expect_fitting() const {
        const Picture& picture = core_->picture();
        const Crop crop = options_.cropped();
        if (!picture.empty() &&
            (crop.left + crop.right >= picture.width() || crop.top + crop.bottom >= picture.height()))
            throw std::runtime_error("--crop: expected to leave something of a picture of " +
                                     std::to_string(picture.width()) + "x" + std::to_string(picture.height()) +
                                     ", found nothing left");
        for (const auto& [name, address] : {std::pair("--reward", options_.reward), std::pair("--rare", options_.rare)})
            if (address && *address >= core_->memory_size())
                throw std::runtime_error(std::string(name) + ": expected an address in the " +
                                         std::to_string(core_->memory_size()) + " bytes of the core's memory, found " +
                                         std::to_string(*address));
    }

    Bytes hold() {
        const int points = watched(options_.reward), special = watched(options_.rare);
        for (int i = 0; i < options_.skip; ++i) core_->run(actions_[action_].held);
        const int gained = watched(options_.reward) - points;
        return shown(static_cast<float>(gained), gained != 0 || watched(options_.rare) != special);
    }
    int watched(const std::optional<std::size_t>& address) const { return address ? core_->memory(*address) : 0; }

    Bytes shown(float reward, bool rare) const {
        if (core_->picture().empty()) throw std::runtime_error("the core has shown no picture");
        Bytes body;
        append(body, reward), append(body, std::uint8_t{0}), append(body, static_cast<std::uint8_t>(rare)),
            append(body, std::uint16_t{0xffff});
        const auto pixels = core_->picture().shown(options_.cropped(), options_.width, options_.height);
        body.insert(body.end(), pixels.begin(), pixels.end());
        return body;
    }

    Options options_;
    std::unique_ptr<Core> core_;
    std::vector<Action> actions_;
    std::uint64_t seed_ = 0;
    std::uint32_t action_ = 0;
    Bytes begun_, before_;
};

bool read_all(int from, void* into, std::size_t bytes) {
    auto* at = static_cast<char*>(into);
    while (bytes > 0) {
        auto count = read(from, at, bytes);
        if (count <= 0) return false;
        at += count, bytes -= static_cast<std::size_t>(count);
    }
    return true;
}

void answer(int to, const char* kind, const Bytes& body) {
    Bytes message(kind, kind + 4);
    append(message, static_cast<std::uint32_t>(body.size()));
    message.insert(message.end(), body.begin(), body.end());
    for (std::size_t done = 0; done < message.size();) {
        auto count = write(to, message.data() + done, message.size() - done);
        if (count <= 0) _exit(1);
        done += static_cast<std::size_t>(count);
    }
}

void fail(int to, const std::exception& failure) {
    const std::string what = failure.what();
    answer(to, "FAIL", {what.begin(), what.end()});
}

int serve(const Options& options) {
    constexpr std::size_t longest = std::size_t{16} << 20;
    const int from = dup(0), to = dup(1);
    dup2(2, 1);  // what a core prints is not part of the protocol
    std::optional<Host> host;
    try {
        host.emplace(options);
    } catch (const std::exception& failure) {
        fail(to, failure);
        return 1;
    }
    char head[8];
    while (read_all(from, head, sizeof head)) {
        const std::string kind(head, 4);
        std::uint32_t length;
        std::memcpy(&length, head + 4, sizeof length);
        if (length > longest) return 1;
        Bytes body(length);
        if (!read_all(from, body.data(), body.size()) || kind == "BYE_") return 0;
        try {
            if (kind == "HELO") answer(to, "HELO", host->hello());
            else if (kind == "RSET") answer(to, "FRAM", host->reset(number<std::uint64_t>(body, 0)));
            else if (kind == "STEP") answer(to, "FRAM", host->step(number<std::uint32_t>(body, 0)));
            else if (kind == "SAVE") answer(to, "STAT", host->save());
            else if (kind == "LOAD") answer(to, "FRAM", host->load(body));
            else throw std::runtime_error("expected a question of the protocol, found " + kind);
        } catch (const std::exception& failure) {
            fail(to, failure);
        }
    }
    return 0;
}

}  // namespace
}  // namespace drift::libretro

int main(int argc, char** argv) {
    using namespace drift::libretro;
    Options options;
    CLI::App app(
        "drift_libretro: a libretro core and a ROM as a game for Driftscope. `driftlab game add NAME --core CORE --rom "
        "FILE` writes its options.");
    app.add_option("--core", options.core, "The core's library")->required();
    app.add_option("--rom", options.rom, "The ROM; none for cores that bring their game");
    app.add_option("--rom-hash", options.hash, "xxh3 that the ROM must have");
    app.add_option("--name", options.name, "What it is called");
    options.add(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        return app.exit(asked);
    } catch (const CLI::ParseError& wrong) {  // in one line: who started it shows the last
        std::fprintf(stderr, "%s\n", wrong.what());
        return wrong.get_exit_code();
    }
    return serve(options);
}
