#include "session/log/value_bytes.h"

#include <string>
#include <utility>

#include "core/error.h"

namespace drift {

constexpr std::uint64_t most = 4096;
constexpr std::size_t most_lanes = 16;  // of a file; the player has four

std::uint64_t get_count(ByteReader& in) {
    auto count = in.get<std::uint64_t>();
    if (count > most)
        throw Error("a state: expected at most " + std::to_string(most) + " of a kind, found " + std::to_string(count));
    return count;
}

void put(ByteWriter& out, const Action& action) {
    const auto& [held, mouse_x, mouse_y] = action;
    out.put<std::uint64_t>(held);
    out.put<std::int16_t>(mouse_x);
    out.put<std::int16_t>(mouse_y);
}
Action get_action(ByteReader& in, ActionWidth width) {
    Action action;
    action.held = width == ActionWidth::wide ? in.get<std::uint64_t>() : in.get<std::uint32_t>();
    action.mouse_x = in.get<std::int16_t>();
    action.mouse_y = in.get<std::int16_t>();
    return action;
}

ActionCode get_code(ByteReader& in, ActionWidth width) {
    return width == ActionWidth::wide ? in.get<std::int64_t>() : in.get<std::int32_t>();
}

void put(ByteWriter& out, const Frame& frame) {
    const auto& [width, height, rgb] = frame;
    out.put<std::int32_t>(width);
    out.put<std::int32_t>(height);
    out.put_bytes(rgb);
}
Frame get_frame(ByteReader& in) {
    auto width = in.get<std::int32_t>(), height = in.get<std::int32_t>();
    if (width < 0 || height < 0 || width > 16384 || height > 16384)
        throw Error("a state: its frame of " + std::to_string(width) + "x" + std::to_string(height) + " cannot be");
    auto bytes = in.take(3ull * static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height));
    Frame frame;
    frame.width = width, frame.height = height;
    frame.rgb.assign(bytes.begin(), bytes.end());
    return frame;
}

namespace {

void put_floats(ByteWriter& out, const std::vector<float>& values) {
    out.put_block({reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * sizeof(float)});
}
std::vector<float> get_floats(ByteReader& in) {
    auto block = in.get_block();
    std::vector<float> values(block.size() / sizeof(float));
    if (!values.empty()) std::memcpy(values.data(), block.data(), values.size() * sizeof(float));
    return values;
}

}  // namespace

void put(ByteWriter& out, const std::optional<Outcome>& outcome) {
    out.put<std::uint8_t>(outcome.has_value());
    if (!outcome) return;
    const auto& [reward, ended, total, policy, value] = *outcome;
    out.put<std::int32_t>(reward);
    out.put<std::uint8_t>(ended);
    out.put<double>(total);
    put_floats(out, policy);
    out.put<float>(value);
}
std::optional<Outcome> get_outcome(ByteReader& in) {
    if (in.get<std::uint8_t>() == 0) return std::nullopt;
    Outcome outcome;
    outcome.reward = in.get<std::int32_t>();
    outcome.ended = in.get<std::uint8_t>() != 0;
    outcome.total = in.get<double>();
    outcome.policy = get_floats(in);
    outcome.value = in.get<float>();
    return outcome;
}

void put(ByteWriter& out, const History& history) {
    const auto& [frames, actions, low, memory, outcome] = history;
    out.put<std::uint64_t>(frames.size());
    for (const Frame& frame : frames) put(out, frame);
    out.put<std::uint64_t>(actions.size());
    for (ActionCode action : actions) out.put<std::int64_t>(action);
    out.put<std::uint64_t>(low.size());
    for (const Frame& frame : low) put(out, frame);
    put_floats(out, memory);
    put(out, outcome);
}
History get_history(ByteReader& in, ActionWidth width) {
    History history;
    for (auto n = get_count(in); n > 0; --n) history.frames.push_back(get_frame(in));
    for (auto n = get_count(in); n > 0; --n) history.actions.push_back(get_code(in, width));
    for (auto n = get_count(in); n > 0; --n) history.low.push_back(get_frame(in));
    history.memory = get_floats(in);
    history.outcome = get_outcome(in);
    return history;
}

void put(ByteWriter& out, const SamplerSettings& settings) {
    const auto pairs = setting_pairs(settings);
    out.put<std::uint64_t>(pairs.size());
    for (const auto& [name, value] : pairs) out.put_text(name), out.put_text(value);
}
SamplerSettings get_settings(ByteReader& in) {
    SamplerSettings settings;
    for (auto n = get_count(in); n > 0; --n) {
        auto name = in.get_text(), value = in.get_text();
        const bool upsampler = name.starts_with(upsampler_prefix);
        if (!find_setting(upsampler ? name.substr(upsampler_prefix.size()) : name)) continue;
        if (upsampler && settings.upsampler.empty()) settings.upsampler.emplace_back();
        if (!(name.ends_with("sigma_list") && value.empty())) set_setting(settings, name, value);
    }
    return clamped(std::move(settings));
}

void put(ByteWriter& out, const Direction& direction) {
    const auto& [lanes, main, own_noise, film, spread] = direction;
    static_cast<void>(film), static_cast<void>(spread);
    out.put<std::uint64_t>(lanes.size());
    for (const auto& [lane, from, settings] : lanes) {
        out.put<std::int32_t>(lane);
        out.put<std::int32_t>(from);
        put(out, settings);
    }
    out.put<std::int32_t>(main);
    out.put<std::uint8_t>(own_noise);
}
Direction get_direction(ByteReader& in) {
    Direction direction;
    direction.lanes.clear();
    for (auto n = get_count(in); n > 0; --n) {
        LanePlan& plan = direction.lanes.emplace_back();
        plan.lane = in.get<std::int32_t>();
        plan.from = in.get<std::int32_t>();
        plan.settings = get_settings(in);
    }
    if (direction.lanes.empty() || direction.lanes.size() > most_lanes)
        throw Error("a state: expected 1 to " + std::to_string(most_lanes) + " lanes, found " +
                    std::to_string(direction.lanes.size()));
    direction.main = in.get<std::int32_t>();
    direction.own_noise = in.get<std::uint8_t>() != 0;
    return direction;
}

}  // namespace drift
