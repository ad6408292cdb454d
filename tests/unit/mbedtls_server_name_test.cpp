#ifdef MAILMOTE_HAS_MBEDTLS

#include <gtest/gtest.h>

#include <cstdint>
#include <list>
#include <string>

#include "server_name.hpp"

namespace mailmote::mbedtls {
namespace {

constexpr int kMail = 0x81;  // context-specific tags of GeneralName, RFC 5280
constexpr int kDns = 0x82;
constexpr int kUri = 0x86;
constexpr int kAddress = 0x87;

// A certificate that has nothing but alternative names.
class Names {
 public:
  Names& add(int tag, const std::string& value) {
    values_.push_back(value);
    mbedtls_x509_sequence* item = &certificate.subject_alt_names;
    if (values_.size() > 1) item = &more_.emplace_back();
    item->buf.tag = tag;
    item->buf.len = values_.back().size();
    item->buf.p = reinterpret_cast<unsigned char*>(values_.back().data());
    if (values_.size() > 1) last_->next = item;
    last_ = item;
    return *this;
  }
  bool name(Text host) const { return names(certificate, host); }

  mbedtls_x509_crt certificate{};

 private:
  std::list<std::string> values_;
  std::list<mbedtls_x509_sequence> more_;
  mbedtls_x509_sequence* last_ = &certificate.subject_alt_names;
};

bool matches(const char* presented, Text host) { return Names().add(kDns, presented).name(host); }

TEST(MbedtlsServerName, FindsTheHostAmongAllNames) {
  Names some;
  some.add(kDns, "a.example.com").add(kMail, "x@b.example.com").add(kDns, "b.example.com");
  EXPECT_TRUE(some.name("a.example.com"));
  EXPECT_TRUE(some.name("b.example.com"));
  EXPECT_FALSE(some.name("c.example.com"));
}

TEST(MbedtlsServerName, LooksAtNoOtherKindOfName) {
  EXPECT_FALSE(Names().add(kUri, "mail.example.com").name("mail.example.com"));
  EXPECT_FALSE(Names().add(kMail, "mail.example.com").name("mail.example.com"));
}

TEST(MbedtlsServerName, FindsNothingWithoutNames) {
  EXPECT_FALSE(Names().name("mail.example.com"));
  EXPECT_FALSE(Names().name("192.0.2.1"));
  EXPECT_FALSE(Names().name(""));
}

TEST(MbedtlsServerName, ComparesWithoutCase) {
  EXPECT_TRUE(matches("Mail.Example.COM", "mail.example.com"));
  EXPECT_TRUE(matches("*.Example.COM", "MAIL.example.com"));
}

TEST(MbedtlsServerName, IgnoresTheDotAtTheHostsEnd) { EXPECT_TRUE(matches("mail.example.com", "mail.example.com.")); }

TEST(MbedtlsServerName, ComparesTheWholeName) {
  EXPECT_FALSE(matches("mail.example.com", "mail.example.co"));
  EXPECT_FALSE(matches("mail.example.com", "mail.example.com.evil.org"));
  EXPECT_FALSE(matches("example.com", "mail.example.com"));
  EXPECT_FALSE(Names().add(kDns, std::string("mail.example.com\0.evil.org", 26)).name("mail.example.com"));
}

TEST(MbedtlsServerName, LetsAWildcardStandForOneLabel) {
  EXPECT_TRUE(matches("*.example.com", "mail.example.com"));
  EXPECT_FALSE(matches("*.example.com", "example.com"));
  EXPECT_FALSE(matches("*.example.com", ".example.com"));
  EXPECT_FALSE(matches("*.example.com", "a.mail.example.com"));
}

TEST(MbedtlsServerName, KnowsAWildcardOnlyAsTheFirstLabel) {
  EXPECT_FALSE(matches("m*.example.com", "mail.example.com"));
  EXPECT_FALSE(matches("*l.example.com", "mail.example.com"));
  EXPECT_FALSE(matches("mail.*.com", "mail.example.com"));
  EXPECT_FALSE(matches("*.*.com", "mail.example.com"));
}

TEST(MbedtlsServerName, KnowsNoWildcardForATopLevelDomain) {
  EXPECT_FALSE(matches("*", "localhost"));
  EXPECT_FALSE(matches("*.", "localhost."));
  EXPECT_FALSE(matches("*.com", "example.com"));
}

TEST(MbedtlsServerName, ComparesAddressesAsOctets) {
  EXPECT_TRUE(Names().add(kAddress, "\xc0\x01\x02\x03").name("192.1.2.3"));
  EXPECT_FALSE(Names().add(kAddress, "\xc0\x01\x02\x03").name("192.1.2.4"));
  EXPECT_TRUE(Names().add(kAddress, std::string(15, '\0') + '\1').name("::1"));
  EXPECT_FALSE(Names().add(kAddress, std::string(15, '\0') + '\1').name("0.0.0.1"));
}

TEST(MbedtlsServerName, TakesNoNameForAnAddress) {
  EXPECT_FALSE(matches("192.1.2.3", "192.1.2.3"));
  EXPECT_FALSE(matches("*.1.2.3", "192.1.2.3"));
  EXPECT_FALSE(Names().add(kAddress, "mail").name("mail"));
}

}  // namespace
}  // namespace mailmote::mbedtls

#endif
