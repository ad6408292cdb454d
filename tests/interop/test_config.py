#!/usr/bin/env python3
"""Configuration files: what they may say, who may write them, and what a wrong one is told."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from servers import Sink  # noqa: E402

try:
    import aiosmtpd  # noqa: F401
except ImportError:
    print("skipped: aiosmtpd is not installed (Debian package python3-aiosmtpd)")
    sys.exit(program.SKIPPED)

USER = "pump"


class WithFiles(unittest.TestCase):
    """Files in a directory that is the user's configuration too."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)
        (self.place / "mailmote").mkdir()
        self.user_file = self.place / "mailmote" / "config"
        changed = unittest.mock.patch.dict(os.environ, XDG_CONFIG_HOME=place.name)
        changed.start()
        self.addCleanup(changed.stop)

    def write(self, text, name="some.conf", mode=0o600):
        file = self.place / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        file.chmod(mode)
        return str(file)

    def check(self, *arguments):
        """(exit code, {account: {key: value}}, what a person is told of an error)."""
        code, stdout, stderr = program.run("config", "check", "--json", *arguments)
        if code != 0:
            return code, json.loads(stdout)["message"]
        accounts = json.loads(stdout)
        return code, {one["account"]: {s["key"]: s["value"] for s in one["settings"]} for one in accounts}

    def check_text(self, text, *arguments):
        return self.check("--config", self.write(text), *arguments)

    def refused(self, text, *words, arguments=()):
        code, message = self.check_text(text, *arguments)
        self.assertEqual(code, 78, message)
        for word in words:
            self.assertIn(word, message)


class Reading(WithFiles):
    def test_accounts_inherit_and_put_their_own_first(self):
        code, accounts = self.check_text(
            "# comment\n; comment\n[account base]\nuser = pump\nsecurity = implicit\nserver = smtp://a\n"
            "password-env = X\n[account work]\ninherit = base\nhost = b\nport = 2525\npassword-file = /f\n"
            "[account default]\ninherit = work\nuser: tank\n")
        self.assertEqual(code, 0, accounts)
        self.assertEqual(accounts["default"], {"user": "tank", "host": "b", "port": "2525", "password-file": "/f",
                                               "security": "implicit"})

    def test_every_option_of_the_connection_is_a_key(self):
        code, accounts = self.check_text(
            "[account all]\nhost = mail\nport = 25\nsecurity = none\nallow-clear = yes\nhelo = me\ntimeout = 1000\n"
            "greeting-timeout = 10\ntimeouts = device\nno-pipelining = on\nno-chunking = true\nuser = u\n"
            "auth = PLAIN,LOGIN\nauthorization-identity = other\nallow-cleartext-credentials = 1\nca-file = /ca\n"
            "ca-dir = /d\ntls-min = 1.2\ntls-max = 1.3\ntls-allow-downgrade = no\ntls-session = /s\n"
            f"clock-not-set = accept\ncert = /c\nkey = /k\nproxy = socks5://p:1080\nproxy-password-file = /p\n"
            f"bind = 127.0.0.1:2500-2600\ninterface = lo\nfrom = me@example.com\npassword-command = cat /x\n"
            f"pin = sha256:{43 * 'A'}=\npin = sha256:{43 * 'B'}=\n".replace("B=", "A="))
        self.assertEqual(code, 0, accounts)
        self.assertEqual(len(accounts["all"]), 30)

    def test_the_users_file_is_found(self):
        self.user_file.write_text("[account default]\nhost = mine\n")
        self.user_file.chmod(0o600)
        code, accounts = self.check()
        self.assertEqual((code, accounts["default"]), (0, {"host": "mine"}))

    def test_a_person_sees_where_it_stands_and_no_password(self):
        file = self.write("[account default]\nserver = smtps://pump@mail.example.com\npassword = geheim\n")
        code, stdout, _ = program.run("config", "check", "--config", file)
        self.assertEqual(code, 0)
        self.assertIn(b"mail.example.com port 465, in TLS from the first octet, login as pump with a password", stdout)
        self.assertIn(f"(hidden)  ({file}:3)".encode(), stdout)
        self.assertNotIn(b"geheim", stdout)


class SystemFile(WithFiles):
    """With an /etc/mailmote.conf that only the program sees: over the machine's /etc lies a directory of the test's."""

    ENTER = 'mount -t overlay overlay -o "lowerdir=$1:/etc" /etc && shift && exec "$@"'
    UNSHARE = ["unshare", "--map-root-user", "--mount", "sh", "-c", ENTER, "sh"]

    def setUp(self):
        super().setUp()
        etc = tempfile.TemporaryDirectory()
        self.addCleanup(etc.cleanup)
        os.chmod(etc.name, 0o755)
        self.system_file = pathlib.Path(etc.name) / "mailmote.conf"
        self.enter = [*self.UNSHARE, etc.name]
        if subprocess.run([*self.enter, "true"], capture_output=True, check=False).returncode != 0:
            print("skipped: this user may lay nothing over /etc here")
            self.skipTest("this user may lay nothing over /etc here")

    def there(self, system=None, user=None, mode=0o644, **environment):
        """What `config check` says of these files; with `mode` for the system's."""
        for file, text, rights in ((self.system_file, system, mode), (self.user_file, user, 0o600)):
            if text is not None:
                file.write_text(text)
                file.chmod(rights)
        done = subprocess.run([*self.enter, program.path(), "config", "check", "--json"], capture_output=True,
                              env={**os.environ, **environment}, timeout=60, check=False)
        said = json.loads(done.stdout)
        if done.returncode != 0:
            return said["message"]
        return {one["account"]: {s["key"]: s["value"] for s in one["settings"]} for one in said}

    def test_it_alone(self):
        self.assertEqual(self.there("[account default]\nhost = everybodys\n"), {"default": {"host": "everybodys"}})

    def test_the_users_accounts_hide_those_of_the_same_name(self):
        accounts = self.there("[account default]\nhost = everybodys\nport = 25\n[account spare]\nhost = other\n",
                              "[account default]\nhost = mine\n")
        self.assertEqual(accounts, {"default": {"host": "mine"}, "spare": {"host": "other"}})

    def test_the_users_accounts_inherit_from_it(self):
        accounts = self.there("[account site]\nhost = relay\nport = 25\n",
                              "[account default]\ninherit = site\nport = 587\n")
        self.assertEqual(accounts["default"], {"host": "relay", "port": "587"})

    def test_where_the_users_file_is(self):
        system = "[account default]\nhost = everybodys\n"
        home = self.place / "home"
        (home / ".config" / "mailmote").mkdir(parents=True)
        in_home = home / ".config" / "mailmote" / "config"
        in_home.write_text("[account default]\nhost = at-home\n")
        in_home.chmod(0o600)
        for configuration, host in ((str(self.place), "mine"), ("", "at-home"), ("relative/path", "at-home"),
                                    ("/nonexistent", "everybodys")):
            with self.subTest(configuration):
                accounts = self.there(system, "[account default]\nhost = mine\n", XDG_CONFIG_HOME=configuration,
                                      HOME=str(home))
                self.assertEqual(accounts["default"], {"host": host})

    def test_a_file_that_is_named_stands_alone(self):
        self.system_file.write_text("[account default]\nhost = everybodys\n")
        done = subprocess.run([*self.enter, program.path(), "config", "check", "--config",
                               self.write("[account a]\nhost = x\n")], capture_output=True, timeout=60, check=True)
        self.assertNotIn(b"everybodys", done.stdout)

    def test_a_password_in_it_must_not_be_for_everybody(self):
        text = "[account default]\nhost = h\nuser = u\npassword = x\n"
        self.assertIn("others can read /etc/mailmote.conf", self.there(text))
        self.assertEqual(self.there(text, mode=0o640)["default"]["host"], "h")


class Wrong(WithFiles):
    def test_what_a_line_may_be(self):
        for text, words in (
                ("[account a]\nhots = x\n", [":2: ", "hots", "did you mean host?"]),
                ("[account a]\nca_file = x\n", ["did you mean ca-file?"]),
                ("[account a]\n\nport = smtp\n", [":3: ", "--port"]),
                ("[account a]\nhost = a\nport = 70000\n", [":3: ", "--port"]),
                ("[account a]\nsecurity = some\n", [":2: ", "security"]),
                ("[account a]\nserver = http://x\n", [":2: ", "smtp://"]),
                ("[account a]\nserver = smtp://me:secret@x\n", [":2: ", "password"]),
                ("[account a]\npin = sha1:x\n", [":2: ", "sha256"]),
                ("[account a]\nauth = ROT13\nuser = x\n", [":2: ", "SCRAM-SHA-256"]),
                ("[account a]\nbind = nowhere at all\n", [":2: ", "192.0.2.7"]),
                ("[account a]\nallow-clear = perhaps\n", [":2: ", "yes nor no"]),
                ("[account a]\nhost = x\nhost = y\n", [":3: ", "twice"]),
                ("[account a]\njust words\n", [":2: "]),
                ("host = x\n", [":1: ", "before the first"]),
                ("[smtp]\nhost = x\n", [":2: ", "[account NAME]"]),
                ("[account a]\ninherit = b\n", [":2: ", "no account b"]),
                ("[account a]\ninherit = b\n[account b]\ninherit = a\n", ["from itself"]),
                ("[account a]\nhost = x\nserver = smtp://x\n", [":2: ", "excludes"]),
                ("[account " + 60 * "x" + "]\nhost = x\n", [":1: ", "too long"]),
                (b"[account a]\nhost = x\0y\n", [":2: ", "NUL"]),
                ("", ["empty"]),
        ):
            with self.subTest(text):
                self.refused(text, *words)

    def test_a_password_that_would_be_changed(self):
        for line in ("password = x ", "password = x\t\r", "password =  x", "password =\t x", "password= x",
                     "password:  x", "password = "):
            with self.subTest(line):
                self.refused(f"[account a]\nuser = u\n{line}\n", ":3: ", "password: a blank", "password-file")
        self.refused("[account a]\nuser = u\npassword = " + 20000 * "x" + "\n", ":3: ", "longer")

    def test_an_account_that_is_not_there(self):
        code, message = self.check_text("[account a]\nhost = x\n", "--account", "b")
        self.assertEqual((code, "no account b" in message), (78, True))
        file = self.write("[account a]\nhost = x\n")
        code, result = program.run_json("probe", "--config", file)
        self.assertEqual((code, result["status"]), (78, "configuration_error"))
        self.assertIn("there are: a", result["message"])

    def test_a_file_that_is_not_there(self):
        code, result = program.run_json("probe", "--config", "/nonexistent/file")
        self.assertEqual((code, result["status"]), (78, "configuration_error"))


class Owners(WithFiles):
    SECRET = "[account a]\nuser = u\npassword = x\nhost = h\n"

    def test_others_must_not_read_a_password(self):
        code, message = self.check("--config", self.write(self.SECRET, mode=0o644))
        self.assertEqual((code, "others can read" in message), (78, True))
        self.assertEqual(self.check("--config", self.write(self.SECRET))[0], 0)
        self.assertEqual(self.check("--config", self.write("[account a]\nhost = h\n", mode=0o644))[0], 0)

    def test_others_must_not_change_it(self):
        code, message = self.check("--config", self.write("[account a]\nhost = h\n", mode=0o646))
        self.assertEqual((code, "others can change" in message), (78, True))

    def test_it_must_be_the_users_or_roots(self):
        if os.geteuid() != 0:
            print("skipped: only root can give files away")
            self.skipTest("only root can give files away")
        file = self.write("[account a]\nhost = h\n")
        os.chown(file, 12345, 12345)
        code, message = self.check("--config", file)
        self.assertEqual((code, "another user" in message), (78, True))


class Using(WithFiles):
    """With a server that knows whether the password came through."""

    def verify(self, text, password, *arguments):
        with Sink("--login", f"{USER}:{password}") as sink:
            file = self.write(text.format(port=sink.port, password=password))
            code, result = program.run_json("verify", "--config", file, *arguments)
        self.assertNotIn(password, repr(result))
        return code, result

    TEXT = ("[account default]\nhost = 127.0.0.1\nport = {port}\nsecurity = none\nuser = pump\n"
            "allow-cleartext-credentials = yes\npassword = {password}\n")

    def test_passwords_survive(self):
        for password in ("a ;b", "; x # y", "#hash", 'quo"ted"', "a = b : c", "back\\slash", "x" * 400, "[a]",
                         "ü" * 300, "%41$HOME`id`"):
            with self.subTest(password):
                code, result = self.verify(self.TEXT, password)
                self.assertEqual((code, result["credentials"]), (0, "valid"), result)

    def test_a_password_may_be_written_in_each_of_the_usual_ways(self):
        for line in ("password={password}", "password = {password}", "password   =\t{password}",
                     "password: {password}", "  password = {password}\r"):
            with self.subTest(line):
                code, result = self.verify(self.TEXT.replace("password = {password}", line), "x y")
                self.assertEqual((code, result["credentials"]), (0, "valid"), result)

    def test_the_command_line_comes_first(self):
        place = self.write("other\n", "password")
        code, result = self.verify(self.TEXT, "right", "--password-file", place)
        self.assertEqual((code, result["credentials"]), (77, "invalid"))
        code, result = self.verify(self.TEXT, "right", "--auth", "LOGIN")
        self.assertEqual((code, result["auth"]), (0, "LOGIN"))

    def test_a_server_on_the_command_line_leaves_the_default_account_alone(self):
        self.user_file.write_text("[account default]\nhost = 192.0.2.1\nuser = pump\npassword = x\n")
        self.user_file.chmod(0o600)
        with Sink() as sink:
            code, result = program.run_json("probe", *program.at(sink.port))
        self.assertEqual((code, result["auth"]), (0, None))

    def test_mail_from_the_author_of_the_account(self):
        with Sink() as sink:
            file = self.write(f"[account default]\nserver = smtp://127.0.0.1:{sink.port}\nsecurity = none\n"
                              "from = Pump <pump@example.com>\n")
            code, _ = program.run_json("send", "--config", file, "--to", "a@example.com", "--text", "x")
            self.assertEqual((code, sink.envelope()["from"]), (0, "pump@example.com"))


class Msmtprc(WithFiles):
    def translated(self, text):
        code, accounts = self.check_text(text, "--config-format", "msmtprc")
        self.assertEqual(code, 0, accounts)
        return accounts

    def test_what_people_have(self):
        accounts = self.translated(
            "# a comment\ndefaults\nauth on\ntls on\ntls_trust_file /etc/ca.pem\nlogfile ~/.msmtp.log\n\n"
            "account gmail\nhost smtp.gmail.com\nport 587\nfrom me@gmail.com\nuser me@gmail.com\n"
            'passwordeval "pass show gmail"\n\naccount work : gmail\ntls_starttls off\nport 465\n'
            'host=smtp.example.com\npassword "a # b"\ntimeout 30\naccount default : gmail\n')
        self.assertEqual(accounts["default"], {
            "host": "smtp.gmail.com", "port": "587", "from": "me@gmail.com", "user": "me@gmail.com",
            "password-command": "pass show gmail", "security": "starttls", "ca-file": "/etc/ca.pem"})
        self.assertEqual(accounts["work"], {
            "host": "smtp.example.com", "port": "465", "from": "me@gmail.com", "user": "me@gmail.com", "password": None,
            "security": "implicit", "greeting-timeout": "30000", "ca-file": "/etc/ca.pem"})

    def test_methods(self):
        base = "host h\nuser u\npasswordeval cat /x\n"
        self.assertEqual(self.translated(base)["default"], {"host": "h"})
        self.assertEqual(self.translated(base + "auth off\n")["default"], {"host": "h"})
        self.assertEqual(self.translated(base + "auth scram-sha-256\n")["default"]["auth"], "scram-sha-256")
        self.assertEqual(self.translated(base + "auth xoauth2\n")["default"]["token-command"], "cat /x")

    def test_what_it_must_not_pass_over(self):
        for text, word in (("host h\ntls_crl_file /x\n", "tls_crl_file"), ("host h\nprotocol lmtp\n", "protocol"),
                           ("host h\nauth on\nuser u\npasswordeval pass x | head -1\n", "shell"),
                           ("account a : b\n", "no account b"), ("host h\ntls maybe\n", "yes nor no"),
                           ("host h\nauth digest-md5\nuser u\npassword x\n", "digest-md5")):
            with self.subTest(text):
                self.refused(text, word, arguments=["--config-format", "msmtprc"])


class Dotnet(WithFiles):
    XML = ('<?xml version="1.0"?>\n<configuration>\n <system.net>\n  <mailSettings>\n'
           '   <smtp from="me@example.com"{smtp}>\n'
           '    <network {network} />\n   </smtp>\n  </mailSettings>\n </system.net>\n</configuration>\n')

    def setUp(self):
        super().setUp()
        _, message = self.check_text("<x/>", "--config-format", "dotnet")
        if "built without" in message:
            print("skipped: the program mailmote was built without pugixml")
            self.skipTest("the program mailmote was built without pugixml")

    def xml(self, network, smtp=""):
        return self.XML.format(network=network, smtp=smtp)

    def translated(self, network, smtp=""):
        code, accounts = self.check_text(self.xml(network, smtp), "--config-format", "dotnet")
        self.assertEqual(code, 0, accounts)
        return accounts["default"]

    def test_what_people_have(self):
        self.assertEqual(
            self.translated('host="smtp.example.com" port="587" userName="me" password="a&lt;b" enableSsl="true" '
                            'defaultCredentials="false" clientDomain="pump"', ' deliveryMethod="Network"'),
            {"from": "me@example.com", "host": "smtp.example.com", "port": "587", "user": "me", "password": None,
             "helo": "pump", "security": "starttls"})
        self.assertEqual(self.translated('host="h"'), {"from": "me@example.com", "host": "h", "port": "25"})
        self.assertEqual(self.translated('host="h" port="465" enableSsl="true"')["security"], "implicit")
        self.assertEqual(self.translated('host="h" enableSsl="false"')["security"], "none")

    def test_what_is_wrong(self):
        for text, words in ((self.xml('host="h" defaultCredentials="true"'), [":6: ", "defaultCredentials"]),
                            (self.xml('host="h" prot="25"'), [":6: ", "did you mean port?"]),
                            (self.xml('host="h" port="x"'), [":6: ", "--port"]),
                            (self.xml('host="h"', ' deliveryMethod="PickupDirectory"'), [":5: ", "deliveryMethod"]),
                            ("<configuration>\n<a>\n</configuration>\n", [":3: "]),
                            ("<configuration/>", ["mailSettings"])):
            with self.subTest(text):
                self.refused(text, *words, arguments=["--config-format", "dotnet"])

    def test_the_password_arrives(self):
        with Sink("--login", "me:a<b;\"c'") as sink:
            file = self.write(self.xml(f'host="127.0.0.1" port="{sink.port}" userName="me" enableSsl="false" '
                                       'password="a&lt;b;&quot;c\'"'))
            code, result = program.run_json("verify", "--config", file, "--config-format", "dotnet",
                                            "--allow-cleartext-credentials")
        self.assertEqual((code, result["credentials"]), (0, "valid"))


if __name__ == "__main__":
    unittest.main()
