// What is said of many episodes: a mean or a median, and how sure it is.
#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace drift {

double mean(std::vector<double> values);
double known_mean(std::vector<double> values);  // of those that are numbers; not a number where none is
double median(std::vector<double> values);      // between the two in the middle where their number is even

// 95 % percentile bootstrap interval of a statistic, 1,000 resamples, reproducible. Of no values: not a number.
std::pair<double, double> bootstrap_interval(const std::vector<double>& values,
                                             double (*statistic)(std::vector<double>) = mean);

// Area under the ROC curve of a score that should be higher where `wrong`: the share of pairs that it orders rightly, ties counting half (Mann and
// Whitney 1947). nullopt where one kind is missing.
std::optional<double> area_under_roc(const std::vector<float>& score, const std::vector<bool>& wrong);

}  // namespace drift
