"""The ways to a server, each through a proxy of its kind."""

import contextlib

import proxies
from axes import CONNECT, CONNECT_LOGIN, DIRECT, SOCKS4, SOCKS4A, SOCKS5, SOCKS5_LOGIN
from unpacked import CannotRun

USER, PASSWORD = "pump", "s3cret"
# (the proxy, whether somebody has to log in, the ways that lead through it)
KINDS = [(proxies.Dante, False, {SOCKS4: "socks4"}),
         (proxies.SshTunnel, False, {SOCKS4A: "socks4a"}),
         (proxies.Microsocks, False, {SOCKS5: "socks5h"}),
         (proxies.Microsocks, True, {SOCKS5_LOGIN: "socks5h"}),
         (proxies.Tinyproxy, False, {CONNECT: "http"}),
         (proxies.Tinyproxy, True, {CONNECT_LOGIN: "http"})]


class Ways(contextlib.ExitStack):
    """Starts the proxies. `options`: of each way that there is; `skipped`: why there is no other."""

    def __init__(self, place):
        super().__init__()
        self.options, self.skipped = {DIRECT: []}, {}
        self.secret = place / "proxy_password"
        self.secret.write_text(PASSWORD, encoding="utf-8")

    def __enter__(self):
        for kind, has_login, schemes in KINDS:
            try:
                proxy = self.enter_context(kind({USER: PASSWORD} if has_login else None))
            except CannotRun as why:
                self.skipped.update({way: str(why) for way in schemes})
                continue
            who, more = (f"{USER}@", ["--proxy-password-file", str(self.secret)]) if has_login else ("", [])
            for way, scheme in schemes.items():
                self.options[way] = ["--proxy", f"{scheme}://{who}127.0.0.1:{proxy.port}", *more]
        return self
