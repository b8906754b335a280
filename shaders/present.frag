// Shows a frame crisp: each pixel of the window takes the one texel under it, its bytes unchanged.
#version 330 core
uniform sampler2D frame;
uniform vec2 origin;  // lower left corner of the picture in the window, pixels
uniform vec2 extent;  // size of the picture in the window, pixels
out vec4 colour;

void main() {
    vec2 size = vec2(textureSize(frame, 0));
    vec2 place = (gl_FragCoord.xy - origin) / extent;
    // The first row of a frame is its top; the window's is its bottom.
    ivec2 texel = ivec2(clamp(floor(vec2(place.x, 1.0 - place.y) * size), vec2(0.0), size - 1.0));
    colour = vec4(texelFetch(frame, texel, 0).rgb, 1.0);
}
