// The difference of two frames of equal size, each pixel of them a whole block.
#version 330 core
uniform sampler2D frame;
uniform sampler2D other;
uniform vec2 origin;  // lower left corner of the picture in the window, pixels
uniform vec2 extent;  // size of the picture in the window, pixels
uniform float gain;
uniform int scheme;      // 0: each colour by itself; 1: brightness through the ramp; 2: the same with its sign, 0 in the ramp's middle
uniform vec3 ramp[9];
out vec4 colour;

vec3 along_ramp(float place) {
    float at = clamp(place, 0.0, 1.0) * 8.0;
    int below = min(int(at), 7);
    return mix(ramp[below], ramp[below + 1], at - float(below));
}

void main() {
    vec2 size = vec2(textureSize(frame, 0));
    vec2 place = (gl_FragCoord.xy - origin) / extent;
    // The first row of a frame is its top; the window's is its bottom.
    ivec2 texel = ivec2(clamp(floor(vec2(place.x, 1.0 - place.y) * size), vec2(0.0), size - 1.0));
    vec3 difference = texelFetch(frame, texel, 0).rgb - texelFetch(other, texel, 0).rgb;
    const vec3 luma = vec3(0.2126, 0.7152, 0.0722);  // Rec. 709, on the bytes as they are
    vec3 shown = abs(difference) * gain;
    if (scheme == 1) shown = along_ramp(dot(abs(difference), luma) * gain);
    if (scheme == 2) shown = along_ramp(0.5 + 0.5 * dot(difference, luma) * gain);
    colour = vec4(min(shown, 1.0), 1.0);
}
