#include <gtest/gtest.h>

#include "mailmote/sources.hpp"
#include "support/content.hpp"

namespace mailmote {
namespace {

bool write_row(void* context, std::uint32_t row, Sink& out) {
  if (row == *static_cast<std::uint32_t*>(context)) return false;
  out.put("row ");
  out.put_decimal(row);
  out.put(" of a table\n");
  return true;
}

std::string table_of(std::uint32_t rows, std::size_t window) {
  RowSource source(write_row, &rows);
  ContentPlan plan;
  EXPECT_EQ(source.start(Offer(), plan), Status::ok);
  EXPECT_TRUE(plan.rewindable);
  const std::string first = test::read_all(source, window);
  plan = ContentPlan{};
  EXPECT_EQ(source.start(Offer(), plan), Status::ok);
  EXPECT_EQ(test::read_all(source, window), first);
  return first;
}

TEST(RowSource, WritesRowAfterRowThroughEveryWindow) {
  std::string whole;
  for (int row = 0; row < 300; ++row) whole += "row " + std::to_string(row) + " of a table\n";
  for (const std::size_t window : {16U, 17U, 64U, 512U, 100000U}) EXPECT_EQ(table_of(300, window), whole) << window;
}

TEST(RowSource, OfNoRowIsEmpty) { EXPECT_EQ(table_of(0, 16), ""); }

bool write_last(void*, std::uint32_t row, Sink& out) {
  if (row == 1000) out.put("x");
  return row <= 1000;
}

TEST(RowSource, EmptyRowsAreNoEnd) {
  RowSource source(write_last, nullptr, true);
  ContentPlan plan;
  ASSERT_EQ(source.start(Offer(), plan), Status::ok);
  EXPECT_TRUE(plan.eight_bit);
  EXPECT_EQ(test::read_all(source, 16), "x");
}

}  // namespace
}  // namespace mailmote
