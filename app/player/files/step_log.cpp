#include "player/files/step_log.h"

#include <cmath>

#include "core/error.h"
#include "games/list.h"

namespace drift {
namespace {

// FNV-1a of the frame's bytes: tells whether two plays dreamed the same.
std::uint64_t checksum(const Frame& frame) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (std::uint8_t byte : frame.rgb) hash = (hash ^ byte) * 0x100000001b3u;
    return hash;
}

}  // namespace

StepLog::StepLog(const std::filesystem::path& file) : file_(file), out_(file) {
    if (!out_) throw Error(file, "steps cannot be recorded there");
}

void StepLog::header(const WorldInfo& world) {
    game_ = world.game;
    reader_ = is_own_game(world.game) ? make_game(world.game) : nullptr;
    out_ << "episode\tseed\tstep\tlane\taction";
    for (const SettingField& field : setting_fields()) out_ << '\t' << field.name;
    for (const DriftMeasure& measure : drift_measures()) out_ << '\t' << measure.name;
    out_ << "\tdream";
    if (reader_)
        for (const std::string& object : reader_->info().objects) out_ << '\t' << object << "_x\t" << object << "_y";
    out_ << '\n';
}

void StepLog::dream_objects(const Probe& probe) {
    for (const std::optional<Point>& object : probe.objects)
        if (object) out_ << '\t' << object->x << '\t' << object->y;
        else out_ << "\t-\t-";
}

void StepLog::write(const WorldInfo& world, const Step& step) {
    if (game_ != world.game) header(world);
    for (const LaneStep& lane : step.lanes) {
        out_ << step.episode << '\t' << step.seed << '\t' << step.index << '\t' << lane.lane << '\t'
             << world.actions.name_of(step.network_action);
        for (const SettingField& field : setting_fields()) out_ << '\t' << setting_text(lane.settings, field);
        for (const DriftMeasure& measure : drift_measures())
            std::isnan(lane.drift.*measure.value) ? out_ << "\t-" : out_ << '\t' << lane.drift.*measure.value;
        out_ << '\t' << std::hex << checksum(lane.frame) << std::dec;
        if (reader_) dream_objects(lane.probe);
        out_ << '\n';
    }
    out_.flush();
    if (!out_) throw Error(file_, "steps cannot be recorded any more: the disk is full or gone");
}

}  // namespace drift
