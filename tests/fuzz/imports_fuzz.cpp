// Damaged files of other people's recorders, under sanitizers: each is read or refused with an Error, and what is read fits together. Without media,
// so JPEG pictures are refused. HDF5's library, which some damage crashes, runs apart as it does in the program. imports_fuzz KIND --inputs N [--first I]; KIND is diamond, npz, csgo, minari, notes, ticks or events.
#include <sanitizer/common_interface_defs.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>

#include "core/error.h"
#include "data/imports/apart.h"
#include "data/imports/csgo_file.h"
#include "data/imports/diamond_episode.h"
#include "data/imports/minari_episode.h"
#include "data/imports/npz_play.h"
#include "data/imports/owl_events.h"
#include "data/imports/vpt_ticks.h"
#include "made_imports.h"

using namespace drift;

namespace {

std::uint64_t current = 0;  // the input that is being read

void require(bool condition) {
    if (!condition) std::abort();
}

// Counts, and looks at every byte.
struct Sink : EpisodeSink {
    std::size_t frames = 0, steps = 0, sum = 0;
    void expect(std::size_t) override {}
    void frame(Frame frame) override {
        require(frame.width > 0 && frame.height > 0 &&
                frame.rgb.size() == static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height) * 3);
        for (std::uint8_t byte : frame.rgb) sum += byte;
        // A few bytes may claim many pictures that honestly are there (deflated zeros), but not for ever.
        if (++frames > 300 || sum > (std::size_t{1} << 34)) throw Error("enough");
    }
    void step(const ImportedStep& step) override {
        require(step.action >= 0 && step.action < most_actions);
        ++steps;
    }
};

std::string damaged(std::string bytes, std::mt19937_64& random) {
    auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    for (std::size_t times = 1 + below(1 + below(6)); times > 0 && !bytes.empty(); --times) {
        const std::size_t at = below(bytes.size());
        switch (below(7)) {
            case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8))); break;
            case 1: bytes[at] = static_cast<char>(below(256)); break;
            case 2: {
                const std::uint64_t numbers[] = {
                    0, 1, ~0ull, 1ull << 31, (1ull << 31) - 1, 1ull << 63, bytes.size(), below(1u << 20)};
                const std::uint64_t number = numbers[below(std::size(numbers))];
                for (std::size_t i = 0, width = std::size_t{1} << below(4); i < width && at + i < bytes.size(); ++i)
                    bytes[at + i] = static_cast<char>(number >> 8 * i);
                break;
            }
            case 3: bytes.erase(at, 1 + below(16)); break;
            case 4: bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(32))); break;
            case 5:
                if (below(8) == 0) bytes.resize(at);
                break;
            default:
                bytes.replace(at, std::min<std::size_t>(8, bytes.size() - at), bytes.substr(below(bytes.size()), 8));
                break;
        }
    }
    return bytes;
}

struct Kind {
    std::vector<std::string> seeds;
    std::function<void(const std::string&)> read;
};

std::map<std::string, Kind> kinds() {
    const MinariNotes notes = minari_notes(made_minari_notes, "notes");
    const std::string ticks = made_tick("\"key.keyboard.w\"", "0, 1", "0", -3.5, 4) + made_tick("", "", "", 1, 2, true);
    auto archive = [](const std::string& bytes) {
        ZipArchive opened(bytes, "fuzz");
        Sink sink;
        read_npz_play(opened, "fuzz", {}, sink);
        require(sink.frames == sink.steps || sink.frames == sink.steps + 1);
    };
    return {
        {"diamond",
         {{made_diamond(3), made_diamond(1)},
          [](const std::string& bytes) {
              Sink sink;
              read_diamond_episode(bytes, "fuzz", sink);
              require(sink.frames == sink.steps || sink.frames == sink.steps + 1);
          }}},
        {"npz", {{made_npz(3, false, false), made_npz(3, true, true), made_npz(3, false, true)}, archive}},
        {"csgo",
         {{made_csgo(2)},
          [](const std::string& bytes) {
              Sink sink;
              read_apart(
                  "fuzz", [&](EpisodeSink& to) { read_csgo_file(Hdf5File(bytes, "fuzz"), "fuzz", to); }, sink);
          }}},
        {"minari",
         {{made_minari(3), made_minari(2, {"\xFF\xD8\xFF", "abc", ""})},
          [notes](const std::string& bytes) {
              Sink sink;
              read_apart(
                  "fuzz",
                  [&](EpisodeSink& to) {
                      const Hdf5File file(bytes, "fuzz");
                      for (const std::string& group : minari_episodes(file))
                          read_minari_episode(file, "fuzz", group, notes, to);
                  },
                  sink);
          }}},
        {"notes", {{made_minari_notes}, [](const std::string& text) { minari_notes(text, "fuzz"); }}},
        {"ticks",
         {{ticks},
          [](const std::string& text) {
              begins_with_tick(text.substr(0, text.find('\n')));
              read_ticks(text, "fuzz");
          }}},
        {"events",
         {{made_owl_events},
          [](const std::string& text) {
              const auto steps = steps_of_events(read_owl_events(text, "fuzz"), vpt_facts().buttons, 20, 30);
              require(steps.size() == 30);
          }}},
    };
}

}  // namespace

// Nothing that a small file claims may be taken from memory; the libraries' own complaints are theirs.
extern "C" const char* __asan_default_options() {
    return "max_allocation_size_mb=1024:allocator_may_return_null=1:quarantine_size_mb=8";
}

int main(int count, char** words) {
    std::uint64_t inputs = 0, first = 0;
    for (int i = 2; i + 1 < count; i += 2) {
        const std::string word = words[i];
        if (word == "--inputs") inputs = std::strtoull(words[i + 1], nullptr, 10);
        if (word == "--first") first = std::strtoull(words[i + 1], nullptr, 10);
    }
    const auto all = kinds();
    const auto kind = count > 1 ? all.find(words[1]) : all.end();
    if (inputs == 0 || kind == all.end()) {
        std::fprintf(stderr, "Usage: imports_fuzz KIND --inputs N [--first I]\n");
        return 2;
    }
    __sanitizer_set_death_callback(
        [] { std::fprintf(stderr, "at input %llu\n", static_cast<unsigned long long>(current)); });
    std::uint64_t sound = 0;
    for (current = first; current < first + inputs; ++current) {
        std::mt19937_64 random(current);
        const auto& seeds = kind->second.seeds;
        try {
            kind->second.read(damaged(seeds[random() % seeds.size()], random));
            ++sound;
        } catch (const Error& error) {
            require(printable(error.what()) == error.what());
        } catch (const std::bad_alloc&) {
            std::fprintf(stderr, "took too much memory at input %llu\n", static_cast<unsigned long long>(current));
            return 1;
        }
    }
    std::printf("%llu damaged files, %llu of them still sound\n", static_cast<unsigned long long>(inputs),
                static_cast<unsigned long long>(sound));
    return sound > 0 && sound < inputs ? 0 : 1;
}
