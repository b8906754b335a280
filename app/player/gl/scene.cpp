#include "player/gl/scene.h"

#include <cmath>

#include "games/list.h"
#include "player/lanes.h"

namespace drift {

void Scene::begin_world(const WorldInfo& world) {
    has_ghost_ = false;
    map_frame_ = is_own_game(world.game) ? make_game(world.game)->map() : Frame{};
    map_.upload(map_frame_);
}

void Scene::show(const Step& step) {
    while (lanes_.size() < step.lanes.size()) lanes_.push_back(std::make_unique<FrameTexture>());
    for (std::size_t i = 0; i < step.lanes.size(); ++i) lanes_[i]->upload(step.lanes[i].frame);
    truth_.upload(step.truth);
    ghost_.upload(step.ghost);
    low_.upload(step.main_lane().low);
    if (const Frame& deviation = step.spread.deviation; !deviation.empty()) {
        spread_.upload(deviation);
        nothing_.upload(Frame(deviation.width, deviation.height));
    }
    has_ghost_ = !step.ghost.empty();
}

std::vector<Tile> Scene::tiles(const View& view) const {
    std::vector<Tile> all;
    if (wiping(view)) {
        for (std::size_t i = 0; i < view.step->lanes.size(); ++i)
            if (view.step->lanes[i].lane == wiped_pictures(view).left) all.push_back({Tile::Kind::lane, i});
        return all;
    }
    for (const Lane& lane : view.lanes.all)
        for (std::size_t i = 0; i < view.step->lanes.size(); ++i)
            if (view.step->lanes[i].lane == lane.number && lane_shown(view, lane)) all.push_back({Tile::Kind::lane, i});
    if (all.empty()) all.push_back({Tile::Kind::lane, view.step->main});  // a picture there always is
    if (view.layout.low && !view.step->main_lane().low.empty()) all.push_back({Tile::Kind::low, view.step->main});
    if (view.truth_shown()) {
        all.push_back({Tile::Kind::truth, 0});
        if (!map_frame_.empty()) all.push_back({Tile::Kind::map, 0});
    }
    if (has_ghost_ && view.layout.ghost && !view.recording.watch && view.lanes.alone < 0)
        all.push_back({Tile::Kind::ghost, view.step->main});
    return all;
}

const FrameTexture* Scene::texture(const Tile& tile) const {
    switch (tile.kind) {
        case Tile::Kind::lane: return tile.lane < lanes_.size() ? lanes_[tile.lane].get() : nullptr;
        case Tile::Kind::truth: return &truth_;
        case Tile::Kind::ghost: return &ghost_;
        case Tile::Kind::map: return &map_;
        case Tile::Kind::low: return &low_;
    }
    return nullptr;
}

// What a wipe shows at the right of its line.
const FrameTexture* Scene::beside(const View& view) const {
    const int lane = wiped_pictures(view).right;
    if (lane < 0) return &truth_;
    for (std::size_t i = 0; i < view.step->lanes.size() && i < lanes_.size(); ++i)
        if (view.step->lanes[i].lane == lane) return lanes_[i].get();
    return nullptr;
}

Fit Scene::draw(const View& view, const std::vector<Tile>& tiles, const Box& pixels, float scale, int window_height) {
    const Frame& frame = view.step->main_lane().frame;
    // A ghost comes and goes: it takes no room from the others, and where it would be too small to be seen it would only hide one of them.
    bool ghost = tiles.back().kind == Tile::Kind::ghost;
    std::size_t count = tiles.size() - (ghost ? 1 : 0);
    const float gap = 20 * scale, caption = 26 * scale, least_ghost = 70 * scale;
    Fit fit = fit_frames(pixels, static_cast<int>(count), frame.width, frame.height, gap,
                         count > 1 || view.difference_shown(view.step->main_lane().lane) ? caption : 0);
    if (ghost && !fit.frames.empty())
        if (const Box beside = place_beside(pixels, fit, gap, caption); beside.width >= least_ghost)
            fit.frames.push_back(beside);
    for (std::size_t i = 0; i < fit.frames.size(); ++i)
        if (const FrameTexture* shown = texture(tiles[i])) {
            bool differs =
                tiles[i].kind == Tile::Kind::lane && view.difference_shown(view.step->lanes[tiles[i].lane].lane);
            const FrameTexture& other =
                view.difference.against == DifferenceView::Against::truth ? truth_ : *lanes_[view.step->main];
            const bool unsure = view.difference.mode == DifferenceView::Mode::uncertainty;
            const Box seen = fit.frames[i];
            const Box whole = tiles[i].kind == Tile::Kind::map ? seen : whole_box(view.closer, seen);
            if (differs)
                presenter_.draw_difference(unsure ? spread_ : *shown, unsure ? nothing_ : other, view.difference, whole,
                                           seen, window_height);
            else presenter_.draw(*shown, whole, seen, window_height);
            if (const FrameTexture* right = wiping(view) ? beside(view) : nullptr) {
                const float left = std::round(seen.width * view.closer.wipe_at);
                presenter_.draw(*right, whole, {seen.x + left, seen.y, seen.width - left, seen.height}, window_height);
            }
        }
    return fit;
}

}  // namespace drift
