// SHA-1 and SHA-256 (FIPS 180-4), slow and plain, for tests of SCRAM without a TLS library.
#ifndef MAILMOTE_TESTS_SUPPORT_TEST_HASH_HPP
#define MAILMOTE_TESTS_SUPPORT_TEST_HASH_HPP

#include <string>
#include <string_view>

#include "mailmote/scram.hpp"

namespace mailmote::test {

std::string sha1(std::string_view octets);
std::string sha256(std::string_view octets);

extern const ScramHash kTestSha1;
extern const ScramHash kTestSha256;

/// Contexts that were started and not ended.
int open_contexts();

}  // namespace mailmote::test

#endif
