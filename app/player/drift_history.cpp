#include "player/drift_history.h"

#include <algorithm>
#include <cmath>

#include "core/thumbnail.h"

namespace drift {

const Drift* DriftSample::of(int lane) const {
    for (const auto& [number, drift] : lanes)
        if (number == lane) return &drift;
    return nullptr;
}

void DriftHistory::mark_changes(DriftSample& sample, const Step& step) {
    for (const LaneStep& lane : step.lanes) {
        auto before = settings_.find(lane.lane);
        if (before == settings_.end() || before->second == lane.settings) continue;
        const auto were = labelled_settings(before->second), are = labelled_settings(lane.settings);
        for (std::size_t i = 0; i < were.size() && i < are.size(); ++i)
            if (were[i] != are[i])
                sample.marks.push_back("lane " + std::to_string(lane.lane + 1) + ": " + are[i].first + " " +
                                       were[i].second + " to " + are[i].second);
    }
}

void DriftHistory::add(const Step& step) {
    DriftSample sample{step.position, step.index, step.episode, step.seed, step.main_lane().lane, {}, {}, line_,
                       true,          {}};
    for (const LaneStep& lane : step.lanes) sample.lanes.emplace_back(lane.lane, lane.drift);
    bool recalled = step.kind == Step::Kind::recalled;
    if (!recalled && step.kind == Step::Kind::played) mark_changes(sample, step);
    settings_.clear();
    for (const LaneStep& lane : step.lanes) settings_[lane.lane] = lane.settings;
    cursor_ = step.position;
    if (recalled) {  // a lane may have been brought back to the truth
        if (step.position >= first() && step.position < end())
            samples_[static_cast<std::size_t>(step.position - first())].lanes = sample.lanes;
        return;
    }
    if (!samples_.empty() && step.position < end()) {
        auto from =
            samples_.begin() + static_cast<std::ptrdiff_t>(step.position > first() ? step.position - first() : 0);
        // What is shown again otherwise in its own place, as a future that was taken, leaves nothing behind.
        if (const bool in_place = step.kind == Step::Kind::loaded && step.position + 1 == end(); !in_place)
            ghost_.assign(std::make_move_iterator(from), std::make_move_iterator(samples_.end()));
        samples_.erase(from, samples_.end());
        sample.line = ++line_;
    } else if (!samples_.empty() && step.position > end()) {
        samples_.clear();
        sample.line = ++line_;
    }
    if (!samples_.empty()) {
        const DriftSample& before = samples_.back();
        sample.begins = before.episode != sample.episode || before.index + 1 != sample.index;
    }
    if (step.position % thumbnail_every == 0 || sample.begins)
        sample.thumbnail = thumbnail_of(step.main_lane().frame, 48);
    samples_.push_back(std::move(sample));
    if (samples_.size() > kept) samples_.pop_front();
}

const DriftSample* DriftHistory::at(std::uint64_t position) const {
    return position >= first() && position < end() ? &samples_[static_cast<std::size_t>(position - first())] : nullptr;
}

DriftHistory::Episode DriftHistory::episode(int lane, std::size_t most) const {
    Episode found;
    double sum = 0;
    std::size_t count = 0;
    const DriftSample* shown = at(cursor_);
    for (const DriftSample* sample = shown; sample && sample->index > 0;
         sample = sample->position > 0 && !sample->begins ? at(sample->position - 1) : nullptr) {
        const Drift* drift = sample->of(lane);
        if (!drift || std::isnan(drift->psnr)) continue;
        if (found.psnr.size() < most) found.psnr.push_back(static_cast<float>(drift->psnr));
        sum += drift->psnr;
        ++count;
    }
    std::reverse(found.psnr.begin(), found.psnr.end());
    if (count > 0) found.mean = sum / static_cast<double>(count);
    return found;
}

const Frame* DriftHistory::thumbnail(std::uint64_t position) const {
    for (std::uint64_t back = 0; back < 2 * thumbnail_every && back <= position; ++back)
        if (const DriftSample* sample = at(position - back); sample && !sample->thumbnail.empty())
            return &sample->thumbnail;
    return nullptr;
}

void write_csv(std::ostream& out, const DriftHistory& history, std::uint64_t first, std::uint64_t last) {
    out << "position,episode,seed,step,lane,main";
    for (const DriftMeasure& measure : drift_measures()) out << ',' << measure.name;
    out << ",changed\n";
    for (const DriftSample& sample : history.samples()) {
        if (sample.position < first || sample.position > last) continue;
        std::string changed;
        for (const std::string& mark : sample.marks) changed += (changed.empty() ? "" : "; ") + mark;
        for (const auto& [lane, drift] : sample.lanes) {
            out << sample.position << ',' << sample.episode << ',' << sample.seed << ',' << sample.index << ','
                << lane + 1 << ',' << (lane == sample.main);
            for (const DriftMeasure& measure : drift_measures())
                std::isnan(drift.*measure.value) ? out << ',' : out << ',' << drift.*measure.value;
            out << ",\"" << changed << "\"\n";
        }
    }
}

}  // namespace drift
