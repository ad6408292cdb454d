"""Dovecot's login service alone, for mail servers that ask it about users (Postfix does), with a source of tokens."""

import http.server
import json
import pathlib
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse

from servers import PATIENCE, free_port
from unpacked import CannotRun, command_inside, remove, unpack

USERS = ["dovecot:x:9011:9011::/nonexistent:/usr/sbin/nologin", "dovenull:x:9012:9012::/nonexistent:/usr/sbin/nologin"]
GROUPS = ["dovecot:x:9011:", "dovenull:x:9012:"]
MECHANISMS = "plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer"

CONFIGURATION = """
protocols =
base_dir = {work}/run
state_dir = {work}/state
log_path = {work}/log
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = {mechanisms}
passdb {{
  driver = passwd-file
  mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
  args = scheme=PLAIN username_format=%u {work}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {work}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid=9011 gid=9011 home=/nonexistent
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {port}
  }}
  unix_listener {work}/socket {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""

OAUTH2 = """
tokeninfo_url = http://127.0.0.1:{port}/?access_token=
introspection_mode = auth
username_attribute = username
"""


class Tokens:
    """A server that knows whose a token is."""

    def __init__(self, users):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
                user = users.get(query.get("access_token", [""])[0])
                body = json.dumps({"username": user} if user else {"error": "invalid_token"}).encode()
                self.send_response(200 if user else 401)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Dovecot:
    """`passwords` and `tokens`: of each user. Answers Postfix at `port`, Exim at `socket`."""

    def __init__(self, passwords, tokens):
        self.passwords, self.tokens = passwords, tokens

    def __enter__(self):
        root = unpack("dovecot-core")
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="mailmote-dovecot-"))
        self.work.chmod(0o755)
        self.token_server = Tokens({token: user for user, token in self.tokens.items()})
        try:
            self.start(root)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if hasattr(self, "process"):
            self.process.terminate()
            self.process.wait(PATIENCE)
        self.token_server.close()
        remove(self.work)

    def start(self, root):
        self.port = free_port()
        self.socket = self.work / "socket"
        (self.work / "conf").write_text(CONFIGURATION.format(work=self.work, port=self.port, mechanisms=MECHANISMS))
        (self.work / "oauth2.conf").write_text(OAUTH2.format(port=self.token_server.port))
        (self.work / "users").write_text("".join(f"{user}:{{PLAIN}}{password}\n"
                                                 for user, password in self.passwords.items()))
        command = command_inside(root, self.work, USERS, GROUPS,
                                 ["/usr/sbin/dovecot", "-F", "-c", str(self.work / "conf")])
        with open(self.work / "out", "wb") as out:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.wait()

    def wait(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise CannotRun(f"Dovecot did not start: {(self.work / 'out').read_text()[-500:]}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                    if connection.makefile().readline().startswith("VERSION"):
                        return
            except OSError:
                time.sleep(0.05)
        raise CannotRun(f"Dovecot does not answer: {self.log()[-500:]}")

    def log(self):
        file = self.work / "log"
        return file.read_text(errors="replace") if file.exists() else ""
