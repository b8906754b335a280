// A shader program from files in shaders/, whose failure names the file and the compiler's line.
#pragma once

#include <string>

namespace drift {

class GlProgram {
public:
    // Names below shaders/. Throws Error. Needs a current GL context, here and until its end.
    GlProgram(const std::string& vertex, const std::string& fragment);
    ~GlProgram();
    GlProgram(const GlProgram&) = delete;
    GlProgram& operator=(const GlProgram&) = delete;

    void use() const;
    int uniform(const char* name) const;  // -1 where the compiler has dropped it, which GL ignores

private:
    unsigned id_ = 0;
};

}  // namespace drift
