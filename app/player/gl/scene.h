// The pictures: every lane's, the truth's, the ghost's and the map, laid out and drawn.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "player/gl/picture.h"
#include "player/layout.h"
#include "player/view.h"

namespace drift {

struct Tile {
    enum class Kind { lane, truth, ghost, map, low };
    Kind kind = Kind::lane;
    std::size_t lane = 0;  // of kind lane: its place in the step
};

class Scene {
public:
    void begin_world(const WorldInfo& world);
    void show(const Step& step);
    // What is to be seen, in its order; the ghost last.
    std::vector<Tile> tiles(const View& view) const;
    // In pixels of a window of that height; returns where they are, for captions and clicks.
    Fit draw(const View& view, const std::vector<Tile>& tiles, const Box& pixels, float scale, int window_height);
    const Frame& map() const { return map_frame_; }

private:
    const FrameTexture* texture(const Tile& tile) const;
    const FrameTexture* beside(const View& view) const;

    Presenter presenter_;
    std::vector<std::unique_ptr<FrameTexture>> lanes_;  // by place in the step
    FrameTexture truth_, ghost_, map_, low_, spread_, nothing_;
    Frame map_frame_;
    bool has_ghost_ = false;
};

}  // namespace drift
