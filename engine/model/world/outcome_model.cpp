#include "model/world/outcome_model.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "core/noise.h"
#include "model/bytes.h"

namespace drift {
namespace {

std::vector<float> numbers(const at::Tensor& row) {
    auto values = row.to(at::kCPU).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

Recurrent silent(int size, at::Device device) { return {at::zeros({1, size}, device), at::zeros({1, size}, device)}; }

}  // namespace

OutcomeModel::OutcomeModel(std::optional<RewardEnd> reward_end, std::optional<ActorCritic> policy, at::Device device)
    : reward_end_(std::move(reward_end)), policy_(std::move(policy)), device_(device) {
    auto move = [device](const std::string&, at::Tensor& tensor) { tensor = tensor.to(device); };
    if (reward_end_) reward_end_->visit(move);
    if (policy_) policy_->visit(move);
}

at::Tensor OutcomeModel::pixels(const Frame& frame) const {
    return pixels_of_bytes(bytes_of_frame(frame).to(device_)).unsqueeze(0);
}

OutcomeModel::Memory OutcomeModel::unpacked(std::span<const History* const> histories) const {
    const std::int64_t r = reward_end_ ? reward_end_->lstm.size() : 0, p = policy_ ? policy_->lstm.size() : 0,
                       all = 2 * (r + p);
    auto rows = at::zeros({static_cast<std::int64_t>(histories.size()), all});
    for (std::size_t i = 0; i < histories.size(); ++i) {
        const auto& memory = histories[i]->memory;
        if (static_cast<std::int64_t>(memory.size()) == all)
            std::copy(memory.begin(), memory.end(), rows[static_cast<std::int64_t>(i)].data_ptr<float>());
    }
    rows = rows.to(device_);
    auto part = [&](std::int64_t from, std::int64_t size) { return rows.slice(1, from, from + size); };
    return {{part(0, r), part(r, r)}, {part(2 * r, p), part(2 * r + p, p)}};
}

std::vector<float> OutcomeModel::packed(const Memory& memory, std::int64_t sample) const {
    std::vector<float> all;
    for (const at::Tensor& part : {memory.reward_end.h, memory.reward_end.c, memory.policy.h, memory.policy.c}) {
        auto values = part.defined() ? numbers(part[sample]) : std::vector<float>{};
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

void OutcomeModel::begin(History& history) const {
    if (empty()) return;
    at::NoGradGuard no_grad;
    Memory memory;
    Outcome outcome;
    if (reward_end_) {
        memory.reward_end = silent(reward_end_->lstm.size(), device_);
        for (std::size_t i = 0; i + 1 < history.frames.size(); ++i) {
            auto action = at::tensor({static_cast<std::int64_t>(history.actions[i])}, at::kLong).to(device_);
            memory.reward_end =
                (*reward_end_)(pixels(history.frames[i]), pixels(history.frames[i + 1]), action, memory.reward_end)
                    .memory;
        }
    }
    if (policy_) {
        memory.policy = silent(policy_->lstm.size(), device_);
        for (const Frame& frame : history.frames) {
            auto said = (*policy_)(pixels(frame), memory.policy);
            memory.policy = said.memory;
            outcome.policy = numbers(said.actions.softmax(1)[0]);
            outcome.value = said.value[0].item<float>();
        }
    }
    history.memory = packed(memory, 0);
    history.outcome = outcome;
}

void OutcomeModel::look(std::span<const DreamRequest> requests, std::span<const Frame> frames) const {
    if (empty()) return;
    std::vector<at::Tensor> before, after;
    std::vector<std::int64_t> actions;
    std::vector<const History*> histories;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        before.push_back(pixels(requests[i].history->frames.back()));
        after.push_back(pixels(frames[i]));
        actions.push_back(requests[i].action);
        histories.push_back(requests[i].history);
    }
    Memory memory = unpacked(histories);
    at::Tensor rewards, ends, choices, values;
    if (reward_end_) {
        auto said = (*reward_end_)(at::cat(before), at::cat(after), at::tensor(actions, at::kLong).to(device_),
                                   memory.reward_end);
        memory.reward_end = said.memory;
        rewards = said.reward.softmax(1), ends = said.end.softmax(1);
    }
    if (policy_) {
        auto said = (*policy_)(at::cat(after), memory.policy);
        memory.policy = said.memory;
        choices = said.actions.softmax(1), values = said.value;
    }
    for (std::size_t i = 0; i < requests.size(); ++i) {
        if (!requests[i].beyond) continue;
        auto k = static_cast<std::int64_t>(i);
        const NoiseKey key{requests[i].seed, requests[i].step, noise_lane(requests[i])};
        Outcome outcome;
        outcome.total = histories[i]->outcome ? histories[i]->outcome->total : 0;
        if (reward_end_) {
            outcome.reward = draw_from(numbers(rewards[k]), key, draw_index(Draw::outcome, 0)) - 1;
            outcome.ended = draw_from(numbers(ends[k]), key, draw_index(Draw::outcome, 1)) == 1;
            outcome.total += outcome.reward;
        }
        if (policy_) outcome.policy = numbers(choices[k]), outcome.value = values[k].item<float>();
        requests[i].beyond->memory = packed(memory, k);
        requests[i].beyond->outcome = outcome;
    }
}

}  // namespace drift
