// What is typed into fields, as numbers and lists.
#include <gtest/gtest.h>

#include "player/panels/typed_field.h"

namespace drift {
namespace {

TEST(Typed, ADecimalCommaIsADecimalPoint) {
    EXPECT_EQ(typed_number("1.5"), 1.5);
    EXPECT_EQ(typed_number(" 1,5 "), 1.5);
    EXPECT_EQ(typed_number("1e-3"), 0.001);
    EXPECT_EQ(typed_number("+2"), 2);
    EXPECT_EQ(typed_number("-0,25"), -0.25);
    for (const char* text : {"", " ", "x", "1.5x", "1,2,3", "nan", "inf", "1e999"})
        EXPECT_FALSE(typed_number(text)) << text;
}

TEST(Typed, CommasOfAListPartOrAreDecimal) {
    EXPECT_EQ(typed_list("5 0.3 0.002"), "5 0.3 0.002");
    EXPECT_EQ(typed_list("5, 0.3, 0.002"), "5, 0.3, 0.002");
    EXPECT_EQ(typed_list("5,0.3,0.002"), "5,0.3,0.002");
    EXPECT_EQ(typed_list("5 0,3 0,002"), "5 0.3 0.002");
    EXPECT_EQ(typed_list("5; 0,3; 0,002"), "5; 0.3; 0.002");
    EXPECT_EQ(typed_list("0,5"), "0.5");
    EXPECT_EQ(typed_list("5,3,1"), "5,3,1");
    EXPECT_EQ(typed_list("5, 3, 1"), "5, 3, 1");
    EXPECT_EQ(typed_list(""), "");
}

TEST(Typed, ASeedIsAWholeNumber) {
    EXPECT_EQ(typed_seed("18446744073709551615"), 18446744073709551615u);
    EXPECT_EQ(typed_seed(" 7"), 7u);
    for (const char* text : {"", "-1", "1.5", "abc", "7x", "18446744073709551616"})
        EXPECT_FALSE(typed_seed(text)) << text;
}

}  // namespace
}  // namespace drift
