// Sessions in the caller's buffer: Mbed TLS's own octets behind what we must know to use them safely.
#ifndef MAILMOTE_MBEDTLS_SAVED_SESSION_HPP
#define MAILMOTE_MBEDTLS_SAVED_SESSION_HPP

#include "engine.hpp"

namespace mailmote::mbedtls {

/// Offers the saved session, if there is one that fits the wish and that the engine's trusted certificates still cover.
void offer_saved(Engine& engine, const Wish& wish);

/// Shows in the report what was verified when the session that has been resumed was new.
void restore_report(const Engine& engine, const TlsOptions& options, TlsReport& report, TlsStream::PeerText& text);

/// Saves the engine's session. What does not fit leaves the one before.
void save(Engine& engine, const TlsReport& report, TlsSession& into);

/// Forgets a session that did not work.
void forget(TlsSession& saved);

}  // namespace mailmote::mbedtls

#endif
