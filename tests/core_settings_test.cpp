// Sampler settings: every field by name, text and number; what is clamped is said; what is inert or untrained is marked.
#include "core/sampler_settings.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <set>

#include "core/error.h"

namespace drift {
namespace {

using Kind = SettingField::Kind;
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float nan_value = std::numeric_limits<float>::quiet_NaN();

SamplerSettings with(std::initializer_list<std::pair<const char*, const char*>> changes) {
    SamplerSettings settings;
    for (auto [name, text] : changes) set_setting(settings, name, text);
    return settings;
}

// Text and back must give the same settings, field by field.
void expect_round_trip(const SamplerSettings& settings) {
    SamplerSettings back = {};
    back.sigma_list = {1};  // something that must be overwritten
    for (const SettingField& field : setting_fields()) set_setting(back, field.name, setting_text(settings, field));
    EXPECT_EQ(back, settings);
}

TEST(Settings, EveryFieldHasANameAMeaningAndADefaultInsideItsRange) {
    std::set<std::string> names;
    const SamplerSettings defaults;
    for (const SettingField& field : setting_fields()) {
        SCOPED_TRACE(field.name);
        EXPECT_TRUE(names.insert(field.name).second);
        EXPECT_EQ(find_setting(field.name), &field);
        EXPECT_GT(std::string(field.label).size(), 0u);
        EXPECT_GT(std::string(field.meaning).size(), 10u);
        ASSERT_TRUE(field.get && field.set);
        EXPECT_EQ(field.choices.empty(), field.kind != Kind::choice);
        if (field.kind == Kind::list) {
            EXPECT_EQ(field.get(defaults), 0);
            continue;
        }
        EXPECT_LT(field.low, field.high);
        EXPECT_GE(static_cast<float>(field.get(defaults)), static_cast<float>(field.low));
        EXPECT_LE(field.get(defaults), field.high);
        EXPECT_TRUE(!field.logarithmic || field.low > 0);
    }
    EXPECT_EQ(find_setting("nothing"), nullptr);
    EXPECT_EQ(find_setting(""), nullptr);
}

TEST(Settings, EachFieldChangesOneValueAndNoOther) {
    for (const SettingField& field : setting_fields()) {
        if (field.kind == Kind::list) continue;
        SCOPED_TRACE(field.name);
        SamplerSettings settings;
        double other = field.get(settings) == field.high ? field.low : field.high;
        field.set(settings, other);
        EXPECT_FLOAT_EQ(static_cast<float>(field.get(settings)), static_cast<float>(other));
        EXPECT_NE(settings, SamplerSettings{});
        for (const SettingField& rest : setting_fields())
            EXPECT_TRUE(&rest == &field || rest.get(settings) == rest.get(SamplerSettings{})) << rest.name;
        expect_round_trip(settings);
    }
}

TEST(Settings, TextKeepsEveryBit) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> exponent(-10, 3);
    for (int i = 0; i < 2000; ++i) {
        SamplerSettings settings;
        settings.sigma_min = std::pow(10.0f, exponent(random));
        settings.rho = exponent(random);
        settings.sigma_list = {std::pow(10.0f, exponent(random)), std::pow(10.0f, exponent(random))};
        expect_round_trip(settings);
    }
}

TEST(Settings, ListTakesCommasBlanksAndNothing) {
    EXPECT_EQ(with({{"sigma_list", " 5, 0.3;\t0.002 "}}).sigma_list, (std::vector<float>{5, 0.3f, 0.002f}));
    EXPECT_TRUE(with({{"sigma_list", "5 1"}, {"sigma_list", ""}}).sigma_list.empty());
    EXPECT_EQ(setting_text(with({{"sigma_list", "5,0.3,0.002"}}), *find_setting("sigma_list")), "5 0.3 0.002");
}

TEST(Settings, BadTextIsRefusedByNameAndChangesNothing) {
    const std::pair<const char*, const char*> bad[] = {
        {"steps", ""},           {"steps", "three"},       {"steps", "3x"},          {"steps", " 3"},
        {"steps", "nan"},        {"rho", "1e999"},         {"rho", "0x10"},          {"rho", "--1"},
        {"solver", "Euler"},     {"solver", "0"},          {"schedule", "\x1b[31m"}, {"quantise", "yes"},
        {"sigma_list", "5 a 1"}, {"sigma_list", "5 1\xff"}};
    for (auto [name, text] : bad) {
        SamplerSettings settings;
        try {
            set_setting(settings, name, text);
            FAIL() << name << " took " << text;
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find(name), std::string::npos);
            EXPECT_EQ(std::string(error.what()), printable(error.what())) << "raw bytes in a message";
        }
        EXPECT_EQ(settings, SamplerSettings{});
    }
    SamplerSettings settings;
    EXPECT_THROW(set_setting(settings, "no_such", "1"), Error);
}

TEST(Settings, LegalOnesAreLeftAlone) {
    std::vector<std::string> notes;
    EXPECT_EQ(clamped(SamplerSettings{}, &notes), SamplerSettings{});
    for (const SettingField& field : setting_fields()) {
        if (field.kind == Kind::list || std::string_view(field.name).starts_with("sigma_m")) continue;
        for (double value : {field.low, field.high}) {
            SamplerSettings settings;
            settings.sigma_list = {5, 1};
            field.set(settings, value);
            EXPECT_EQ(clamped(settings, &notes), settings) << field.name << " " << value;
        }
    }
    EXPECT_TRUE(notes.empty()) << notes.front();
}

TEST(Settings, EachValueOutOfRangeIsClampedAndSaid) {
    for (const SettingField& field : setting_fields()) {
        if (field.kind == Kind::list || field.kind == Kind::boolean) continue;
        std::vector<double> wrong = {field.high + 1, field.high * 10 + 1};
        if (field.kind != Kind::choice) wrong.insert(wrong.end(), {field.low - 1, -1e9});
        if (field.kind == Kind::real) wrong.insert(wrong.end(), {infinity, -infinity, nan_value});
        for (double value : wrong) {
            SCOPED_TRACE(std::string(field.name) + " " + std::to_string(value));
            SamplerSettings settings;
            settings.sigma_list = {3, 1};
            field.set(settings, value);
            std::vector<std::string> notes;
            SamplerSettings legal = clamped(settings, &notes);
            double expected = std::isnan(value)    ? field.get(SamplerSettings{})
                              : value > field.high ? field.high
                                                   : field.low;
            if (std::string_view(field.name) == "sigma_min" && value > 0)
                expected = 2.5;  // then it is above sigma_max as well
            EXPECT_LT(legal.sigma_min, legal.sigma_max);
            EXPECT_EQ(static_cast<float>(field.get(legal)), static_cast<float>(expected));
            ASSERT_GE(notes.size(), 1u);
            EXPECT_NE(notes[0].find(field.name), std::string::npos);
            EXPECT_EQ(clamped(legal), legal) << "clamping twice changes something";
        }
    }
}

TEST(Settings, SigmaMinStaysBelowSigmaMax) {
    for (auto [low, high] :
         {std::pair(5.0f, 5.0f), {6.0f, 5.0f}, {10.0f, 0.001f}, {100.0f, 0.0f}, {infinity, nan_value}}) {
        SamplerSettings settings;
        settings.sigma_min = low;
        settings.sigma_max = high;
        std::vector<std::string> notes;
        SamplerSettings legal = clamped(settings, &notes);
        EXPECT_LT(legal.sigma_min, legal.sigma_max);
        EXPECT_GT(legal.sigma_min, 0);
        EXPECT_FALSE(notes.empty());
        EXPECT_EQ(clamped(legal), legal);
    }
}

TEST(Settings, ATypedListIsMadeToFall) {
    auto listed = [](std::vector<float> sigmas, std::vector<std::string>* notes) {
        SamplerSettings settings;
        settings.schedule = Schedule::list;
        settings.sigma_list = std::move(sigmas);
        return clamped(settings, notes);
    };
    std::vector<std::string> notes;
    EXPECT_EQ(listed({5, 1, 0.1f}, &notes).sigma_list, (std::vector<float>{5, 1, 0.1f}));
    EXPECT_TRUE(notes.empty());
    EXPECT_EQ(listed({0.1f, 5, 1, 5}, &notes).sigma_list, (std::vector<float>{5, 1, 0.1f}));
    EXPECT_EQ(notes.size(), 1u);
    EXPECT_EQ(listed({5, nan_value, -1, 0, infinity, 1}, &notes).sigma_list, (std::vector<float>{5, 1}));
    EXPECT_EQ(notes.size(), 2u);
    EXPECT_EQ(listed({nan_value}, &notes).schedule, Schedule::karras);
    EXPECT_EQ(notes.size(), 4u);
    std::vector<float> many;
    for (int i = 100; i > 0; --i) many.push_back(static_cast<float>(i));
    EXPECT_EQ(listed(many, &notes).sigma_list.size(), 64u);
    EXPECT_EQ(notes.size(), 5u);
}

// Whatever is put in, clamping must come to rest, and sampling must have finite, falling sigmas.
TEST(Settings, AnyGarbageBecomesSomethingThatSamples) {
    std::mt19937 random(2);
    const float values[] = {0, -0.0f, 1, -1, 1e-30f, 1e30f, infinity, -infinity, nan_value, 5, 0.002f, 63.5f, 1000};
    auto any = [&] { return values[random() % std::size(values)]; };
    for (int i = 0; i < 20000; ++i) {
        SamplerSettings settings;
        for (const SettingField& field : setting_fields()) {
            double value = any();
            if (field.kind == Kind::list) continue;
            if (field.kind != Kind::real && !(std::abs(value) < 1e9)) value = -7;
            if (field.kind == Kind::choice) value = static_cast<double>(random() % (field.choices.size() + 2));
            field.set(settings, value);
        }
        for (int n = static_cast<int>(random() % 5); n > 0; --n) settings.sigma_list.push_back(any());
        SamplerSettings legal = clamped(settings);
        ASSERT_EQ(clamped(legal), legal);
        auto levels = sigmas(legal);
        ASSERT_GE(levels.size(), 2u);
        ASSERT_EQ(levels.back(), 0);
        for (std::size_t k = 0; k + 1 < levels.size(); ++k) {
            ASSERT_TRUE(std::isfinite(levels[k]));
            ASSERT_GE(levels[k], levels[k + 1]);
            ASSERT_GT(levels[k], 0);
        }
        ASSERT_GE(network_calls(legal), 1);
        expect_round_trip(legal);
        for (const SettingField& field : setting_fields()) {
            inert(legal, field);
            untrained(legal, field, {});
        }
    }
}

std::set<std::string> inert_ones(const SamplerSettings& settings) {
    std::set<std::string> names;
    for (const SettingField& field : setting_fields())
        if (inert(settings, field)) names.insert(field.name);
    return names;
}

TEST(Settings, InertFieldsAreMarked) {
    using Names = std::set<std::string>;
    EXPECT_EQ(inert_ones({}), (Names{"sigma_list", "history_noise", "s_tmin", "s_tmax", "s_noise"}));
    EXPECT_EQ(inert_ones(with({{"s_churn", "1"}})), (Names{"sigma_list", "history_noise"}));
    EXPECT_EQ(inert_ones(with({{"s_churn", "1"}, {"steps", "1"}})),
              (Names{"sigma_list", "history_noise", "rho", "sigma_min", "solver"}));
    EXPECT_EQ(inert_ones(with({{"s_churn", "1"}, {"steps", "2"}})), (Names{"sigma_list", "history_noise", "rho"}));
    EXPECT_EQ(inert_ones(with({{"s_churn", "1"}, {"schedule", "linear"}})),
              (Names{"sigma_list", "history_noise", "rho"}));
    EXPECT_EQ(inert_ones(with({{"s_churn", "1"}, {"start_at_sigma_max", "true"}})),
              (Names{"sigma_list", "history_noise", "start_scale"}));
    EXPECT_EQ(inert_ones(with({{"s_churn", "1"}, {"schedule", "list"}, {"sigma_list", "5 1"}})),
              (Names{"history_noise", "rho", "sigma_min", "sigma_max", "steps"}));
    EXPECT_EQ(inert_ones(with({{"s_churn", "1"}, {"schedule", "list"}, {"sigma_list", "5"}})),
              (Names{"history_noise", "rho", "sigma_min", "sigma_max", "steps", "solver"}));
    EXPECT_FALSE(inert_ones(with({{"history_guidance", "2"}})).contains("history_noise"));
}

std::set<std::string> untrained_ones(const SamplerSettings& settings, const TrainedRanges& trained) {
    std::set<std::string> names;
    for (const SettingField& field : setting_fields())
        if (untrained(settings, field, trained)) names.insert(field.name);
    return names;
}

TEST(Settings, WhatWasNotTrainedIsMarked) {
    using Names = std::set<std::string>;
    TrainedRanges trained{.sigma_min = 0.002f, .sigma_max = 20, .context_noise_max = 0.1f, .centred_starts = false};
    EXPECT_EQ(untrained_ones({}, trained), Names{});
    EXPECT_EQ(untrained_ones(with({{"sigma_max", "20"}, {"context_noise", "0.1"}}), trained), Names{});
    EXPECT_EQ(
        untrained_ones(
            with({{"sigma_max", "21"}, {"sigma_min", "0.001"}, {"context_noise", "0.11"}, {"start_centre", "0.5"}}),
            trained),
        (Names{"sigma_max", "sigma_min", "context_noise", "start_centre"}));
    trained.centred_starts = true;
    EXPECT_EQ(untrained_ones(with({{"start_centre", "1"}}), trained), Names{});
    // With a typed list it is the list that counts.
    EXPECT_EQ(untrained_ones(with({{"schedule", "list"}, {"sigma_list", "21 1"}, {"sigma_max", "50"}}), trained),
              Names{"sigma_list"});
    EXPECT_EQ(untrained_ones(with({{"schedule", "list"}, {"sigma_list", "5 0.001"}}), trained), Names{"sigma_list"});
    EXPECT_EQ(untrained_ones(with({{"sigma_list", "21 1"}}), trained), Names{});
}

TEST(Settings, AnUpsamplerHasSettingsOfItsOwn) {
    SamplerSettings plain, both;
    both.upsampler.emplace_back();
    EXPECT_THROW(set_setting(plain, "upsampler_steps", "3"), Error) << "this one has none";
    set_setting(both, "upsampler_steps", "7");
    set_setting(both, "upsampler_solver", "heun");
    EXPECT_EQ(both.steps, 3);
    EXPECT_EQ(both.upsampler[0].steps, 7);
    EXPECT_EQ(network_calls(both), 3 + 13);
    SamplerSettings back = both;
    back.upsampler[0] = {};
    for (const auto& [name, value] : setting_pairs(both))
        if (!value.empty()) set_setting(back, name, value);
    EXPECT_EQ(back, both);
    EXPECT_EQ(setting_pairs(both).size(), 2 * setting_pairs(plain).size());
    EXPECT_EQ(labelled_settings(both)[setting_fields().size() + 1],
              (std::pair<std::string, std::string>{"Upsampler: Denoising steps", "7"}));
    both.upsampler[0].steps = 1000;
    std::vector<std::string> notes;
    EXPECT_EQ(clamped(both, &notes).upsampler[0].steps, 64);
    EXPECT_EQ(notes.size(), 1u);
}

}  // namespace
}  // namespace drift
