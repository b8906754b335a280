#include "player/step_log.h"

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
    if (!world.game.empty()) reader_ = make_game(world.game);
    out_ << "episode\tseed\tstep\taction";
    for (const SettingField& field : setting_fields()) out_ << '\t' << field.name;
    out_ << "\tpsnr\tdream";
    if (reader_)
        for (const std::string& object : reader_->info().objects) out_ << '\t' << object << "_x\t" << object << "_y";
    out_ << '\n';
}

void StepLog::dream_objects(const Probe& probe) {
    if (!reader_) return;
    for (const std::optional<Point>& object : probe.objects)
        if (object)
            out_ << '\t' << object->x << '\t' << object->y;
        else
            out_ << "\t-\t-";
}

void StepLog::write(const WorldInfo& world, const Step& step) {
    if (!begun_) header(world);
    begun_ = true;
    const auto& entries = world.actions.entries;
    auto action = static_cast<std::size_t>(step.network_action);
    out_ << step.episode << '\t' << step.seed << '\t' << step.index << '\t' << (action < entries.size() ? entries[action].name : "-");
    for (const SettingField& field : setting_fields()) out_ << '\t' << setting_text(step.main_lane().settings, field);
    out_ << '\t' << (step.truth.empty() ? "-" : std::to_string(step.main_lane().drift.psnr)) << '\t' << std::hex << checksum(step.main_lane().frame) << std::dec;
    dream_objects(step.main_lane().probe);
    out_ << std::endl;
    if (!out_) throw Error(file_, "steps cannot be recorded any more: the disk is full or gone");
}

}  // namespace drift
