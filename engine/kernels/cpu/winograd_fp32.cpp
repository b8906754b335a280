#include "kernels/cpu/winograd_fp32.h"

namespace drift::kernels {

void winograd32_weights(const float* weight, std::int64_t in, std::int64_t first, std::int64_t last, std::int64_t lot,
                        float* u) {
    constexpr double p = 0.75, q = 1.5, pp = p * p, qq = q * q;
    constexpr double at_0 = 1 / (pp * qq), at_p = 1 / (2 * pp * (pp - qq)), at_q = 1 / (2 * qq * (qq - pp));
    auto spread = [](const double* g, int step, double* to, int to_step) {  // G g
        const double a = g[0], b = g[step], c = g[2 * step];
        to[0] = a * at_0;
        to[to_step] = (a + p * b + pp * c) * at_p, to[2 * to_step] = (a - p * b + pp * c) * at_p;
        to[3 * to_step] = (a + q * b + qq * c) * at_q, to[4 * to_step] = (a - q * b + qq * c) * at_q;
        to[5 * to_step] = c;
    };
    for (std::int64_t o = first; o < last; ++o)
        for (std::int64_t i = 0; i < in; ++i) {
            double window[9], rows[18], tile[36];
            for (int k = 0; k < 9; ++k) window[k] = static_cast<double>(weight[(o * in + i) * 9 + k]);
            for (int x = 0; x < 3; ++x) spread(window + x, 3, rows + x, 3);
            for (int y = 0; y < 6; ++y) spread(rows + 3 * y, 1, tile + 6 * y, 1);
            for (int k = 0; k < 36; ++k) u[((o / lot * 36 + k) * in + i) * lot + o % lot] = static_cast<float>(tile[k]);
        }
}

}  // namespace drift::kernels
