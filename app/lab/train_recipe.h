// The options of driftlab train that change the recipe.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "model/world/world_file.h"
#include "train/recipe.h"

namespace drift {

struct RecipeOptions {
    std::string base;
    std::function<void(TrainingRecipe&)> adjust = [](TrainingRecipe&) {};  // what was given beside the base
    void add(CLI::App& train);
    void apply(TrainingRecipe& recipe) const;  // to one that is new
    // To one that `apply` had: it goes on from that world with its network, its preconditioning and, where none was given, its settings.
    // Throws Error where another base was given.
    void go_on(TrainingRecipe& recipe, const WorldSpec& world, const std::filesystem::path& folder) const;
    // Of a training that goes on, which that file holds: throws Error where another base was given.
    void expect(const Preconditioning& learned, const std::filesystem::path& file) const;

private:
    template <class T>
    void tune(CLI::App& app, const char* option, T TrainingRecipe::*member, const char* meaning, T low, T high);
};

}  // namespace drift
