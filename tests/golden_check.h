// Compares a case's results with the reference, keeps the largest error of each kind, and knows which outputs nothing looked at.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "golden_set.h"

namespace drift::golden {

constexpr double limit = 1e-4;  // fp32; the reference's own distance from float64 is at most 3e-5

// The largest errors so far, by kind of case and output: printed at the end.
inline std::map<std::string, double>& largest_errors() {
    static std::map<std::string, double> errors;
    return errors;
}

class Check {
public:
    explicit Check(const Case& c) : case_(c) {}

    void near(const std::string& output, const at::Tensor& own, double most = limit) {
        near(output, own, case_.output(output), output, most);
    }
    // `what` says in the summary what was compared.
    void near(const std::string& output, const at::Tensor& own, const at::Tensor& reference, const std::string& what,
              double most = limit) {
        looked_at_.insert(output);
        ASSERT_EQ(own.sizes(), reference.sizes()) << output;
        ASSERT_GT(own.numel(), 0) << output;
        double error = (own.to(at::kCPU, at::kDouble) - reference.to(at::kCPU, at::kDouble)).abs().max().item<double>();
        record(what, error);
        EXPECT_LE(error, most) << output;  // false of NaN too
    }
    void exact(const std::string& output, const at::Tensor& own) {
        looked_at_.insert(output);
        EXPECT_TRUE(own.to(at::kCPU).equal(case_.output(output).to(at::kCPU))) << output << " must be equal to the bit";
    }
    // D is truncated to bytes. The reference's own d_raw must give its levels exactly; our levels may differ by one, and only where
    // our d_raw is within `limit` of the edge between two.
    void levels(const std::string& output, const at::Tensor& own_d, const at::Tensor& reference_d) {
        looked_at_.insert(output);
        auto truth = case_.output(output).to(at::kInt);
        auto level = [](const at::Tensor& d) {
            return ((quantise(d, Preconditioning::Rounding::truncate) + 1) / 2 * 255).round().to(at::kInt);
        };
        EXPECT_TRUE(level(reference_d).equal(truth)) << output << ": the reference's own d_raw becomes other levels";
        auto steps = (own_d.clamp(-1, 1) + 1) / 2 * 255;
        auto near_edge = (steps - steps.round()).abs() <= limit * 127.5;
        auto off = (level(own_d) - truth).abs();
        EXPECT_LE(off.max().item<int>(), 1) << output;
        EXPECT_TRUE(((off == 0) | near_edge).all().item<bool>()) << output << ": a level differs away from an edge";
    }
    void record(const std::string& what, double error) {
        double& largest = largest_errors()[case_.json.at("kind").get<std::string>() + " " + what];
        largest = error > largest || error != error ? error : largest;
    }
    // Every output of the case must have been compared: a case whose outputs are not looked at could never fail.
    void nothing_left_out() const {
        for (const auto& [name, entry] : case_.json.at("outputs").items())
            EXPECT_TRUE(looked_at_.contains(name)) << name << " was not compared";
        EXPECT_FALSE(looked_at_.empty());
    }

private:
    const Case& case_;
    std::set<std::string> looked_at_;
};

void check_sampler(const Case& c, Check& check);
void check_rew_end(const Case& c, Check& check);
void check_actor_critic(const Case& c, Check& check);
void check_small_block(const Case& c, Check& check);
void check_bicubic(const Case& c, Check& check);
void check_world(const Case& c, Check& check);

}  // namespace drift::golden
