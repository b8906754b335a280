// A training as a file: all that a step depends on.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "core/error.h"
#include "model/checkpoint/safetensors.h"
#include "train/trainer.h"

namespace drift {
namespace {

std::string dreams_name(int part) { return part == 0 ? "dreams" : "dreams." + std::to_string(part); }

}  // namespace

// All parts' dreams, [parts, dreams, T, 3, H, W], and their states: of each rank its own, and nothing beside them until all are added up.
at::Tensor Trainer::share_dreams(std::vector<std::string>& states) const {
    constexpr std::int64_t longest_state = 96;  // bytes a dream
    const auto one = parts_.front().dreams().frames();
    auto sizes = one.sizes().vec();
    sizes.insert(sizes.begin(), recipe_.parts);
    auto frames = at::zeros(sizes, at::kByte),
         texts = at::zeros({recipe_.parts, std::max<std::int64_t>(1, one.size(0)) * longest_state}, at::kByte);
    for (const BatchPart& part : parts_) {
        frames[part.number()].copy_(part.dreams().frames());
        const std::string state = part.dreams().state();
        std::copy(state.begin(), state.end(), texts[part.number()].data_ptr<std::uint8_t>());
    }
    ranks_.sum(frames), ranks_.sum(texts);
    for (int part = 0; part < recipe_.parts; ++part)
        states.emplace_back(reinterpret_cast<const char*>(texts[part].data_ptr<std::uint8_t>()));
    return frames;
}

void Trainer::save(const std::filesystem::path& file) const {
    std::vector<std::string> states;
    const auto dreams = share_dreams(states);
    if (!ranks_.first()) return;
    TensorMap tensors;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        tensors["model." + names_[i]] = learned_[i].detach();
        tensors["ema." + names_[i]] = average_[i];
        tensors["adam1." + names_[i]] = first_moment_[i];
        tensors["adam2." + names_[i]] = second_moment_[i];
    }
    for (const auto& [name, tensor] : named_tensors(model_))
        if (name.starts_with("noise")) tensors["model." + name] = tensor;
    Metadata metadata{{"source", source_->name()},
                      {"recipe", to_json(recipe_)},
                      {"step", std::to_string(step_)},
                      {"seconds", std::to_string(seconds)},
                      {"samples", std::to_string(samples)}};
    for (int part = 0; part < recipe_.parts; ++part)
        tensors[dreams_name(part)] = dreams[part], metadata[dreams_name(part)] = states[static_cast<std::size_t>(part)];
    write_safetensors(file, tensors, metadata);
}

Trainer Trainer::resume(const std::filesystem::path& file, std::shared_ptr<const EpisodeSource> source,
                        at::Device device, bool bf16, const std::function<void(TrainingRecipe&)>& adjust,
                        const Ranks& ranks) {
    Metadata metadata;
    auto tensors = read_safetensors(file, &metadata);
    if (auto from = metadata.find("source"); from != metadata.end() && from->second != source->name())
        throw Error(file, "expected a training on " + source->name() + ", found one on " + printable(from->second) +
                              ": it cannot be resumed bit for bit; a new one may begin with its weights");
    auto recipe = recipe_of_json(metadata["recipe"]);
    adjust(recipe);
    recipe.parts = std::max(recipe.parts, ranks.size());  // new parts begin with dreams of their own
    Trainer trainer(recipe, std::move(source), device, bf16, ranks);
    at::NoGradGuard no_grad;
    auto fill = [&](const std::string& name, at::Tensor& into) {
        auto it = tensors.find(name);
        if (it == tensors.end() || it->second.sizes() != into.sizes())
            throw Error(file, "expected a checkpoint of this network, found no tensor " + name + " of its shape");
        into.copy_(it->second);
    };
    for (std::size_t i = 0; i < trainer.names_.size(); ++i) {
        const auto& name = trainer.names_[i];
        fill("model." + name, trainer.learned_[i]), fill("ema." + name, trainer.average_[i]);
        fill("adam1." + name, trainer.first_moment_[i]), fill("adam2." + name, trainer.second_moment_[i]);
    }
    trainer.model_.visit([&](const std::string& name, at::Tensor& tensor) {
        if (name.starts_with("noise")) fill("model." + name, tensor);
    });
    for (BatchPart& part : trainer.parts_)
        if (auto held = tensors.find(dreams_name(part.number())); held != tensors.end() && recipe.dream_share > 0)
            part.dreams().restore(held->second, metadata[held->first]);
    try {
        trainer.step_ = std::stoll(metadata["step"]);
        trainer.seconds = std::stod(metadata["seconds"]);
        trainer.samples = std::stoll(metadata["samples"]);
    } catch (const std::exception&) {
        throw Error(file, "expected the step of a checkpoint in its metadata, found none");
    }
    return trainer;
}

}  // namespace drift
