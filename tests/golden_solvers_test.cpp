// The solvers against independent numbers: exact denoisers, and what k-diffusion's published sampling code makes of them in float64.
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "golden_set.h"
#include "gtest/gtest.h"
#include "model/sampling/solvers.h"

namespace drift::golden {
namespace {

// E[x0 | x] of one normal distribution, or of two that are equally likely.
at::Tensor exact_d(const nlohmann::json& c, const at::Tensor& x, double sigma) {
    const double s2 = sigma * sigma, std2 = std::pow(c.at("std").get<double>(), 2);
    auto of = [&](double mean) { return (x * std2 + mean * s2) / (std2 + s2); };
    if (c.at("denoiser") == "gaussian") return of(c.at("mean"));
    const double a = c.at("a"), b = c.at("b");
    auto log_odds = ((x - b).square() - (x - a).square()) / (2 * (std2 + s2));  // of a against b
    auto share = log_odds.sigmoid();
    return of(a) * share + of(b) * (1 - share);
}

at::Tensor tensor_of(const std::vector<double>& values, at::ScalarType type) {
    return at::tensor(values, at::kDouble).to(type);
}

struct Heard {
    std::vector<at::Tensor> d;  // of each step's first call
    at::Tensor x;
    std::size_t calls = 0;
};

// `nudge`: each D is off by so many times the rounding of x to fp32.
template <class Real>
Heard run(const nlohmann::json& c, Solver solver, at::ScalarType type, double nudge = 0) {
    std::vector<Real> t;
    for (double sigma : c.at("sigmas").get<std::vector<double>>()) t.push_back(static_cast<Real>(sigma));
    Heard heard;
    at::Tensor rounding;
    auto solution = solve<at::Tensor, Real>(solver, {tensor_of(c.at("x0").get<std::vector<double>>(), type), t});
    for (solution.begin(); !solution.done(); ++heard.calls) {
        const auto& asked = solution.question();
        const bool first = solver != Solver::heun || heard.calls % 2 == 0;
        auto d = exact_d(c, asked.x, asked.sigma);
        EXPECT_EQ(d.scalar_type(), type);
        if (first) rounding = asked.x.abs() * std::pow(2.0, -24);
        if (nudge != 0) d = d + rounding * nudge;
        if (first) {
            EXPECT_EQ(asked.sigma, t.at(heard.d.size()));
            heard.d.push_back(d);
        }
        solution.answer(d);
    }
    heard.x = solution.result();
    return heard;
}

// The largest error of any D and of the result.
double error(const nlohmann::json& c, Solver solver, const Heard& heard) {
    const auto& result = c.at("result").at(name_of(solver).name);
    const auto& steps = result.at("denoised_by_step");
    EXPECT_EQ(heard.d.size(), steps.size());
    auto off = [](const at::Tensor& own, const std::vector<double>& truth) {
        return (own.to(at::kDouble) - tensor_of(truth, at::kDouble)).abs().max().item<double>();
    };
    double largest = off(heard.x, result.at("x").get<std::vector<double>>());
    for (std::size_t i = 0; i < heard.d.size() && i < steps.size(); ++i) {
        auto known = steps[i].get<std::vector<double>>();
        EXPECT_EQ(known.front(), c.at("sigmas").at(i).get<double>());
        known.erase(known.begin());
        largest = std::max(largest, off(heard.d[i], known));
    }
    return largest;
}

void check(const nlohmann::json& c, Solver solver) {
    const std::size_t n = c.at("sigmas").size() - 1;
    const Heard exact = run<double>(c, solver, at::kDouble), single = run<float>(c, solver, at::kFloat);
    EXPECT_EQ(exact.calls, solver == Solver::heun ? 2 * n - 1 : n);
    EXPECT_EQ(single.calls, exact.calls);
    EXPECT_LE(error(c, solver, exact), 1e-6);
    // Heun divides by a small t what was rounded at a large one: where that alone, in float64, moves the result by more than the bound, it is the bound.
    double rounding = 0;
    for (double nudge : {-1.0, 1.0})
        rounding = std::max(rounding, error(c, solver, run<double>(c, solver, at::kDouble, nudge)));
    EXPECT_LE(error(c, solver, single), std::max(1e-4, 4 * rounding));
}

// The same levels as our own schedule gives.
void check_levels(const nlohmann::json& c) {
    SamplerSettings settings;
    settings.steps = c.at("n"), settings.sigma_min = c.at("sigma_min"), settings.sigma_max = c.at("sigma_max"),
    settings.rho = c.at("rho");
    auto own = sigmas(settings);
    auto theirs = c.at("sigmas").get<std::vector<double>>();
    ASSERT_EQ(own.size(), theirs.size());
    for (std::size_t i = 0; i < own.size(); ++i) EXPECT_NEAR(own[i], theirs[i], 1e-5 * theirs[i]);
}

class SolverCase : public testing::Test {
public:
    SolverCase(std::shared_ptr<const nlohmann::json> set, const nlohmann::json& json)
        : set_(std::move(set)), json_(json) {}
    void TestBody() override {
        check_levels(json_);
        for (Solver solver : {Solver::euler, Solver::heun, Solver::dpmpp_2m}) {
            SCOPED_TRACE(name_of(solver).label);
            check(json_, solver);
        }
    }

private:
    std::shared_ptr<const nlohmann::json> set_;
    const nlohmann::json& json_;
};

class Absent : public testing::Test {
public:
    explicit Absent(std::string why) : why_(std::move(why)) {}
    void TestBody() override { FAIL() << why_; }

private:
    std::string why_;
};

bool register_all() {
    const auto file = folder() / "solvers" / "solvers.json";
    if (!std::filesystem::exists(file) && folder() != DRIFT_SOURCE_GOLDEN) return false;
    try {
        auto set = std::make_shared<const nlohmann::json>(read_json(file));
        const auto& cases = set->at("cases");
        if (cases.empty()) throw std::runtime_error("no cases in " + file.string());
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const auto& json = cases[i];
            std::string name = std::to_string(i) + "_" + json.at("denoiser").get<std::string>() + "_" +
                               std::to_string(json.at("n").get<int>()) + "_steps";
            testing::RegisterTest("golden/solvers", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                                  [set, &json]() -> testing::Test* { return new SolverCase(set, json); });
        }
    } catch (const std::exception& error) {
        testing::RegisterTest("golden/solvers", "set", nullptr, nullptr, __FILE__, __LINE__,
                              [why = std::string(error.what())]() -> testing::Test* { return new Absent(why); });
    }
    return true;
}
const bool registered = register_all();

}  // namespace
}  // namespace drift::golden
