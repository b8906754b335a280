// Values as bytes and back, in the machine's own order: for states that stay in memory or in a file of this program.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "core/error.h"

namespace drift {

class ByteWriter {
public:
    std::vector<std::uint8_t> bytes;

    template <class T>
    void put(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>);
        put_bytes({reinterpret_cast<const std::uint8_t*>(&value), sizeof value});
    }
    void put_bytes(std::span<const std::uint8_t> raw) { bytes.insert(bytes.end(), raw.begin(), raw.end()); }
    // Its length first.
    void put_block(std::span<const std::uint8_t> block) {
        put<std::uint64_t>(block.size());
        put_bytes(block);
    }
    void put_text(const std::string& text) {
        put_block({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
};

// Throws Error where the bytes end too early.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

    template <class T>
    T get() {
        static_assert(std::is_trivially_copyable_v<T>);
        T value;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::span<const std::uint8_t> get_block() { return take(get<std::uint64_t>()); }
    std::string get_text() {
        auto block = get_block();
        return {block.begin(), block.end()};
    }
    std::span<const std::uint8_t> take(std::uint64_t count) {
        if (count > rest_.size())
            throw Error("expected " + std::to_string(count) + " more bytes, found " + std::to_string(rest_.size()));
        auto taken = rest_.first(static_cast<std::size_t>(count));
        rest_ = rest_.subspan(static_cast<std::size_t>(count));
        return taken;
    }
    bool empty() const { return rest_.empty(); }

private:
    std::span<const std::uint8_t> rest_;
};

}  // namespace drift
