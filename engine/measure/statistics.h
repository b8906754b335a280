// What is said of many episodes: a mean or a median, and how sure it is.
#pragma once

#include <utility>
#include <vector>

namespace drift {

double mean(std::vector<double> values);
double median(std::vector<double> values);  // between the two in the middle where their number is even

// 95 % percentile bootstrap interval of a statistic, 1,000 resamples, reproducible. Of no values: not a number.
std::pair<double, double> bootstrap_interval(const std::vector<double>& values,
                                             double (*statistic)(std::vector<double>) = mean);

}  // namespace drift
