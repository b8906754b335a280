// A folder of this run alone, beside the saved states: moments that bookmarks and undo come back to. It is gone when the player ends.
#pragma once

#include <filesystem>
#include <string>

namespace drift {

class Scratch {
public:
    Scratch();  // what crashed players left is removed
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::filesystem::path file(const std::string& name) const {
        return folder_ / name;
    }  // the folder is made by whoever writes there
    std::filesystem::path next(const std::string& name) {
        return file(name + "-" + std::to_string(++count_) + ".state");
    }

private:
    std::filesystem::path folder_;
    int count_ = 0;
};

}  // namespace drift
