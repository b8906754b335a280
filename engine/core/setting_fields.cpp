// The one list of what can be adjusted of a sampler: sliders, options, files and records read it.
#include <string_view>
#include <type_traits>

#include "core/sampler_settings.h"

namespace drift {
namespace {

constexpr auto solver_names = choices<Solver>(&ChoiceName::name), solver_words = choices<Solver>(&ChoiceName::label);
constexpr auto schedule_names = choices<Schedule>(&ChoiceName::name),
               schedule_words = choices<Schedule>(&ChoiceName::label);

using S = SamplerSettings;
using Kind = SettingField::Kind;

template <auto member>
double read(const S& s) {
    return static_cast<double>(s.*member);
}
template <auto member>
void write(S& s, double value) {
    using T = std::remove_reference_t<decltype(s.*member)>;
    s.*member = static_cast<T>(value);
}
double read_nothing(const S&) { return 0; }
void write_nothing(S&, double) {}

template <auto member>
SettingField real(const char* name, const char* label, const char* meaning, double low, double high,
                  bool logarithmic = false) {
    return {name, label, meaning, Kind::real, low, high, logarithmic, {}, {}, read<member>, write<member>};
}
template <auto member>
SettingField integer(const char* name, const char* label, const char* meaning, double low, double high) {
    return {name, label, meaning, Kind::integer, low, high, false, {}, {}, read<member>, write<member>};
}
template <auto member>
SettingField boolean(const char* name, const char* label, const char* meaning) {
    return {name, label, meaning, Kind::boolean, 0, 1, false, {}, {}, read<member>, write<member>};
}
template <auto member>
SettingField choice(const char* name, const char* label, const char* meaning, std::span<const char* const> choices,
                    std::span<const char* const> shown) {
    return {name,    label, meaning,      Kind::choice, 0, static_cast<double>(choices.size() - 1), false,
            choices, shown, read<member>, write<member>};
}

const std::vector<SettingField>& table() {
    static const std::vector<SettingField> fields = {
        choice<&S::solver>(
            "solver", "Solver",
            "Euler calls the network once per denoising step. Heun corrects each step with a second call, at nearly "
            "twice the cost. DPM-Solver++(2M) uses the step before instead, at Euler's cost.",
            solver_names, solver_words),
        integer<&S::steps>("steps", "Denoising steps", "Denoising steps per frame. More steps take longer.", 1, 64),
        choice<&S::schedule>("schedule", "Schedule", "How the noise levels are spaced between sigma max and sigma min.",
                             schedule_names, schedule_words),
        real<&S::sigma_min>("sigma_min", "Sigma min", "The last noise level before 0. No effect on speed.", 0.0001, 10,
                            true),
        real<&S::sigma_max>(
            "sigma_max", "Sigma max",
            "The first noise level, sigma_0: how much noise the network is told to expect. No effect on speed.", 0.001,
            100, true),
        real<&S::rho>(
            "rho", "Rho",
            "For the Karras schedule: higher values put more of the denoising steps at low noise. No effect on speed.",
            1, 20),
        {"sigma_list",
         "Sigmas",
         "Your own noise levels, from high to low, for the schedule \"Custom list\". The final 0 is added.",
         Kind::list,
         0,
         0,
         false,
         {},
         {},
         read_nothing,
         write_nothing},
        boolean<&S::start_at_sigma_max>("start_at_sigma_max", "Start at sigma_0",
                                        "Scales the start noise by the first sigma of the schedule, as in the EDM "
                                        "paper, instead of by the start scale."),
        real<&S::start_scale>("start_scale", "Start scale",
                              "s in x = s n + c p: the standard deviation of the start noise. 1 is DIAMOND, sigma_0 is "
                              "EDM, 0 means no noise.",
                              0, 10),
        real<&S::start_centre>("start_centre", "Start centre",
                               "c in x = s n + c p: how much of the previous frame sampling starts from.", 0, 1),
        real<&S::s_churn>("s_churn", "Churn",
                          "Fresh noise added at each denoising step (S_churn in EDM, algorithm 2). 0 is deterministic.",
                          0, 80),
        real<&S::s_tmin>("s_tmin", "Churn from sigma", "No churn below this sigma (S_tmin).", 0, 100),
        real<&S::s_tmax>("s_tmax", "Churn to sigma", "No churn above this sigma (S_tmax).", 0, 1000),
        real<&S::s_noise>("s_noise", "Churn noise", "Scale of the churn's fresh noise (S_noise).", 0, 2),
        real<&S::context_noise>("context_noise", "Context noise",
                                "sigma_cond: noise added to the previous frames that the network sees. The network is "
                                "told its level if it was trained that way.",
                                0, 1),
        boolean<&S::quantise>(
            "quantise", "Quantise",
            "Rounds each denoised picture to whole byte levels, as the reference implementation does."),
        real<&S::action_guidance>("action_guidance", "Action guidance",
                                  "Pushes each denoised picture away from what no key would give: D + (w - 1)(D - D "
                                  "without an action). 1 is off; "
                                  "anything else adds a network call to each denoising step.",
                                  0, 8),
        real<&S::history_guidance>(
            "history_guidance", "History guidance",
            "Pushes each denoised picture away from what a noisier context would give: D + (w - 1)(D - D of noisier "
            "frames). 1 is off; anything else adds a network call to each denoising step.",
            0, 8),
        real<&S::history_noise>("history_noise", "History noise",
                                "sigma_cond of the noisier context that history guidance compares with.", 0.002, 1),
        real<&S::auto_guidance>(
            "auto_guidance", "Autoguidance",
            "Pushes each denoised picture away from what a worse network (--guide) makes: D + (w - 1)(D - its D). 1 is "
            "off; anything else adds a call of that network to each denoising step.",
            0, 8),
        integer<&S::noise_variation>(
            "noise_variation", "Noise variation",
            "Which noise the frames are drawn with: another number, another future. No effect on speed.", 0, 255),
    };
    return fields;
}

}  // namespace

std::span<const SettingField> setting_fields() { return table(); }

const SettingField* find_setting(std::string_view name) {
    for (const SettingField& field : table())
        if (name == field.name) return &field;
    return nullptr;
}

}  // namespace drift
