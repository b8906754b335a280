#include "session/log/state_file.h"

#include <xxhash.h>

#include <algorithm>
#include <vector>

#include "core/atomic_file.h"
#include "core/byte_stream.h"
#include "core/files.h"
#include "core/version.h"

namespace drift {
namespace {

constexpr char magic[8] = {'D', 'r', 'i', 'f', 't', 'S', 't', '\n'};
constexpr std::uint32_t oldest = 2, version = 3;  // 3: another moment in it, which says so itself
constexpr std::size_t largest = 1u << 28;         // bytes of an unpacked moment

// A state's beginning: the world's name comes next.
void get_begin(ByteReader& in) {
    auto head = in.take(sizeof magic);
    if (!std::equal(head.begin(), head.end(), magic)) throw Error("expected a saved state, found another kind of file");
    auto found = in.get<std::uint32_t>();
    if (found < oldest || found > version)
        throw Error("expected a state of version " + std::to_string(oldest) + " to " + std::to_string(version) +
                    ", found version " + std::to_string(found));
}

}  // namespace

void write_state(const std::filesystem::path& file, const WorldInfo& world, const Moment& moment) {
    ByteWriter out;
    out.put(magic);
    out.put(version);
    out.put_text(world.name);
    out.put_text(world.weights_hash);
    auto packed = compressed(to_bytes(moment));
    out.put_block(packed);
    out.put<std::uint64_t>(XXH3_64bits(packed.data(), packed.size()));
    out.put_text(build_name());  // of use to people; states before it end here

    write_file(file, {reinterpret_cast<const char*>(out.bytes.data()), out.bytes.size()});
}

namespace {
std::string made_in(const std::string& world, const std::string& hash) {
    return hash == truth_alone ? "the real game " + printable(world) + " alone"
                               : "the world " + printable(world) + " with the weights " + printable(hash);
}
}  // namespace

Moment read_state(const std::filesystem::path& file, const WorldInfo& world) {
    std::error_code none;
    if (!std::filesystem::exists(file, none)) throw Error(file, "no state is kept there");
    InputFile stream(file);
    if (stream.size() > largest)
        throw Error(file, "expected a state of " + std::to_string(largest >> 20) + " MB at most, found a larger file");
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(stream.size()));
    stream.read(bytes.data(), bytes.size());
    try {
        ByteReader in(bytes);
        get_begin(in);
        auto name = in.get_text(), hash = in.get_text();
        if (hash != world.weights_hash)
            throw Error("expected a state of " + made_in(world.name, world.weights_hash) + ", found one of " +
                        made_in(name, hash));
        auto packed = in.get_block();
        if (in.get<std::uint64_t>() != XXH3_64bits(packed.data(), packed.size()))
            throw Error("its checksum is wrong: the file is damaged");
        return moment_of_bytes(decompressed(packed, largest));
    } catch (const Error& error) {
        throw Error(file, error.what());
    }
}

std::string world_of_state(const std::filesystem::path& file) try {
    constexpr std::uint64_t most = 1 << 16;  // bytes, of a name
    InputFile stream(file);
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(std::min(stream.size(), most)));
    stream.read(bytes.data(), bytes.size());
    ByteReader in(bytes);
    get_begin(in);
    return in.get_text();
} catch (const Error& error) {
    throw Error(file, error.what());
}

}  // namespace drift
