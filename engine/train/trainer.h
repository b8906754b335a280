// The optimiser's loop, one step at a time, and its checkpoint. A resumed run gives the same weights, bit for bit.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "train/batch_part.h"
#include "train/loss.h"
#include "train/ranks.h"

namespace drift {

struct TrainReport {
    std::int64_t step = 0;  // done
    // Means over the steps since they were last read; nothing where they were not read in this step: on a device reading is waiting.
    std::optional<double> loss;
    double band_loss[3] = {};  // by sigma, NaN where no sample fell, or loss was not read
    int frames = 0;            // learned in this step: parts * batch * (k + 1)
    int k = 0;
    double dream_age = 0;  // mean, in frames, of the long dreams that are learned from
};

class Trainer {
public:
    // bf16 on the CPU where `bf16`; weights, optimiser and EMA stay fp32.
    // With several `ranks`, each has its share of the recipe's parts, at least one; the same number of steps, saves and settles must be asked of
    // each. Throws Error where the source has no episode as long as a segment, or there are fewer parts than processes.
    Trainer(const TrainingRecipe& recipe, std::shared_ptr<const EpisodeSource> source, at::Device device, bool bf16,
            const Ranks& ranks = {});
    // On a GPU: records the work of a step and gives it whole from then on.
    void use_graphs() { graphs_ = true; }
    // Goes on from a checkpoint; the recipe is the one in it, changed by `adjust`. Throws Error where it is broken, or from
    // another source: dreams that run would go on in other episodes.
    static Trainer resume(const std::filesystem::path& file, std::shared_ptr<const EpisodeSource> source,
                          at::Device device, bool bf16, const std::function<void(TrainingRecipe&)>& adjust,
                          const Ranks& ranks = {});

    // Starts from these weights (fp32) in place of random ones. Only before the first step. The model may lack what the recipe's network says of
    // moves: that part stays as it was made.
    void start_from(const InnerModel& model);

    TrainReport step();
    // From here on the learning rate falls on a line, to nothing after so many steps.
    void settle(std::int64_t steps);
    void save(const std::filesystem::path& file) const;  // the whole file or nothing, by the first of the ranks

    const TrainingRecipe& recipe() const { return recipe_; }
    std::int64_t steps_done() const { return step_; }
    double seconds = 0;           // of training, over all runs: counted by the caller, kept in the checkpoint
    std::int64_t samples = 0;     // frames learned, over all runs
    InnerModel averaged() const;  // the EMA, on the CPU

private:
    void learn(const Batch& batch);           // fills slopes_ and loss_
    void learn_by_graph(const Batch& batch);  // the same
    at::Tensor imagine(const SamplerSettings& settings, const at::Tensor& frames, const at::Tensor& actions) const;
    void advance_dreams(BatchPart& part);
    void learn_parts(int k);  // fills slopes_ and loss_ with the mean over all parts, of all ranks
    void share_slopes(std::vector<at::Tensor> sums);
    at::Tensor share_dreams(std::vector<std::string>& states) const;
    void read_losses(TrainReport& report);
    InnerModel averaged_model() const;  // on the device
    void update();

    TrainingRecipe recipe_;
    std::shared_ptr<const EpisodeSource> source_;
    at::Device device_;
    bool bf16_;
    InnerModel model_;
    std::vector<std::string> names_;
    std::vector<at::Tensor> learned_, average_, first_moment_, second_moment_;
    std::int64_t step_ = 0;
    Ranks ranks_;
    std::vector<BatchPart> parts_;    // this rank's
    std::vector<at::Tensor> slopes_;  // of what is learned
    SegmentLoss loss_;
    bool graphs_ = false;
    struct Recorded;
    std::shared_ptr<Recorded> recorded_;
    at::Tensor loss_sum_, band_sums_;  // of the steps whose losses were not read yet
    int unread_ = 0;
};

}  // namespace drift
