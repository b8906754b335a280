#include "player/gl/picture.h"

#include <epoxy/gl.h>

namespace drift {

FrameTexture::FrameTexture() {
    glGenTextures(1, &id_);
    bind();
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);  // shrunk pictures of panels
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
}

FrameTexture::~FrameTexture() { glDeleteTextures(1, &id_); }

void FrameTexture::bind() const { glBindTexture(GL_TEXTURE_2D, id_); }

void FrameTexture::upload(const Frame& frame) {
    int largest = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
    if (frame.empty() || frame.width > largest || frame.height > largest) return;
    bind();
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);  // rows of 3-byte pixels
    if (frame.width == width_ && frame.height == height_) {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_, height_, GL_RGB, GL_UNSIGNED_BYTE, frame.rgb.data());
    } else {
        // Plain RGB8, not sRGB: the bytes are what the window shows, without a conversion that could round.
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, frame.width, frame.height, 0, GL_RGB, GL_UNSIGNED_BYTE,
                     frame.rgb.data());
        width_ = frame.width;
        height_ = frame.height;
    }
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

Presenter::Presenter() : program_("present.vert", "present.frag"), difference_("present.vert", "difference.frag") {
    glGenVertexArrays(1, &vertices_);
}
Presenter::~Presenter() { glDeleteVertexArrays(1, &vertices_); }

void Presenter::draw(const FrameTexture& texture, const Box& box, const Box& seen, int window_height) {
    if (texture.empty() || seen.width < 1 || seen.height < 1) return;
    glActiveTexture(GL_TEXTURE0);
    texture.bind();
    program_.use();
    fill(program_, box, seen, window_height);
}

void Presenter::draw_difference(const FrameTexture& a, const FrameTexture& b, const DifferenceView& view,
                                const Box& box, const Box& seen, int window_height) {
    if (view.mode == DifferenceView::Mode::off || !a.same_size(b)) return draw(a, box, seen, window_height);
    if (a.empty() || seen.width < 1 || seen.height < 1) return;
    glActiveTexture(GL_TEXTURE1);
    b.bind();
    glActiveTexture(GL_TEXTURE0);  // the one that uploads expect
    a.bind();
    difference_.use();
    glUniform1i(difference_.uniform("other"), 1);
    glUniform1f(difference_.uniform("gain"), gain_of(view));
    const bool by_brightness =
        view.mode == DifferenceView::Mode::heat || view.mode == DifferenceView::Mode::uncertainty;
    glUniform1i(difference_.uniform("scheme"), by_brightness                                   ? 1
                                               : view.mode == DifferenceView::Mode::both_signs ? 2
                                                                                               : 0);
    if (const Ramp* colours = ramp(view.mode))
        glUniform3fv(difference_.uniform("ramp"), static_cast<int>(colours->size()), colours->front().data());
    fill(difference_, box, seen, window_height);
}

void Presenter::fill(const GlProgram& program, const Box& box, const Box& seen, int window_height) {
    const float height = static_cast<float>(window_height), bottom = height - box.y - box.height;
    glViewport(static_cast<int>(seen.x), static_cast<int>(height - seen.y - seen.height), static_cast<int>(seen.width),
               static_cast<int>(seen.height));
    glDisable(GL_BLEND);
    glDisable(GL_SCISSOR_TEST);
    glUniform1i(program.uniform("frame"), 0);
    glUniform2f(program.uniform("origin"), box.x, bottom);
    glUniform2f(program.uniform("extent"), box.width, box.height);
    glBindVertexArray(vertices_);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    glBindVertexArray(0);
}

}  // namespace drift
