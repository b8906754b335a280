// Solvers as coroutines, on plain numbers: what they ask, in which order, and what becomes of failures. No Torch.
#include "model/sampling/solvers.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace drift {
namespace {

constexpr Solver all[] = {Solver::euler, Solver::heun, Solver::dpmpp_2m};

TEST(Solvers, NothingToSolveIsDoneAtOnce) {
    for (Solver solver : all)
        for (const std::vector<double>& t : {std::vector<double>{}, std::vector<double>{0}}) {
            auto solution = solve<double, double>(solver, {3.0, t});
            solution.begin();
            EXPECT_TRUE(solution.done());
            EXPECT_EQ(solution.result(), 3.0);
        }
}

TEST(Solvers, OneStepIsTheDenoisersAnswer) {
    for (Solver solver : all) {
        auto solution = solve<double, double>(solver, {3.0, {5.0, 0.0}});
        solution.begin();
        ASSERT_FALSE(solution.done());
        EXPECT_EQ(solution.question().x, 3.0);
        EXPECT_EQ(solution.question().sigma, 5.0);
        solution.answer(0.25);
        EXPECT_TRUE(solution.done());
        EXPECT_DOUBLE_EQ(solution.result(), 0.25);
    }
}

TEST(Solvers, EachAsksWhatItsPaperSays) {
    auto asked = [](Solver solver) {
        std::string levels;
        auto solution = solve<double, double>(solver, {1.0, {4.0, 2.0, 1.0, 0.0}});
        for (solution.begin(); !solution.done(); solution.answer(0.5))
            levels += std::to_string(solution.question().sigma).substr(0, 1);
        return levels;
    };
    EXPECT_EQ(asked(Solver::euler), "421");
    EXPECT_EQ(asked(Solver::heun), "42211");
    EXPECT_EQ(asked(Solver::dpmpp_2m), "421");
}

// D = 0 at every level: x must fall as t does, whatever the order of the solver, since x = t c solves the equation exactly.
TEST(Solvers, TheStraightLineIsKeptWithNoiseTooIfItIsTold) {
    for (Solver solver : all) {
        std::size_t begun = 0;
        Problem<double, double> problem{
            8.0, {4.0, 2.0, 1.0, 0.0}, [&begun](std::size_t i, double x) {
                EXPECT_EQ(i, begun++);
                return Begun<double, double>{x * 1.5, (i == 0 ? 4.0 : i == 1 ? 2.0 : 1.0) * 1.5};
            }};
        auto solution = solve(solver, std::move(problem));
        for (solution.begin(); !solution.done(); solution.answer(0.0)) {
            bool second = solver == Solver::heun && solution.question().x < 2.0 * solution.question().sigma * 1.2;
            EXPECT_DOUBLE_EQ(solution.question().x, 2.0 * solution.question().sigma * (second ? 1.0 : 1.5));
        }
        EXPECT_DOUBLE_EQ(solution.result(), 0.0);
        EXPECT_EQ(begun, 3u);
    }
}

TEST(Solvers, TheSecondOrderIsOne) {
    // N(0, 1): D = x / (1 + t^2), and x(0) = x(t) / sqrt(1 + t^2). Halving the steps' length must quarter the error, and halve Euler's.
    auto error = [](Solver solver, int n) {
        std::vector<double> t;
        for (int i = 0; i <= n; ++i) t.push_back(2.0 * std::pow(0.25, static_cast<double>(i) / n));  // from 2 to 0.5
        auto solution = solve<double, double>(solver, {1.0, t});
        for (solution.begin(); !solution.done();)
            solution.answer(solution.question().x / (1 + solution.question().sigma * solution.question().sigma));
        return std::abs(solution.result() - std::sqrt(1.25) / std::sqrt(5.0));
    };
    EXPECT_NEAR(error(Solver::euler, 100) / error(Solver::euler, 200), 2, 0.1);
    EXPECT_NEAR(error(Solver::heun, 100) / error(Solver::heun, 200), 4, 0.2);
    EXPECT_NEAR(error(Solver::dpmpp_2m, 100) / error(Solver::dpmpp_2m, 200), 4, 0.2);
}

TEST(Solvers, AFailureComesToWhoAsked) {
    for (Solver solver : all) {
        Problem<double, double> problem{1.0, {2.0, 1.0, 0.0}, [](std::size_t i, double x) -> Begun<double, double> {
                                            if (i == 1) throw std::runtime_error("noise");
                                            return {x, 2.0};
                                        }};
        auto solution = solve(solver, std::move(problem));
        solution.begin();
        if (solver == Solver::heun) solution.answer(0.0);
        EXPECT_THROW(solution.answer(0.0), std::runtime_error);
    }
    Solution<double, double> left = euler(Problem<double, double>{1.0, {2.0, 0.0}});
    left.begin();
    left = euler(Problem<double, double>{1.0, {2.0, 0.0}});  // the one on its way is dropped, the other one never begun
}

}  // namespace
}  // namespace drift
