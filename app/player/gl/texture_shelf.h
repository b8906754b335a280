// Small pictures for panels as textures, made when they are asked for and dropped when they were not for a while.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <map>
#include <memory>

#include "player/gl/picture.h"

namespace drift {

class TextureShelf {
public:
    // The same key and version: the same picture, which is not uploaded again.
    ImTextureID texture(std::uint64_t key, std::uint64_t version, const Frame& frame) {
        Entry& entry = entries_[key];
        if (!entry.texture) entry.texture = std::make_unique<FrameTexture>();
        if (entry.version != version || entry.texture->empty()) entry.texture->upload(frame), entry.version = version;
        entry.used = round_;
        return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(entry.texture->id()));
    }
    // Once in each picture of the window.
    void next_round() {
        std::erase_if(entries_, [&](const auto& pair) { return pair.second.used + 120 < round_; });
        ++round_;
    }

private:
    struct Entry {
        std::unique_ptr<FrameTexture> texture;
        std::uint64_t version = 0, used = 0;
    };
    std::map<std::uint64_t, Entry> entries_;
    std::uint64_t round_ = 0;
};

}  // namespace drift
