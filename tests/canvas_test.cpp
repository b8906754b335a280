// Text on a canvas: in lines that fit, of whole characters.
#include "media/canvas.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace drift {
namespace {

TEST(Canvas, TextIsWrappedAndCutToItsWidth) {
    Canvas canvas(8, 8, colours::back);
    const Type type{12};
    const std::string text =
        "heun, 10 steps, sigma max 5, start at \u03c3\u2080 "
        "\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3"
        "\u03c3\u03c3\u03c3\u03c3\u03c3\u03c3";
    for (double width : {30.0, 60.0, 128.0, 400.0})
        for (std::size_t most : {1u, 2u, 5u}) {
            auto lines = wrapped(canvas, text, type, width, most);
            EXPECT_LE(lines.size(), most);
            for (const std::string& line : lines) {
                EXPECT_LE(canvas.width_of(line, type), width) << line;
                EXPECT_EQ(printable(line), line) << "a character was cut in two";
            }
        }
    for (const std::string& line :
         wrapped(canvas, "euler, 3 steps, sigma max 5, start 1", type, canvas.width_of("sigma max 5, st", type), 5))
        EXPECT_TRUE(line.ends_with(',') || line == "start 1") << line;  // what belongs together stays together
    EXPECT_EQ(wrapped(canvas, "one two", type, 400, 1), std::vector<std::string>{"one two"});
    EXPECT_TRUE(wrapped(canvas, "", type, 400, 3).empty());
}

}  // namespace
}  // namespace drift
