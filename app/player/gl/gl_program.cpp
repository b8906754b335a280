#include "player/gl/gl_program.h"

#include <epoxy/gl.h>

#include <fstream>
#include <iterator>

#include "core/error.h"
#include "files/folders.h"

namespace drift {
namespace {

// The first line that says something; drivers add a summary.
std::string first_line(const std::string& log) {
    std::size_t begin = log.find_first_not_of(" \n\r\t");
    if (begin == log.npos) return "the driver gave no reason";
    return printable(log.substr(begin, log.find_first_of("\r\n", begin) - begin));
}

unsigned compile(GLenum kind, const std::string& name) {
    auto file = find_shader(name);
    if (!file)
        throw Error(std::filesystem::path("shaders") / name,
                    "the shader is neither in the source nor in the install folder");
    std::ifstream in(*file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (!in || text.empty()) throw Error(*file, "the shader cannot be read");
    unsigned shader = glCreateShader(kind);
    const char* source = text.data();
    int length = static_cast<int>(text.size()), good = 0;
    glShaderSource(shader, 1, &source, &length);
    glCompileShader(shader);
    glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
    if (good) return shader;
    std::string log(4096, '\0');
    int written = 0;
    glGetShaderInfoLog(shader, static_cast<int>(log.size()), &written, log.data());
    log.resize(static_cast<std::size_t>(written));
    glDeleteShader(shader);
    throw Error(*file, "the shader does not compile: " + first_line(log));
}

}  // namespace

GlProgram::GlProgram(const std::string& vertex, const std::string& fragment) {
    unsigned first = compile(GL_VERTEX_SHADER, vertex), second = 0;
    try {
        second = compile(GL_FRAGMENT_SHADER, fragment);
    } catch (...) {
        glDeleteShader(first);
        throw;
    }
    id_ = glCreateProgram();
    glAttachShader(id_, first);
    glAttachShader(id_, second);
    glLinkProgram(id_);
    glDeleteShader(first);
    glDeleteShader(second);
    int good = 0;
    glGetProgramiv(id_, GL_LINK_STATUS, &good);
    if (good) return;
    std::string log(4096, '\0');
    int written = 0;
    glGetProgramInfoLog(id_, static_cast<int>(log.size()), &written, log.data());
    log.resize(static_cast<std::size_t>(written));
    glDeleteProgram(id_);
    throw Error("shaders " + vertex + " and " + fragment + " do not link: " + first_line(log));
}

GlProgram::~GlProgram() { glDeleteProgram(id_); }
void GlProgram::use() const { glUseProgram(id_); }
int GlProgram::uniform(const char* name) const { return glGetUniformLocation(id_, name); }

}  // namespace drift
