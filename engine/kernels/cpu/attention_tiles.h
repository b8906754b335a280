// The work of attention.h, see vectors.h.
#pragma once

#include "kernels/cpu/attention.h"
#include "kernels/cpu/exponential.h"
#include "kernels/cpu/room.h"

namespace drift::kernels {
namespace {

// As many pixels ask at once as a vector has lanes; each looks at all keys, block by block. Of a block it keeps the scores, so that their largest
// one is known before any of them is a power (Milakov and Gimelshein, arXiv 1805.02867, algorithm 3).
template <class Floats>
struct AttentionTiles : Memory<Floats> {
    using typename Memory<Floats>::Vector;
    using Memory<Floats>::lanes, Memory<Floats>::load;
    static constexpr std::int64_t size = head_channels, block = 128;

    // 2^t for t <= 0, never less than a number can be without being a small exception.
    [[gnu::always_inline]] static Vector power(Vector t) {
        return power_of_two<Floats>(-126.0f > t ? Vector{} - 126.0f : t);
    }

    struct Answers {
        Vector most = Vector{} - 1e30f, total{}, sums[size]{};
    };

    // q: scaled, so that scores are exponents of two; kv [keys, 2, size].
    static void look(const Vector (&q)[size], const float* kv, std::int64_t keys, Answers& a) {
        Vector scores[block], most = a.most;
        for (std::int64_t k = 0; k < keys; ++k) {
            const float* key = kv + k * 2 * size;
            Vector s = q[0] * key[0];
#pragma GCC unroll 8
            for (int d = 1; d < size; ++d) s += q[d] * key[d];
            scores[k] = s;
            most = most > s ? most : s;
        }
        const Vector kept = power(a.most - most);
        Vector total = a.total * kept, sums[size];
        for (int d = 0; d < size; ++d) sums[d] = a.sums[d] * kept;
        for (std::int64_t k = 0; k < keys; ++k) {
            const float* value = kv + k * 2 * size + size;
            const Vector p = power(scores[k] - most);
            total += p;
#pragma GCC unroll 8
            for (int d = 0; d < size; ++d) sums[d] += p * value[d];
        }
        a.most = most, a.total = total;
        for (int d = 0; d < size; ++d) a.sums[d] = sums[d];
    }

    template <class T>
    static void heads(const AttentionShape& shape, const T* qkv, T* y, std::int64_t first, std::int64_t last) {
        constexpr float scale = 0.510069731f;  // log2(e) / sqrt(8)
        const std::int64_t wide = shape.heads * size, row = 3 * wide;
        thread_local Room room;
        float* kv = room.hold(shape.pixels * 2 * size);
        for (std::int64_t h = first; h < last; ++h) {
            const std::int64_t picture = h / shape.heads * shape.pixels, at = h % shape.heads * size;
            const T* q = qkv + picture * row + at;
            for (std::int64_t k = 0; k < shape.pixels; ++k)
                for (std::int64_t d = 0; d < size; ++d) {
                    kv[k * 2 * size + d] = number(q[k * row + wide + d]);
                    kv[k * 2 * size + size + d] = number(q[k * row + 2 * wide + d]);
                }
            for (std::int64_t from = 0; from < shape.pixels; from += lanes) {
                const std::int64_t count = shape.pixels - from < lanes ? shape.pixels - from : lanes;
                float turned[size][lanes] = {};
                for (std::int64_t t = 0; t < count; ++t)
                    for (int d = 0; d < size; ++d) turned[d][t] = number(q[(from + t) * row + d]) * scale;
                Vector asked[size];
                for (int d = 0; d < size; ++d) asked[d] = load(turned[d]);
                Answers a;
                for (std::int64_t k = 0; k < shape.pixels; k += block)
                    look(asked, kv + k * 2 * size, shape.pixels - k < block ? shape.pixels - k : block, a);
                for (int d = 0; d < size; ++d) {
                    const Vector out = a.sums[d] / a.total;
                    for (std::int64_t t = 0; t < count; ++t) put(y + (picture + from + t) * wide + at + d, out[t]);
                }
            }
        }
    }

private:
    static float number(float value) { return value; }
    static float number(bf16 value) { return wide(value); }
    static void put(float* to, float value) { *to = value; }
    static void put(bf16* to, float value) { *to = narrow(value); }
};

}  // namespace
}  // namespace drift::kernels
