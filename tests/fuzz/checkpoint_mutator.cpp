// Random damage to the cases of a folder, the same with every run, each thrown at checkpoint_fuzz.cpp: for a test of some seconds where there is no
// libFuzzer, and for long runs by hand. Usage: checkpoint_fuzz FOLDER --inputs N [--first I]. Ten million: checkpoint_fuzz tests/golden/pt-cases --inputs 10000000
#include <sanitizer/common_interface_defs.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "core/error.h"
#include "formats/checkpoint/checkpoint_zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace drift {
namespace {

std::uint64_t current = 0;  // the input that is being read

// The files, and the pickles in those that are archives.
std::vector<std::string> read_seeds(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".pt") files.push_back(entry.path());
    std::sort(files.begin(), files.end());  // folders have no order of their own
    std::vector<std::string> seeds;
    for (const auto& path : files) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        try {
            CheckpointZip archive(std::string_view(seeds.back()), path);
            std::string pickle(archive.size("data.pkl"), '\0');
            archive.read("data.pkl", pickle.data());
            seeds.push_back(std::move(pickle));
        } catch (const Error&) {  // no archive, or a broken one
        }
    }
    return seeds;
}

class Damage {
public:
    explicit Damage(std::uint64_t number) : random_(number) {}

    std::string apply(const std::vector<std::string>& seeds) {
        std::string bytes = seeds[below(seeds.size())];
        // The bombs are large and alike all the way: mostly their beginning does.
        if (bytes.size() > 4096 && below(16) != 0) bytes.resize(4096);
        // Mostly little, or hardly anything gets past the first check.
        for (std::size_t left = 1 + below(1 + below(4)); left > 0 && !bytes.empty(); --left) once(bytes, seeds);
        return bytes;
    }

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

    void once(std::string& bytes, const std::vector<std::string>& seeds) {
        std::size_t at = below(bytes.size());
        switch (below(8)) {
            case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8))); return;
            case 1: bytes[at] = static_cast<char>(below(256)); return;
            case 2: {  // an opcode in place of another
                constexpr std::string_view opcodes =
                    "(.012FIJKLMNPQRSTUVXabcd}eghijl]opqrst)"
                    "uGBC\x80\x81\x82\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x93\x94\x95";
                bytes[at] = opcodes[below(opcodes.size())];
                return;
            }
            case 3: {  // a number that may be a length, a place or a count
                const std::uint64_t numbers[] = {
                    0,          1,          ~0ull,        1ull << 31,          (1ull << 31) - 1,
                    1ull << 32, 1ull << 63, bytes.size(), below(bytes.size()), below(1u << 20)};
                std::uint64_t number = numbers[below(std::size(numbers))];
                std::size_t width = std::size_t{1} << below(4);
                for (std::size_t i = 0; i < width && at + i < bytes.size(); ++i)
                    bytes[at + i] = static_cast<char>(number >> 8 * i);
                return;
            }
            case 4: bytes.erase(at, 1 + below(16)); return;
            case 5: bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(32))); return;
            case 6: {
                const std::string& other = seeds[below(seeds.size())];
                if (!other.empty()) bytes.replace(at, below(64), other, below(other.size()), 1 + below(64));
                return;
            }
            case 7:
                if (below(4) == 0) bytes.resize(at);
                else bytes.append(1 + below(8), static_cast<char>(below(256)));
                return;
        }
    }

    std::mt19937_64 random_;
};

int run(const std::filesystem::path& folder, std::uint64_t first, std::uint64_t inputs) {
    std::vector<std::string> seeds = read_seeds(folder);
    if (seeds.empty()) throw Error(folder, "expected checkpoints to damage, found none");
    __sanitizer_set_death_callback(
        [] { std::fprintf(stderr, "at input %llu\n", static_cast<unsigned long long>(current)); });
    for (const std::string& seed : seeds)
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(seed.data()), seed.size());
    auto begin = std::chrono::steady_clock::now();
    for (current = first; current < first + inputs; ++current) {
        std::string bytes = Damage(current).apply(seeds);
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("%llu inputs from %zu seeds in %.1f s: read or refused, all of them\n",
                static_cast<unsigned long long>(inputs), seeds.size(), took.count());
    return 0;
}

}  // namespace
}  // namespace drift

int main(int count, char** words) {
    std::uint64_t inputs = 0, first = 0;
    for (int i = 2; i + 1 < count; i += 2) {
        std::string word = words[i];
        if (word == "--inputs") inputs = std::strtoull(words[i + 1], nullptr, 10);
        if (word == "--first") first = std::strtoull(words[i + 1], nullptr, 10);
    }
    if (inputs == 0) {
        std::fprintf(stderr, "Usage: checkpoint_fuzz FOLDER --inputs N [--first I]\n");
        return 2;
    }
    try {
        return drift::run(words[1], first, inputs);
    } catch (const drift::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
