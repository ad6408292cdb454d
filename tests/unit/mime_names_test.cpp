#include "message/mime_names.hpp"

#include <gtest/gtest.h>

#include "support/content.hpp"

namespace mailmote {
namespace {

std::string line(TransferEncoding encoding) {
  return test::composed(64, [=](Sink& sink) { put_encoding(sink, encoding); });
}

TEST(MimeNames, NamesEachEncoding) {
  EXPECT_EQ(line(TransferEncoding::seven_bit), "Content-Transfer-Encoding: 7bit\r\n");
  EXPECT_EQ(line(TransferEncoding::eight_bit), "Content-Transfer-Encoding: 8bit\r\n");
  EXPECT_EQ(line(TransferEncoding::quoted_printable), "Content-Transfer-Encoding: quoted-printable\r\n");
  EXPECT_EQ(line(TransferEncoding::base64), "Content-Transfer-Encoding: base64\r\n");
  EXPECT_EQ(line(TransferEncoding::binary), "Content-Transfer-Encoding: binary\r\n");
}

TEST(MimeNames, NamesWhatIsNotDecidedAsItMayComeOut) {
  EXPECT_EQ(line(TransferEncoding::automatic), "Content-Transfer-Encoding: 7bit\r\n");
  EXPECT_EQ(line(TransferEncoding::binary_if_offered), "Content-Transfer-Encoding: binary\r\n");
}

TEST(MimeNames, NamesTheCharset) {
  EXPECT_EQ(charset_name(true), "utf-8");
  EXPECT_EQ(charset_name(false), "unknown-8bit");
}

}  // namespace
}  // namespace mailmote
