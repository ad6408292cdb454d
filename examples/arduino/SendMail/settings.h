// Yours: fill these in.
#pragma once

constexpr char kNetwork[] = "my network";
constexpr char kNetworkPassword[] = "its password";

constexpr char kServer[] = "smtp.example.com";
constexpr char kUser[] = "tank@example.com";
constexpr char kPassword[] = "password";
constexpr char kTo[] = "ops@example.com";

// The certificate that the server's own is derived from; docs/providers.md says how to get it.
constexpr char kCa[] = R"(-----BEGIN CERTIFICATE-----
...
-----END CERTIFICATE-----
)";
