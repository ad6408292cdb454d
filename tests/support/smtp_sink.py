#!/usr/bin/env python3
"""An SMTP server on the loopback interface that keeps what it gets: aiosmtpd, as its user wants it.

Prints "port N" when it listens, and runs until it is terminated. The n-th message becomes n.eml (its octets, dots
unstuffed) and n.json (sender, recipients, parameters) in the directory.
"""

import argparse
import asyncio
import json
import logging
import os
import pathlib
import signal
import ssl
import sys
import warnings

try:
    from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
except ImportError:
    sys.exit("smtp_sink: aiosmtpd is missing: install the Debian package python3-aiosmtpd")


class Keeper:
    """Says to each address what it was told to, and files each message."""

    def __init__(self, directory, replies, content_reply):
        self.directory = pathlib.Path(directory)
        self.replies = replies
        self.content_reply = content_reply
        self.count = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = self.replies.get(address, "250 2.1.0 sender taken")
        if reply.startswith("250"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return reply

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.replies.get(address, "250 2.1.5 recipient taken")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        if self.content_reply:
            return self.content_reply
        self.count += 1
        self.write(f"{self.count}.json", json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "options": envelope.mail_options}).encode())
        self.write(f"{self.count}.eml", envelope.content)
        return f"250 2.0.0 kept as number {self.count}"

    def write(self, name, octets):
        """Under another name first, so that nobody reads half a file."""
        beginning = self.directory / f".{name}"
        beginning.write_bytes(octets)
        os.replace(beginning, self.directory / name)


def tls_context(arguments):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(arguments.certificate, arguments.key)
    if arguments.tls_version:
        context.minimum_version = context.maximum_version = ssl.TLSVersion[f"TLSv1_{arguments.tls_version[-1]}"]
    if arguments.client_ca:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(arguments.client_ca)
    return context


def authenticator(arguments):
    """Takes one user; counts nothing, so that a test may try as often as it likes."""
    user, _, password = arguments.login.partition(":")

    def check(server, session, envelope, mechanism, data):
        wanted = LoginPassword(user.encode(), password.encode())
        return AuthResult(success=data == wanted, handled=False)
    return check


async def serve(arguments):
    replies = dict(pair.split("=", 1) for pair in arguments.reply)
    keeper = Keeper(arguments.directory, replies, arguments.content_reply)
    loop = asyncio.get_running_loop()
    implicit = tls_context(arguments) if arguments.tls == "implicit" else None
    starttls = tls_context(arguments) if arguments.tls == "starttls" else None
    login = {}
    if arguments.login:  # in clear it does as it is told, and has much to say about that
        logging.disable(logging.WARNING)
        warnings.simplefilter("ignore")
        login = {"authenticator": authenticator(arguments), "auth_required": True, "auth_require_tls": False,
                 "auth_exclude_mechanism": arguments.without_mechanism}
    server = await loop.create_server(
        lambda: SMTP(keeper, data_size_limit=arguments.size, enable_SMTPUTF8=not arguments.no_smtputf8,
                     hostname="sink.example.com", ident="ready", loop=loop, tls_context=starttls,
                     require_starttls=starttls is not None, **login), arguments.host, 0, ssl=implicit)
    stop = loop.create_future()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: stop.done() or stop.set_result(None))
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await stop
    server.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", help="where messages are kept; must exist")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at")
    parser.add_argument("--size", type=int, default=33554432, help="largest message, as offered in SIZE (%(default)s)")
    parser.add_argument("--no-smtputf8", action="store_true", help="do not offer SMTPUTF8")
    parser.add_argument("--reply", action="append", default=[], metavar="ADDRESS=REPLY",
                        help="what to say to a sender or recipient, as in 'bob@example.com=550 5.1.1 no such user'")
    parser.add_argument("--content-reply", metavar="REPLY", help="what to say to every message, which is then not kept")
    parser.add_argument("--tls", choices=["implicit", "starttls"], help="speak TLS, and take no mail without it")
    parser.add_argument("--certificate", metavar="FILE", help="the certificate, with those that go with it")
    parser.add_argument("--key", metavar="FILE", help="its key")
    parser.add_argument("--tls-version", choices=["1.2", "1.3"], help="the only version (both)")
    parser.add_argument("--client-ca", metavar="FILE", help="demand a client certificate that this CA vouches for")
    parser.add_argument("--login", metavar="USER:PASSWORD", help="take mail from this user only")
    parser.add_argument("--without-mechanism", action="append", default=[], metavar="NAME",
                        help="offer PLAIN or LOGIN not")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
