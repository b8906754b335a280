// Memory that a kernel works in.
#pragma once

#include <cstdint>
#include <new>

namespace drift::kernels {
namespace {

// Room of one thread; grows, and stays for the next layer.
struct Room {
    float* at = nullptr;
    std::int64_t size = 0;
    Room() = default;
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;
    ~Room() { ::operator delete (at, std::align_val_t{64}); }
    float* hold(std::int64_t floats) {
        if (size < floats) {
            ::operator delete (at, std::align_val_t{64});
            at = nullptr, size = 0;
            at = static_cast<float*>(
                ::operator new (static_cast<std::size_t>(floats) * sizeof(float), std::align_val_t{64}));
            size = floats;
        }
        return at;
    }
};

}  // namespace
}  // namespace drift::kernels
