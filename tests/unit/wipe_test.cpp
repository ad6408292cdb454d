#include "wire/wipe.hpp"

#include <gtest/gtest.h>

namespace mailmote {
namespace {

TEST(Wipe, OverwritesWhatItIsGivenAndNothingElse) {
  char text[] = "a secret here";
  wipe(text + 2, 6);
  EXPECT_EQ(std::string_view(text, sizeof text - 1), std::string_view("a \0\0\0\0\0\0 here", 13));
}

TEST(Wipe, OfNothingDoesNothing) { wipe(nullptr, 0); }

}  // namespace
}  // namespace mailmote
