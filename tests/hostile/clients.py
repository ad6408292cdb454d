"""The clients that are attacked: each with the options that its documentation gives for a mail to a verified server."""

import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import sys

SECRET = "Tr0ub4dor-and-3-secrets"
LOGIN = ("pump", SECRET)
CONTENT = b"Subject: tank 3\r\n\r\nlevel low\r\n"
SMTPLIB = pathlib.Path(__file__).resolve().parent / "smtplib_client.py"


class NotApplicable(Exception):
    """Why a client cannot be put to this at all."""


@dataclasses.dataclass(frozen=True)
class Mail:
    """What a client is to do. `clear_login`: the user agrees to a password without TLS. `proxy`: (scheme, port).
    `mechanism`: the only one that is allowed. `text`: headers in place of `content`. `seconds`: the time-out."""

    mode: str = "none"
    host: str = "localhost"
    login: tuple = None
    mechanism: str = ""
    clear_login: bool = False
    sender: str = "pump@example.com"
    recipients: tuple = ("ops@example.com",)
    helo: str = "client.example.com"
    content: bytes = CONTENT
    text: dict = None
    proxy: tuple = None
    verbose: bool = False
    seconds: float = 5.0
    mails: int = 1

    @property
    def headers(self):
        return [f"{name}: {value}" for name, value in (self.text or {}).items()]


@dataclasses.dataclass(frozen=True)
class Invocation:
    command: list
    stdin: bytes = b""
    environment: dict = None


class Client:
    """`modes`, `schemes`, `mechanisms`: of Mail's, those that it knows."""

    name = ""
    schemes = ()
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5")
    composes = False
    several_mails = False

    def version(self):
        """None where it is not installed."""
        raise NotImplementedError

    def invocation(self, mail, port, ca):
        if mail.proxy and mail.proxy[0] not in self.schemes:
            raise NotApplicable(f"knows no {mail.proxy[0]} proxy" if self.schemes else "knows no proxies")
        if mail.mechanism and mail.mechanism not in self.mechanisms:
            raise NotApplicable(f"{mail.mechanism} is not there, or cannot be asked for")
        if mail.mails > 1 and not self.several_mails:
            raise NotApplicable("one mail a run")
        if mail.text and not self.composes:
            raise NotApplicable("takes the message as it is")
        return self.invoke(mail, port, ca)

    def invoke(self, mail, port, ca):
        raise NotImplementedError


def said_first(*command):
    if not shutil.which(command[0]):
        return None
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return re.search(r"\d+\.[\d.]*\d", done.stdout).group()


class Mailmote(Client):
    name = "mailmote"
    schemes = ("socks4a", "socks5h", "http")
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER")
    composes = True

    def __init__(self, path):
        self.path = path

    def version(self):
        return "this tree"

    def invoke(self, mail, port, ca):
        way = ["--host", mail.host, "--port", str(port), "--security", mail.mode, "--helo", mail.helo]
        way += [] if mail.mode == "none" else ["--ca-file", ca]
        way += ["--timeout", str(int(mail.seconds * 1000)), "--trace" if mail.verbose else "--json"]
        if mail.proxy:
            way += ["--proxy", f"{mail.proxy[0]}://127.0.0.1:{port}"]
            way += ["--allow-clear"] if mail.mode == "none" else []
        what = ["--from", mail.sender] + [word for recipient in mail.recipients for word in ("--to", recipient)]
        what += self.message(mail)
        what += self.log_in(mail) if mail.login else []
        return Invocation([self.path, "send", *way, *what], b"" if mail.text else mail.content,
                          {"HOSTILE_SECRET": SECRET, "XDG_CONFIG_HOME": "/nonexistent"})

    @staticmethod
    def message(mail):
        if not mail.text:
            return ["--raw", "-"]
        own = {"Subject": "--subject", "Message-ID": "--message-id", "Reply-To": "--reply-to"}
        words = ["--text", "level low"]
        for name, value in mail.text.items():
            words += [own[name], value] if name in own else ["--header", f"{name}: {value}"]
        return words

    @staticmethod
    def log_in(mail):
        words = ["--user", mail.login[0]]
        if mail.mechanism in ("XOAUTH2", "OAUTHBEARER"):
            words += ["--token-command", f"printf %s {SECRET}"]
        else:
            words += ["--password-env", "HOSTILE_SECRET"]
        words += ["--auth", mail.mechanism] if mail.mechanism else []
        return words + (["--allow-cleartext-credentials"] if mail.clear_login else [])


class Curl(Client):
    name = "curl"
    schemes = ("socks4a", "socks5h", "http")
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2", "OAUTHBEARER")
    several_mails = True

    def version(self):
        return said_first("curl", "--version")

    def invoke(self, mail, port, ca):
        scheme = "smtps" if mail.mode == "implicit" else "smtp"
        words = ["--url", f"{scheme}://{mail.host}:{port}/{mail.helo}", "--mail-from", mail.sender]
        words += [word for recipient in mail.recipients for word in ("--mail-rcpt", recipient)]
        words += ["-T", "/dev/stdin", "--max-time", str(mail.seconds)]
        words += [] if mail.mode == "none" else ["--ssl-reqd", "--cacert", ca]
        words += ["-v"] if mail.verbose else []
        words += self.log_in(mail) if mail.login else []
        words += ["--proxytunnel", "-x", f"{mail.proxy[0]}://127.0.0.1:{port}"] if mail.proxy else []
        return Invocation(["curl", "-q", "-sS", *words, *["--next", "-sS", *words] * (mail.mails - 1)], mail.content)

    @staticmethod
    def log_in(mail):
        if mail.mechanism in ("XOAUTH2", "OAUTHBEARER"):
            words = ["--user", f"{mail.login[0]}:", "--oauth2-bearer", SECRET]
        else:
            words = ["--user", ":".join(mail.login)]
        return words + (["--login-options", f"AUTH={mail.mechanism}"] if mail.mechanism else [])


class Msmtp(Client):
    name = "msmtp"
    schemes = ("socks5h",)
    mechanisms = ("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2", "OAUTHBEARER")

    def version(self):
        return said_first("msmtp", "--version")

    def invoke(self, mail, port, ca):
        words = [f"--host={mail.host}", f"--port={port}", f"--from={mail.sender}", f"--domain={mail.helo}",
                 f"--timeout={max(1, int(mail.seconds))}"]
        if mail.mode != "none":
            starttls = "on" if mail.mode == "starttls" else "off"
            words += ["--tls=on", f"--tls-trust-file={ca}", f"--tls-starttls={starttls}"]
        if mail.login:
            words += [f"--auth={mail.mechanism.lower() or 'on'}", f"--user={mail.login[0]}",
                      f"--passwordeval=echo {SECRET}"]
        words += ["--proxy-host=127.0.0.1", f"--proxy-port={port}"] if mail.proxy else []
        words += ["--debug"] if mail.verbose else []
        return Invocation(["msmtp", *words, "--", *mail.recipients], mail.content)


class Swaks(Client):
    name = "swaks"
    composes = True

    def version(self):
        return said_first("swaks", "--version")

    def invoke(self, mail, port, ca):
        words = ["--server", mail.host, "--port", str(port), "--from", mail.sender, "--to", ",".join(mail.recipients),
                 "--helo", mail.helo, "--timeout", str(max(1, int(mail.seconds)))]
        words += {"none": [], "starttls": ["--tls"], "implicit": ["--tlsc"]}[mail.mode]
        words += [] if mail.mode == "none" else ["--tls-verify", "--tls-ca-path", ca]
        if mail.login:
            words += ["--auth", *([mail.mechanism] if mail.mechanism else []), "--auth-user", mail.login[0],
                      "--auth-password", mail.login[1]]
        if mail.text:
            return Invocation(["swaks", *words, *[word for line in mail.headers for word in ("--header", line)]])
        return Invocation(["swaks", *words, "--data", "-"], mail.content)


class Smtplib(Client):
    name = "smtplib"
    several_mails = True

    def version(self):
        return "Python " + sys.version.split()[0]

    def invoke(self, mail, port, ca):
        what = {"host": mail.host, "port": port, "mode": mail.mode, "ca": ca, "login": mail.login, "helo": mail.helo,
                "mechanism": mail.mechanism, "sender": mail.sender, "recipients": mail.recipients,
                "content": mail.content.decode("latin-1"), "verbose": mail.verbose, "timeout": mail.seconds,
                "mails": mail.mails}
        return Invocation([sys.executable, "-B", str(SMTPLIB)], json.dumps(what).encode())


PEERS = [Curl(), Msmtp(), Swaks(), Smtplib()]
