// Values that states and logs hold, as bytes and back. Readers throw Error where the bytes are none of theirs.
#pragma once

#include "core/byte_stream.h"
#include "core/frame.h"
#include "core/sampler_settings.h"
#include "core/world_model.h"
#include "session/stage.h"

namespace drift {

// What a struct looks like in memory is never what it looks like in a file: each value goes by itself. Writers take a struct apart by a
// structured binding, so that a member that is added and not written does not compile.
enum class ActionWidth { narrow, wide };  // 32 bits as older files have them, or 64
void put(ByteWriter& out, const Action& action);
Action get_action(ByteReader& in, ActionWidth width);
ActionCode get_code(ByteReader& in, ActionWidth width);
void put(ByteWriter& out, const Frame& frame);
Frame get_frame(ByteReader& in);
void put(ByteWriter& out, const std::optional<Outcome>& outcome);
std::optional<Outcome> get_outcome(ByteReader& in);
void put(ByteWriter& out, const History& history);
History get_history(ByteReader& in, ActionWidth width);
// By name, so that a file outlives a setting that comes or goes. What is read is legal: clamped(), whatever the file says.
void put(ByteWriter& out, const SamplerSettings& settings);
SamplerSettings get_settings(ByteReader& in);
// Without the film: looking changes nothing. At most 16 lanes.
void put(ByteWriter& out, const Direction& direction);
Direction get_direction(ByteReader& in);
// How many of a kind follow: at most 4096, more than any state has.
std::uint64_t get_count(ByteReader& in);

}  // namespace drift
