// Any bytes as a checkpoint: they are read or refused with an Error, and what is read lies where it says. For libFuzzer, by hand:
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -Iengine tests/fuzz/checkpoint_fuzz.cpp engine/formats/checkpoint/*.cpp engine/formats/zip_archive.cpp
//     engine/core/{error,files}.cpp -lzip -o fuzz && mkdir -p corpus && ./fuzz -runs=10000000 corpus tests/golden/pt-cases
// checkpoint_mutator.cpp runs the same function without clang.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "core/error.h"
#include "formats/checkpoint/checkpoint_file.h"
#include "formats/checkpoint/old_checkpoint.h"

namespace drift {
namespace {

constexpr std::uint64_t most_storage = 64u
                                       << 20;  // larger ones are honest but slow: 62 KB can be deflated zeros of 64 MB

void require(bool condition) {
    if (!condition) std::abort();
}

// Counted again in 128 bits: the last element of each tensor lies in its storage.
void check_tensors(const PickledTensors& contents) {
    for (const PickledTensor& tensor : contents.tensors) {
        require(tensor.storage < contents.storages.size() && tensor.shape.size() == tensor.strides.size() &&
                tensor.offset >= 0);
        unsigned __int128 last = static_cast<unsigned __int128>(tensor.offset);
        bool empty = false;
        for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
            require(tensor.shape[i] >= 0 && tensor.strides[i] >= 0);
            empty = empty || tensor.shape[i] == 0;
            if (tensor.shape[i] > 0)
                last += static_cast<unsigned __int128>(tensor.shape[i] - 1) *
                        static_cast<unsigned __int128>(tensor.strides[i]);
        }
        require(empty || last < contents.storages[tensor.storage].elements);
        require(printable(tensor.name) == tensor.name);
    }
}

void read_whole(const std::string& bytes) {
    try {
        CheckpointFile file(bytes, "fuzz");
        check_tensors(file.contents());
        for (const PickledTensor& tensor : file.contents().tensors) {
            std::uint64_t size = file.storage_bytes(tensor.storage);
            if (size > most_storage) continue;
            auto storage =
                std::make_unique<char[]>(size);  // of that size to the byte, so that a write beyond is noticed
            file.read_storage(tensor.storage, storage.get());
        }
    } catch (const Error& error) {
        require(printable(error.what()) == error.what());
    }
}

std::uint32_t checksum(std::string_view bytes) {
    static const auto table = [] {
        std::array<std::uint32_t, 256> made{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            made[i] = i;
            for (int bit = 0; bit < 8; ++bit) made[i] = made[i] >> 1 ^ (made[i] & 1 ? 0xEDB88320u : 0u);
        }
        return made;
    }();
    std::uint32_t sum = ~0u;
    for (unsigned char byte : bytes) sum = table[(sum ^ byte) & 255] ^ sum >> 8;
    return ~sum;
}

// A sound archive around a pickle, which then decides alone: chance would hardly ever hit upon its checksum.
std::string wrapped(std::string_view pickle) {
    std::string archive, directory;
    auto put = [](std::string& to, std::uint32_t number, int bytes) {
        for (int i = 0; i < bytes; ++i) to += static_cast<char>(number >> 8 * i & 255);
    };
    int entries = 0;
    auto add = [&](std::string_view name, std::string_view bytes) {
        auto at = static_cast<std::uint32_t>(archive.size()), size = static_cast<std::uint32_t>(bytes.size());
        std::string
            facts;  // what both headers say alike: version, flags, method, time, checksum, sizes, length of the name, of nothing more
        put(facts, 20, 2), put(facts, 0, 2), put(facts, 0, 2), put(facts, 0, 4), put(facts, checksum(bytes), 4),
            put(facts, size, 4), put(facts, size, 4);
        put(facts, static_cast<std::uint32_t>(name.size()), 2), put(facts, 0, 2);
        archive.append("PK\3\4").append(facts).append(name).append(bytes);
        directory.append("PK\1\2\24\0", 6).append(facts);
        put(directory, 0, 2), put(directory, 0, 4), put(directory, 0, 4), put(directory, at, 4);
        directory.append(name);
        ++entries;
    };
    add("fuzz/data.pkl", pickle);
    const std::string numbers("\0\0\x80\x3f\0\0\0\x40\0\0\x40\x40\0\0\x80\x40\0\0\xa0\x40\0\0\xc0\x40",
                              24);  // 1 to 6, what most cases store
    add("fuzz/data/0", numbers);
    add("fuzz/data/1", std::string_view(numbers).substr(0, 12));
    auto begin = static_cast<std::uint32_t>(archive.size());
    archive += directory;
    archive.append("PK\5\6\0\0\0\0", 8);
    put(archive, static_cast<std::uint32_t>(entries), 2), put(archive, static_cast<std::uint32_t>(entries), 2);
    put(archive, static_cast<std::uint32_t>(directory.size()), 4), put(archive, begin, 4), put(archive, 0, 2);
    return archive;
}

}  // namespace
}  // namespace drift

// Nothing that a small file claims may be taken from memory. What was freed is kept from use for a while, but little: fresh pages cost more than the reading.
extern "C" const char* __asan_default_options() { return "max_allocation_size_mb=256:quarantine_size_mb=8"; }

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string bytes(reinterpret_cast<const char*>(data), size);
    bool bare_pickle = bytes.starts_with('\x80') && !drift::is_old_checkpoint(bytes);
    drift::read_whole(bare_pickle ? drift::wrapped(bytes) : bytes);
    return 0;
}
