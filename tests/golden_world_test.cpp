// Whole worlds against the reference: reward and end, its player, and roll-outs of Atari and CSGO with the reference's noise.
#include <cstdio>

#include "core/csgo_action.h"
#include "golden_tape.h"
#include "model/bytes.h"
#include "model/network/recurrent.h"
#include "model/sampling/sampler.h"
#include "model/world/spawn.h"

namespace drift::golden {
namespace {

template <class Reader>
auto taken(const Set& set, Reader read) {
    TensorMap rest = set.weights();
    auto net = read(rest);
    return net;
}

RewardEnd reward_end(const Case& c) {
    return taken(c.set, [&](TensorMap& rest) { return reward_end_of(rest, "rew_end_model.", c.set.path); });
}

Recurrent zeros(std::int64_t batch, int size) {
    return {at::zeros({batch, size}, device()), at::zeros({batch, size}, device())};
}

// A level may move where d_raw lies within 1e-5 of an edge: what then becomes of the reference itself is in the case's `jitter`.
void free_run(const Case& c, Check& check, const std::string& output, const at::Tensor& own, bool& moved) {
    auto reference = c.output(output);
    check.near(output, own, reference, "frames of a free run", 2.1);
    auto off = (own - reference).abs();
    const auto& compare = c.json.at("compare").at(output);
    double fraction = (off > limit).to(at::kDouble).mean().item<double>(), most = off.max().item<double>();
    double jitter_fraction = compare.contains("jitter") ? compare.at("jitter").at("frac_gt_1e-4").get<double>() : 0,
           jitter_most = compare.contains("jitter") ? compare.at("jitter").at("max").get<double>() : 0;
    EXPECT_LE(fraction, 4 * jitter_fraction + 0.004) << output;
    EXPECT_LE(most, 3 * jitter_most + 2.1 / 255) << output;
    check.record("free run, share of values that moved", fraction);
    auto bytes = bytes_of_pixels(own).flatten(), theirs = bytes_of_pixels(reference).flatten();
    auto places = (bytes != theirs).nonzero();
    if (moved || places.numel() == 0) return;
    moved = true;
    auto at = places[0].item<std::int64_t>();
    std::printf(
        "golden: %s %s: the first byte that differs is %lld of %s: %d, not %d; D was truncated on the other side of "
        "the edge between two levels\n",
        c.set.name.c_str(), c.json.at("name").get<std::string>().c_str(), static_cast<long long>(at), output.c_str(),
        bytes[at].item<int>(), theirs[at].item<int>());
}

// One frame by our sampler and network. Where `calls` names a prefix, each call is fed with the reference's answers and held against them.
at::Tensor frame(const Case& c, Check& check, const NetworkDenoiser& denoiser, Conditioning given,
                 const SamplerSettings& settings, Tape tape, const std::string& calls = "") {
    auto levels = sigmas(settings);
    auto x = start_frame(settings, given.previous, std::ref(tape));
    SamplerRun run(std::move(given), x, levels, settings, denoiser.rounding(), std::ref(tape));
    for (int i = 0; !run.done(); ++i) {
        std::vector<NoiseLevel> level(static_cast<std::size_t>(run.input().size(0)), run.level());
        auto d_raw = denoiser.denoise(run.input(), level, run.given());
        std::string call = calls + "call_" + std::to_string(i) + "_";
        if (!calls.empty()) {
            if (c.has_output(call + "sigma"))
                check.near(call + "sigma", at::full({1}, run.level().sigma), c.output(call + "sigma"), "sigma", 1e-5);
            if (c.has_output(call + "sigma_cond"))
                check.near(call + "sigma_cond", at::full({1}, run.level().sigma_cond), c.output(call + "sigma_cond"),
                           "sigma_cond", 1e-7);
            if (c.has_output(call + "d_raw")) {
                check.near(call + "d_raw", d_raw, c.output(call + "d_raw"), "d_raw at the reference's x");
                if (c.has_output(call + "D_level")) check.levels(call + "D_level", d_raw, c.output(call + "d_raw"));
                d_raw = c.output(call + "d_raw");
            }
        }
        run.take(d_raw);
    }
    tape.expect_all_used();
    return run.x();
}

void check_atari(const Case& c, Check& check) {
    NetworkDenoiser denoiser(c.set.network("denoiser"), c.set.preconditioning());
    const SamplerSettings settings = settings_of(c.json.at("settings").at("sampler"));
    const bool rewards = c.json.at("settings").at("rew_end");
    auto obs = c.input("obs"), act = c.input("act"),
         actions = c.input("actions");  // [B, T, 3, H, W], [B, T], [steps, B]
    const auto t = obs.size(1);
    std::optional<RewardEnd> net;
    Recurrent memory;
    if (rewards) {
        net = reward_end(c);
        memory = zeros(obs.size(0), net->lstm.size());
        for (std::int64_t i = 0; i + 1 < t; ++i)
            memory = (*net)(obs.select(1, i), obs.select(1, i + 1), act.select(1, i), memory).memory;
        check.near("reset_hx", memory.h.unsqueeze(0), c.output("reset_hx").view({1, obs.size(0), -1}), "burnt in");
        check.near("reset_cx", memory.c.unsqueeze(0), c.output("reset_cx").view({1, obs.size(0), -1}), "burnt in");
    }
    auto own = obs.clone();  // the free run's buffer
    bool moved = false;
    for (std::int64_t k = 0; k < actions.size(0); ++k) {
        const std::string step = "step_" + std::to_string(k) + "_";
        act.select(1, t - 1).copy_(actions[k]);
        auto given = [&](const at::Tensor& buffer) {
            return Conditioning{buffer.flatten(1, 2), act, buffer.select(1, t - 1)};
        };
        auto next = c.output(step + "next_obs");
        const bool fed =
            c.has_output(step + "call_0_D_level") || (settings.steps == 1 && c.has_output(step + "call_0_d_raw"));
        auto from_reference =
            frame(c, check, denoiser, given(obs), settings, Tape(c, static_cast<int>(k)), fed ? step : "");
        if (fed) check.near(step + "next_obs", from_reference, next, "frame from the reference's answers");
        else free_run(c, check, step + "next_obs", from_reference, moved);
        auto freely = frame(c, check, denoiser, given(own), settings, Tape(c, static_cast<int>(k)));
        free_run(c, check, step + "next_obs", freely, moved);
        if (rewards) {
            auto said = (*net)(obs.select(1, t - 1), next, actions[k], memory);
            memory = said.memory;
            check.near(step + "logits_rew", said.reward, c.output(step + "logits_rew").view(said.reward.sizes()),
                       "reward");
            check.near(step + "logits_end", said.end, c.output(step + "logits_end").view(said.end.sizes()), "end");
            check.near(step + "hx", said.memory.h, c.output(step + "hx").view(said.memory.h.sizes()), "memory");
            check.near(step + "cx", said.memory.c, c.output(step + "cx").view(said.memory.c.sizes()), "memory");
        }
        auto roll = [](const at::Tensor& buffer, const at::Tensor& newest) {
            return at::cat({buffer.slice(1, 1), newest.unsqueeze(1)}, 1);
        };
        act = at::roll(act, {-1}, {1}).contiguous();
        check.exact(step + "act_buffer", act);
        obs = roll(obs, next), own = roll(own, freely);
    }
    if (c.has_output("final_obs_buffer")) free_run(c, check, "final_obs_buffer", own, moved);
}

at::Tensor pixels(const std::vector<Frame>& frames) {
    std::vector<at::Tensor> all;
    for (const Frame& one : frames) all.push_back(pixels_of_bytes(bytes_of_frame(one)));
    return at::stack(all).unsqueeze(0).to(device());  // [1, T, 3, h, w]
}

void check_csgo(const Case& c, Check& check) {
    NetworkDenoiser dynamics(c.set.network("denoiser"), c.set.preconditioning()),
        upsampler(c.set.network("upsampler"), c.set.preconditioning("upsampler"));
    const auto& s = c.json.at("settings");
    const SamplerSettings settings = settings_of(s.at("sampler")), up = settings_of(s.at("sampler_upsampling"));
    auto low_size = c.output("step_0_low").sizes().vec(), full_size = c.output("step_0_full").sizes().vec();
    const OpeningShape shape{
        int(full_size[3]), int(full_size[2]), int(low_size[3]), int(low_size[2]), c.set.facts.at("context_frames"),
        csgo_actions()};
    auto spawns = read_spawns(c.set.path / s.at("spawn").get<std::string>(), shape, {});
    ASSERT_EQ(spawns.size(), 1u);
    const History& start = spawns.front();
    auto low = pixels(start.low), full = pixels({start.frames.back()}).squeeze(0);
    const auto t = low.size(1);
    check.near("reset_obs_buffer", low, 0.0);
    if (c.has_output("reset_full_last")) check.near("reset_full_last", full, 0.0);
    auto act = c.output("reset_act_buffer").to(at::kFloat).clone();
    const auto reference_act = act.to(at::kCPU);
    for (std::int64_t i = 0; i + 1 < t; ++i) {  // the last one is overwritten by the first step
        auto ones = at::empty({csgo_vector_size});
        csgo_actions().ones(start.actions[static_cast<std::size_t>(i)], {ones.data_ptr<float>(), csgo_vector_size});
        EXPECT_TRUE(ones.equal(reference_act[0][i])) << "the spawn's action " << i;
    }
    check.exact("reset_act_buffer", act.to(c.output("reset_act_buffer").scalar_type()));

    auto actions = c.input("actions").to(at::kCPU, at::kFloat);  // [steps, 1, 51]
    bool moved = false;
    auto own_low = low.clone();
    for (std::int64_t k = 0; k < actions.size(0); ++k) {
        const std::string step = "step_" + std::to_string(k) + "_";
        std::vector<float> ones(actions[k][0].data_ptr<float>(), actions[k][0].data_ptr<float>() + csgo_vector_size);
        auto code = csgo_actions().code_of(ones);
        ASSERT_TRUE(code) << "an action of the reference is none of ours";
        csgo_actions().ones(*code, ones);
        act.select(1, t - 1).copy_(at::tensor(ones).unsqueeze(0));
        EXPECT_TRUE(act.select(1, t - 1).to(at::kCPU).equal(actions[k]))
            << "the action comes back from its number as it was";
        auto given = [&](const at::Tensor& buffer) {
            return Conditioning{buffer.flatten(1, 2), act, buffer.select(1, t - 1)};
        };
        auto next_low = c.output(step + "low");
        const bool fed = c.has_output(step + "low_call_0_d_raw");
        auto from_reference =
            frame(c, check, dynamics, given(low), settings, Tape(c, int(k), "dynamics"), fed ? step + "low_" : "");
        if (fed) check.near(step + "low", from_reference, next_low, "small frame from the reference's answers");
        else free_run(c, check, step + "low", from_reference, moved);
        auto freely = frame(c, check, dynamics, given(own_low), settings, Tape(c, int(k), "dynamics"));
        free_run(c, check, step + "low", freely, moved);

        auto blown_up =
            at::upsample_bicubic2d(next_low, {full.size(2), full.size(3)}, false, c10::nullopt, c10::nullopt);
        if (c.has_output(step + "low_upscaled")) check.near(step + "low_upscaled", blown_up);
        auto large =
            frame(c, check, upsampler, Conditioning{at::cat({full, blown_up}, 1), {}, full}, up,
                  Tape(c, int(k), "upsampler"), c.has_output(step + "full_call_0_sigma") ? step + "full_" : "");
        free_run(c, check, step + "full", large, moved);
        full = c.output(step + "full");
        auto roll = [](const at::Tensor& buffer, const at::Tensor& newest) {
            return at::cat({buffer.slice(1, 1), newest.unsqueeze(1)}, 1);
        };
        low = roll(low, next_low), own_low = roll(own_low, freely);
        act = at::roll(act, {-1}, {1}).contiguous();
    }
    free_run(c, check, "final_obs_buffer", own_low, moved);
    check.exact("final_act_buffer", act.to(c.output("final_act_buffer").scalar_type()));
}

}  // namespace

void check_rew_end(const Case& c, Check& check) {
    RewardEnd net = reward_end(c);
    auto frames = c.input("frames"), act = c.input("act");
    const auto b = act.size(0), t = act.size(1);
    Recurrent memory = c.has_input("hx") ? Recurrent{c.input("hx")[0], c.input("cx")[0]} : zeros(b, net.lstm.size());
    std::vector<at::Tensor> encoded, rewards, ends;
    for (std::int64_t i = 0; i < t; ++i) {
        encoded.push_back(net.encode(frames.select(1, i), frames.select(1, i + 1), act.select(1, i)));
        auto said = net(frames.select(1, i), frames.select(1, i + 1), act.select(1, i), memory);
        memory = said.memory;
        rewards.push_back(said.reward), ends.push_back(said.end);
    }
    check.near("encoder", at::stack(encoded, 1).flatten(0, 1));
    check.near("logits_rew", at::stack(rewards, 1));
    check.near("logits_end", at::stack(ends, 1));
    check.near("hx_out", memory.h.unsqueeze(0));
    check.near("cx_out", memory.c.unsqueeze(0));
}

void check_actor_critic(const Case& c, Check& check) {
    auto obs = c.input("obs");
    ActorCritic net = taken(c.set, [&](TensorMap& rest) {
        return actor_critic_of(rest, "actor_critic.", int(obs.size(4)), int(obs.size(3)), c.set.path);
    });
    Recurrent memory = zeros(obs.size(0), net.lstm.size());
    check.near("encoder_0", net.encode(obs.select(1, 0)));
    for (std::int64_t i = 0; i < obs.size(1); ++i) {
        auto said = net(obs.select(1, i), memory);
        memory = said.memory;
        std::string k = std::to_string(i);
        check.near("logits_" + k, said.actions), check.near("value_" + k, said.value);
        check.near("hx_" + k, memory.h), check.near("cx_" + k, memory.c);
    }
}

// The policy's own block, of a checkpoint's index.
void check_small_block(const Case& c, Check& check) {
    ActorCritic net =
        taken(c.set, [&](TensorMap& rest) { return actor_critic_of(rest, "actor_critic.", 8, 8, c.set.path); });
    const std::string module = c.text("module");
    for (const auto& level : net.levels) {
        if (!module.ends_with("." + std::to_string(level.index))) continue;
        auto x = c.input("x");
        auto y = (level.has_projection ? level.projection(x) : x) + level.conv(at::silu(level.norm(x)));
        return check.near("y", y, c.output("y"), "SmallResBlock");
    }
    FAIL() << module << " is no block of the policy's";
}

void check_bicubic(const Case& c, Check& check) {
    auto y = c.output("y");
    check.near("y", at::upsample_bicubic2d(c.input("x"), {y.size(2), y.size(3)}, false, c10::nullopt, c10::nullopt));
}

void check_world(const Case& c, Check& check) {
    c.set.facts.at("branch") == "csgo" ? check_csgo(c, check) : check_atari(c, check);
}

}  // namespace drift::golden
