// Parity with the published code of DIAMOND: one test for each case of each set, registered from the data itself.
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <cstdio>
#include <memory>

#include "core/sampler_settings.h"
#include "golden_check.h"
#include "model/bytes.h"

namespace drift::golden {
namespace {

void check_schedule(const Case& c, Check& check) {
    const auto& s = c.json.at("settings");
    SamplerSettings settings;
    settings.steps = s.at("num_steps_denoising");
    settings.sigma_min = s.at("sigma_min"), settings.sigma_max = s.at("sigma_max"), settings.rho = s.at("rho");
    check.near("sigmas", at::tensor(sigmas(settings)), c.output("sigmas"), "sigmas", 1e-5);
}

void check_quantise(const Case& c, Check& check) {
    check.exact("D", quantise(c.input("d"), Preconditioning::Rounding::truncate));
}

// The reference's display truncates; our quantise() with its rounding gives these levels.
void check_bytes(const Case& c, Check& check) {
    auto d = quantise(c.input("x"), Preconditioning::Rounding::truncate);
    check.exact("level", ((d + 1) / 2 * 255).round().to(at::kByte));
}

void check_frames(const Case& c, Check& check) { check.exact("x", pixels_of_bytes(c.input("level"))); }

void check_fourier(const Case& c, Check& check) {
    FourierFeatures layer;
    layer.weight = c.set.weights().at(c.text("module") + ".weight");
    check.near("features", layer(c.input("c_noise")));
}

void check_conditioners(const Case& c, Check& check) {
    auto p = c.set.preconditioning();
    auto sigma = c.input("sigma");
    auto tensors = coefficients(p, sigma);  // as in training; below as in sampling
    std::vector<float> c_in, c_skip, c_out, c_noise, c_noise_cond;
    for (std::int64_t i = 0; i < sigma.size(0); ++i) {
        auto k = coefficients(p, sigma[i].item<float>());
        c_in.push_back(k.c_in), c_skip.push_back(k.c_skip), c_out.push_back(k.c_out), c_noise.push_back(k.c_noise);
        c_noise_cond.push_back(
            noise_cond_coefficient(c.has_input("sigma_cond") ? c.input("sigma_cond")[i].item<float>() : 0.0f));
    }
    for (auto [name, single, batch] : {std::tuple{"c_in", &c_in, &tensors.c_in},
                                       {"c_skip", &c_skip, &tensors.c_skip},
                                       {"c_out", &c_out, &tensors.c_out},
                                       {"c_noise", &c_noise, &tensors.c_noise}}) {
        check.near(name, at::tensor(*single), c.output(name), name, 1e-6);
        check.near(name, batch->flatten(), c.output(name), name, 1e-6);
    }
    if (c.has_output("c_noise_cond"))
        check.near("c_noise_cond", at::tensor(c_noise_cond), c.output("c_noise_cond"), "c_noise_cond", 1e-6);
}

void check_cond(const Case& c, Check& check) {
    InnerModel model = c.set.network(c.text("net"));
    auto noise_cond = c.maybe("c_noise_cond");
    auto sum = model.noise_emb(c.input("c_noise"));
    if (model.config.noise_cond) sum = sum + model.noise_cond_emb(noise_cond);
    if (c.has_output("act_emb")) {
        check.near("act_emb", model.embed_actions(c.input("act")));
        sum = sum + model.embed_actions(c.input("act"));
    }
    check.near("sum", sum);
    check.near("cond", model.condition(c.input("c_noise"), noise_cond, c.maybe("act")));
}

template <class Layer, class... Inputs>
void check_layer(const Case& c, Check& check, Layer layer, const Inputs&... inputs) {
    ASSERT_GT(fill(layer, c.text("module"), c.set.weights()), 0u);
    check.near("y", layer(inputs...), c.output("y"), c.text("type"));
}

bool knows_module(const std::string& type) {
    for (const char* known :
         {"GroupNorm", "AdaGroupNorm", "SelfAttention2d", "ResBlock", "Downsample", "Upsample", "SmallResBlock"})
        if (type == known) return true;
    return false;
}

void check_module(const Case& c, Check& check) {
    const auto& s = c.json.at("settings");
    std::string type = c.text("type"), module = c.text("module");
    if (type == "SmallResBlock") return check_small_block(c, check);
    int channels = s.at("channels");
    auto x = c.input("x"), cond = c.maybe("cond");
    int cond_channels = cond.defined() ? static_cast<int>(cond.size(1)) : 0;
    if (type == "GroupNorm") return check_layer(c, check, GroupNorm(channels), x);
    if (type == "AdaGroupNorm") return check_layer(c, check, AdaGroupNorm(channels, cond_channels), x, cond);
    if (type == "SelfAttention2d") return check_layer(c, check, SelfAttention(channels), x);
    if (type == "ResBlock")
        return check_layer(c, check, ResBlock(channels, s.at("out_channels"), cond_channels, s.at("attention")), x,
                           cond);
    Conv conv(channels, channels, 3, type == "Downsample" ? 2 : 1);
    fill(conv, module + ".conv", c.set.weights());
    check.near("y", conv(type == "Upsample" ? upsample_nearest(x) : x), c.output("y"), type);
}

void check_unet(const Case& c, Check& check) {
    InnerModel model = c.set.network(c.text("net"));
    auto y = model.unet(c.input("x"), c.input("cond"), [&](const std::string& name, const at::Tensor& value) {
        if (c.has_output(name)) check.near(name, value, c.output(name), "block");
    });
    check.near("y", y);
}

void check_inner_model(const Case& c, Check& check) {
    InnerModel model = c.set.network(c.text("net"));
    auto cond = model.condition(c.input("c_noise"), c.maybe("c_noise_cond"), c.maybe("act"));
    check.near("F", model.forward(at::cat({c.input("obs"), c.input("noisy")}, 1), cond).f);
}

void check_denoise(const Case& c, Check& check) {
    NetworkDenoiser denoiser(c.set.network(c.text("net")), c.set.preconditioning(c.text("net")));
    auto x = c.input("x"), context = c.input("context");
    std::vector<NoiseLevel> levels;
    for (std::int64_t b = 0; b < x.size(0); ++b) {  // a batch of the reference may hold different sigmas
        auto of = [&](const char* name) { return c.input(name)[c.input(name).size(0) > 1 ? b : 0].item<float>(); };
        levels.push_back({of("sigma"), c.has_input("sigma_cond") ? of("sigma_cond") : 0.0f});
    }
    Conditioning given{context.flatten(1, 2), c.maybe("act"), context.select(1, context.size(1) - 1)};
    auto d_raw = denoiser.denoise(x, levels, given);
    check.near("F", denoiser.predicted(x, levels, given).f);
    check.near("d_raw", d_raw);
    check.levels("D_level", d_raw, c.output("d_raw"));
}

using Runner = void (*)(const Case&, Check&);
const std::map<std::string, Runner>& runners() {
    static const std::map<std::string, Runner> by_kind = {{"schedule", check_schedule},
                                                          {"quantise", check_quantise},
                                                          {"frames", check_frames},
                                                          {"fourier", check_fourier},
                                                          {"conditioners", check_conditioners},
                                                          {"cond", check_cond},
                                                          {"module", check_module},
                                                          {"unet", check_unet},
                                                          {"inner_model", check_inner_model},
                                                          {"denoise", check_denoise},
                                                          {"sampler", check_sampler},
                                                          {"bytes", check_bytes},
                                                          {"rew_end", check_rew_end},
                                                          {"actor_critic", check_actor_critic},
                                                          {"wm", check_world},
                                                          {"bicubic", check_bicubic}};
    return by_kind;
}

class CaseTest : public testing::Test {
public:
    CaseTest(std::shared_ptr<const Set> set, const nlohmann::json& json, Runner run)
        : set_(std::move(set)), json_(json), run_(run) {}
    void TestBody() override {
        at::NoGradGuard no_gradients;
        Case c{*set_, json_};
        Check check(c);
        run_(c, check);
        if (!HasFatalFailure()) check.nothing_left_out();
    }

private:
    std::shared_ptr<const Set> set_;
    const nlohmann::json& json_;
    Runner run_;
};

// A plain test that fails with a sentence: what could not be registered must not pass by not being there.
class Absent : public testing::Test {
public:
    explicit Absent(std::string why) : why_(std::move(why)) {}
    void TestBody() override { FAIL() << why_; }

private:
    std::string why_;
};

void register_absent(const std::string& name, const std::string& why) {
    testing::RegisterTest("golden", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [why]() -> testing::Test* { return new Absent(why); });
}

class Surroundings : public testing::Environment {
    // As the reference was run; and small networks on threads that wait for each other by spinning crawl on a busy machine. Other tests in
    // the program keep theirs.
    void SetUp() override {
        if (testing::GTEST_FLAG(filter).starts_with("golden")) at::set_num_threads(1);
    }
    void TearDown() override {
        for (const auto& [what, error] : largest_errors())
            std::printf("golden: largest error %.2g in %s\n", error, what.c_str());
    }
};

// What the shipped sets hold at least, so that a case that went missing is noticed.
const std::map<std::string, int> shipped = {{"atari-odd", 53}, {"csgo-narrow", 15}};

int register_set(const std::filesystem::path& path) {
    auto set = std::make_shared<const Set>(path);
    std::string suite = "golden/" + set->name;
    int count = 0;
    for (const auto& json : set->cases) {
        auto runner = runners().find(json.at("kind"));
        if (runner == runners().end() || (json.at("kind") == "module" && !knows_module(json.at("settings").at("type"))))
            continue;
        testing::RegisterTest(
            suite.c_str(), json.at("name").get<std::string>().c_str(), nullptr, nullptr, __FILE__, __LINE__,
            [set, &json, run = runner->second]() -> testing::Test* { return new CaseTest(set, json, run); });
        ++count;
    }
    auto least = shipped.find(set->name);
    if (count == 0 || (least != shipped.end() && count < least->second))
        register_absent(set->name, "only " + std::to_string(count) + " cases in " + path.string());
    return count;
}

bool register_all() {
    testing::AddGlobalTestEnvironment(new Surroundings);
    int count = 0;
    try {
        for (const auto& entry : std::filesystem::directory_iterator(folder()))
            if (std::filesystem::exists(entry.path() / "cases.json")) count += register_set(entry.path());
        if (count == 0) register_absent("sets", "no sets in " + folder().string());
        if (folder() == DRIFT_SOURCE_GOLDEN)
            for (const auto& [name, least] : shipped)
                if (!std::filesystem::exists(folder() / name / "cases.json"))
                    register_absent(name, "the set is missing from " + folder().string());
    } catch (const std::exception& error) {
        register_absent("sets", error.what());
    }
    return true;
}
const bool registered = register_all();

}  // namespace
}  // namespace drift::golden
