#ifdef MAILMOTE_HAS_POSIX

#include "mailmote/posix/system_ca.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace mailmote::posix {
namespace {

TEST(PosixSystemCa, IsAFileOfCertificates) {
  const char* const name = system_ca_file();
  if (name == nullptr) GTEST_SKIP() << "this system has no file of trusted certificates";
  std::ifstream file(name);
  const std::string octets((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_NE(octets.find("-----BEGIN CERTIFICATE-----"), std::string::npos);
}

}  // namespace
}  // namespace mailmote::posix

#endif
