// The solvers and schedules there are, with their names: each is one line of a table, and the compiler refuses a table that lacks one.
#pragma once

#include <array>
#include <cstddef>

namespace drift {

enum class Solver { euler, heun, dpmpp_2m };
enum class Schedule { karras, exponential, linear, cosine, list };

struct ChoiceName {
    const char *name = nullptr, *label = nullptr;  // in files and options; for people
};

#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wswitch"
constexpr ChoiceName name_of(Solver solver) {
    switch (solver) {
        case Solver::euler: return {"euler", "Euler"};
        case Solver::heun: return {"heun", "Heun"};
        case Solver::dpmpp_2m: return {"dpmpp_2m", "DPM-Solver++(2M)"};
    }
    return {};  // beyond the last one
}
constexpr ChoiceName name_of(Schedule schedule) {
    switch (schedule) {
        case Schedule::karras: return {"karras", "Karras"};
        case Schedule::exponential: return {"exponential", "Exponential"};
        case Schedule::linear: return {"linear", "Linear"};
        case Schedule::cosine: return {"cosine", "Cosine"};
        case Schedule::list: return {"list", "Custom list"};
    }
    return {};
}
#pragma GCC diagnostic pop

template <class Choice>
consteval std::size_t count_of() {
    std::size_t count = 0;
    while (name_of(static_cast<Choice>(count)).name) ++count;
    return count;
}
// All of them in the order of their numbers: choices<Solver>(&ChoiceName::label).
template <class Choice>
consteval std::array<const char*, count_of<Choice>()> choices(const char* ChoiceName::*which) {
    std::array<const char*, count_of<Choice>()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = name_of(static_cast<Choice>(i)).*which;
    return all;
}

}  // namespace drift
