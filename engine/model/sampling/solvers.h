// The solvers, one function each, in the notation and the order of the papers. A new one is a function here and its line in solve(), and
// its name in core/sampler_choices.h: whatever of these is forgotten does not compile.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <utility>
#include <vector>

#include "core/sampler_settings.h"
#include "model/sampling/solution.h"

namespace drift {

// Where a step begins: x_i at sigma_i, or with some noise put to it.
template <class X, class Real>
struct Begun {
    X x;
    Real t;
};

// What is solved: dx/dt = (x - D(x; t)) / t from x at t_0 to t_n = 0 (Karras et al. 2022, equation 1 with sigma(t) = t).
// X is a tensor, or whatever has +, - and products with numbers.
template <class X, class Real>
struct Problem {
    X x;
    std::vector<Real> t;  // t_0 > t_1 > ... > t_n = 0
    // Called first in each step; empty: (x, t_i) as it is. Algorithm 2, lines 4 to 6: gamma > 0 adds noise, to t_hat = t_i + gamma t_i.
    std::function<Begun<X, Real>(std::size_t i, X x)> begin = {};

    std::size_t steps() const { return t.empty() ? 0 : t.size() - 1; }
    Begun<X, Real> begun(std::size_t i, X at) const {
        return begin ? begin(i, std::move(at)) : Begun<X, Real>{std::move(at), t[i]};
    }
};

// Karras et al. 2022, algorithm 1 without its correction (lines 6 to 8): Euler's method. The denoiser is told t_i where noise was put to x as
// well, as in DIAMOND's code.
template <class X, class Real>
Solution<X, Real> euler(Problem<X, Real> p) {
    X x = std::move(p.x);
    for (std::size_t i = 0; i < p.steps(); ++i) {
        auto [x_hat, t_hat] = p.begun(i, std::move(x));
        X d = co_await D<X, Real>(x_hat, p.t[i]);
        X slope = (x_hat - d) / t_hat;
        x = x_hat + slope * (p.t[i + 1] - t_hat);
    }
    co_return x;
}

// Karras et al. 2022, algorithm 1 and, with noise put to x, algorithm 2: Heun's method, which corrects Euler's step by the slope at its end.
template <class X, class Real>
Solution<X, Real> heun(Problem<X, Real> p) {
    X x = std::move(p.x);
    for (std::size_t i = 0; i < p.steps(); ++i) {
        auto [x_hat, t_hat] = p.begun(i, std::move(x));
        const Real next = p.t[i + 1], dt = next - t_hat;
        X d = co_await D<X, Real>(x_hat, p.t[i]);
        X slope = (x_hat - d) / t_hat;
        x = x_hat + slope * dt;
        if (next == 0) continue;
        X d_next = co_await D<X, Real>(x, next);
        X slope_next = (x - d_next) / next;
        x = x_hat + (slope + slope_next) * (Real(0.5) * dt);
    }
    co_return x;
}

// Lu et al. 2022, "DPM-Solver++", algorithm 2: second order by the D of the step before, in lambda = -ln t. Its first step is Euler's, and so is
// the last one, to t = 0.
template <class X, class Real>
Solution<X, Real> dpmpp_2m(Problem<X, Real> p) {
    X x = std::move(p.x), d_before{};
    Real h_before = 0;
    for (std::size_t i = 0; i < p.steps(); ++i) {
        auto [x_hat, t_hat] = p.begun(i, std::move(x));
        const Real next = p.t[i + 1];
        X d = co_await D<X, Real>(x_hat, p.t[i]);
        if (next == 0) {
            x = d;
            continue;
        }
        const Real h = std::log(t_hat) - std::log(next);
        X ahead = d;
        if (i > 0) {
            const Real half = h / h_before / 2;  // 1 / (2 r), r = h_before / h
            ahead = d * (1 + half) - d_before * half;
        }
        x = x_hat * (next / t_hat) - ahead * std::expm1(-h);
        d_before = std::move(d);
        h_before = h;
    }
    co_return x;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wswitch"
#pragma GCC diagnostic error "-Wreturn-type"
template <class X, class Real>
Solution<X, Real> solve(Solver solver, Problem<X, Real> p) {
    switch (solver) {
        case Solver::euler: return euler(std::move(p));
        case Solver::heun: return heun(std::move(p));
        case Solver::dpmpp_2m: return dpmpp_2m(std::move(p));
    }
    std::abort();  // no solver at all: a bug
}
#pragma GCC diagnostic pop

}  // namespace drift
