"""Dovecot's login service alone, for mail servers that ask it about users (Postfix does), with a source of tokens."""

import http.server
import json
import threading
import urllib.parse

from servers import free_port
from service import UnpackedService

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


class Dovecot(UnpackedService):
    """`passwords` and `tokens`: of each user. Answers Postfix at `port`, Exim at `socket`."""

    package = "dovecot-core"
    users = ["dovecot:x:9011:9011::/nonexistent:/usr/sbin/nologin",
             "dovenull:x:9012:9012::/nonexistent:/usr/sbin/nologin"]
    groups = ["dovecot:x:9011:", "dovenull:x:9012:"]

    def __init__(self, passwords, tokens):
        self.passwords, self.tokens = passwords, tokens

    def __enter__(self):
        self.token_server = Tokens({token: user for user, token in self.tokens.items()})
        return super().__enter__()

    def __exit__(self, *_):
        self.token_server.close()
        super().__exit__()

    def start(self):
        self.port = free_port()
        self.socket = self.work / "socket"
        conf = self.file("conf", self.configuration())
        self.file("oauth2.conf", OAUTH2.format(port=self.token_server.port))
        self.file("users", "".join(f"{user}:{{PLAIN}}{password}\n" for user, password in self.passwords.items()))
        self.run_inside("/usr/sbin/dovecot", "-F", "-c", conf)
        self.wait_for(self.port, b"VERSION")

    def configuration(self):
        return CONFIGURATION.format(work=self.work, port=self.port, mechanisms=MECHANISMS)
