// What is wrong with a data set, all of it at once: sentences that each name their file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.h"

namespace drift {

class Problems {
public:
    // What comes now belongs to this episode or file; of each a few are said and the rest is counted.
    void begin(const std::filesystem::path& part);
    void add(const Error& error);
    void add(const std::filesystem::path& file, const std::string& cause) { add(Error(file, cause)); }
    // Runs it; an Error is one problem more. False where there was one.
    template <class Work>
    bool attempt(Work work) {
        try {
            work();
            return true;
        } catch (const Error& error) {
            add(error);
            return false;
        }
    }
    bool none() const { return count_ == 0; }
    std::size_t count() const { return count_; }
    std::vector<std::string> sentences() const;
    // Throws the one problem, or all of them a line each below a sentence about `what`; nothing where there is none.
    void check(const std::filesystem::path& what) const;

private:
    struct Part {
        std::filesystem::path name;
        std::vector<std::string> said;
        std::size_t more = 0;
    };
    std::vector<Part> parts_;
    std::size_t count_ = 0;
};

}  // namespace drift
