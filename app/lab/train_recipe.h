// The options of driftlab train that change the recipe.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "train/recipe.h"

namespace drift {

struct RecipeOptions {
    std::string base;
    std::function<void(TrainingRecipe&)> adjust = [](TrainingRecipe&) {};  // what was given beside the base
    void add(CLI::App& train);
    void apply(TrainingRecipe& recipe) const;  // to one that is new

private:
    template <class T>
    void tune(CLI::App& app, const char* option, T TrainingRecipe::*member, const char* meaning, T low, T high);
};

}  // namespace drift
