#!/usr/bin/env python3
"""What the command line says about the mail: its parts, their files and encodings, and its addresses."""

import email
import email.policy
import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from servers import Scripted, free_port  # noqa: E402

POLICY = email.policy.strict.clone(linesep="\r\n")
FIXED = ["--message-id", "<1@example.com>", "--date", "Sat, 21 Nov 2026 04:53:45 +0000"]
OCTETS = bytes(range(256)) * 5
LARGE = 4_000_000


def parsed(*arguments, stdin=b"", addresses=program.FROM_TO):
    code, stdout, stderr = program.run("send", "--print", *addresses, *arguments, stdin=stdin)
    assert (code, stderr) == (0, b""), (code, stderr)
    return email.message_from_bytes(stdout, policy=POLICY)


def refused(*arguments, stdin=b""):
    """(exit code, what is said), before any connection: nothing listens."""
    code, result = program.run_json("send", *program.at(free_port()), *arguments, stdin=stdin)
    assert result["outcome"] == "not_sent", result
    return code, result["message"]


class Case(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.place = pathlib.Path(directory.name)

    def file(self, name, octets=OCTETS):
        path = self.place / name
        path.write_bytes(octets)
        return str(path)


class Words(Case):
    def test_text_and_html_are_alternatives(self):
        page = "<p>Füllstand</p>\n"
        for html in (["--html", page], ["--html-file", self.file("page", page.encode())], ["--html-file", "-"]):
            with self.subTest(html):
                mail = parsed("--text", "Füllstand", *html, stdin=page.encode())
                self.assertEqual(mail.get_content_type(), "multipart/alternative")
                text, shown = mail.iter_parts()
                self.assertEqual((text.get_content_type(), text.get_content()), ("text/plain", "Füllstand"))
                self.assertEqual((shown.get_content_type(), shown.get_content().strip()), ("text/html", page.strip()))

    def test_html_may_stand_alone(self):
        mail = parsed("--html", "<p>x</p>")
        self.assertEqual((mail.get_content_type(), mail.get_content().strip()), ("text/html", "<p>x</p>"))

    def test_what_is_not_utf8_is_told(self):
        mail = parsed("--text-file", "-", stdin=b"f\xfcll\n")
        self.assertEqual((mail.get_content_charset(), mail.get_payload(decode=True)), ("unknown-8bit", b"f\xfcll\r\n"))

    def test_encodings_are_chosen_or_given(self):
        for encoding, expected in (("auto", "8bit"), ("8bit", "8bit"), ("quoted-printable", "quoted-printable"),
                                   ("base64", "base64")):
            with self.subTest(encoding):
                mail = parsed("--text", "Füllstand", "--html", "<p>ü</p>", "--encoding", encoding)
                for part in mail.iter_parts():
                    self.assertEqual(part["Content-Transfer-Encoding"], expected)
        self.assertEqual(parsed("--text", "x", "--encoding", "7bit")["Content-Transfer-Encoding"], "7bit")

    def test_binary_is_for_the_files_too(self):
        octets = OCTETS + b"\r\n.\r\n\n"
        arguments = ["--attach", self.file("log", octets), "--encoding", "binary"]
        text, log = parsed("--text", "level\n", *arguments).iter_parts()
        self.assertEqual([part["Content-Transfer-Encoding"] for part in (text, log)], ["binary", "binary"])
        code, stdout, _ = program.run("send", "--print", *program.FROM_TO, *arguments)
        self.assertEqual(code, 0)
        self.assertIn(b"\r\n\r\n" + octets, stdout)

    def test_binary_goes_nowhere_without_binarymime(self):
        def script(peer):
            peer.greet("8BITMIME", "CHUNKING")
            peer.hear("QUIT")
            peer.say("221 bye")

        with Scripted(script) as server:
            code, result = program.run_json("send", *program.at(server.port), *program.FROM_TO, "--text", "x",
                                            "--encoding", "binary")
        self.assertEqual((code, result["outcome"]), (69, "not_sent"))
        self.assertIn("BINARYMIME", result["message"])

    def test_flowed_text_is_joined_again(self):
        words = " ".join(["level"] * 60)
        mail = parsed("--text", words + "\n", "--flowed")
        self.assertEqual(mail.get_content_type(), "text/plain")
        self.assertEqual(mail.get_param("format"), "flowed")
        lines = mail.get_content().splitlines()
        self.assertLessEqual(max(map(len, lines)), 78)
        self.assertTrue(all(line.endswith(" ") for line in lines[:-1]))
        self.assertEqual("".join(lines), words)

    def test_an_encoding_that_does_not_fit_is_refused(self):
        code, stdout, stderr = program.run("send", "--print", *program.FROM_TO, "--text", "ü", "--encoding", "7bit")
        self.assertEqual((code, stdout), (74, b""))
        self.assertIn(b"content", stderr)


class Files(Case):
    def attached(self, *arguments, stdin=b""):
        mail = parsed("--text", "see", *arguments, stdin=stdin)
        self.assertEqual(mail.get_content_type(), "multipart/mixed")
        return list(mail.iter_parts())[1:]

    def test_an_attachment_has_its_name_and_octets(self):
        for name in ("data.bin", "Füllstände 3.csv", "semi;colon.txt", "a=b;type.txt"):
            with self.subTest(name):
                part, = self.attached("--attach", self.file(name))
                self.assertEqual((part.get_filename(), part.get_content_disposition()), (name, "attachment"))
                self.assertEqual(part.get_payload(decode=True), OCTETS)

    def test_types_follow_from_the_extension(self):
        for name, expected in (("a.png", "image/png"), ("a.JPG", "image/jpeg"), ("a.csv", "text/csv"),
                               ("a.log", "text/plain"), ("a.pdf", "application/pdf"), ("a.b.zip", "application/zip"),
                               ("a.nothing-known", "application/octet-stream"), ("png", "application/octet-stream"),
                               ("a.", "application/octet-stream")):
            with self.subTest(name):
                part, = self.attached("--attach", self.file(name))
                self.assertEqual(part.get_content_type(), expected)

    def test_type_and_name_may_be_given(self):
        path = self.file("x.png")
        for words, kind, name in ((";type=text/csv", "text/csv", "x.png"), (";name=y.gif", "image/gif", "y.gif"),
                                  (";name=ü.bin;type=a/b", "a/b", "ü.bin"), (";type=a/b;name=c;d", "a/b", "c;d")):
            with self.subTest(words):
                part, = self.attached("--attach", path + words)
                self.assertEqual((part.get_content_type(), part.get_filename()), (kind, name))
        part, = self.attached("--attach", path + ";type=text/plain; charset=utf-8;name=z")
        self.assertEqual((part.get_content_charset(), part.get_filename()), ("utf-8", "z"))

    def test_several_in_their_order_and_of_every_size(self):
        sizes = (0, 1, 56, 57, 58, 100_000)
        paths = [self.file(f"{size}.bin", os.urandom(size)) for size in sizes]
        parts = self.attached(*[word for path in paths for word in ("--attach", path)])
        for path, part in zip(paths, parts, strict=True):
            self.assertEqual(part.get_payload(decode=True), pathlib.Path(path).read_bytes())

    def test_a_file_alone_is_the_whole_body(self):
        mail = parsed("--attach", self.file("a.bin"))
        self.assertEqual((mail.get_content_type(), mail.get_filename()), ("application/octet-stream", "a.bin"))
        self.assertEqual(mail.get_payload(decode=True), OCTETS)

    def test_standard_input_can_be_attached(self):
        part, = self.attached("--attach", "-;name=log.csv", stdin=OCTETS)
        self.assertEqual((part.get_content_type(), part.get_payload(decode=True)), ("text/csv", OCTETS))
        part, = self.attached("--attach", "-", stdin=OCTETS)
        self.assertEqual((part.get_content_type(), part.get_filename()), ("application/octet-stream", None))

    def test_a_pipe_can_be_attached(self):
        fifo = self.place / "fifo"
        os.mkfifo(fifo)
        if os.fork() == 0:
            fifo.write_bytes(OCTETS)
            os._exit(0)
        part, = self.attached("--attach", str(fifo))
        os.wait()
        self.assertEqual((part.get_filename(), part.get_payload(decode=True)), ("fifo", OCTETS))

    def test_a_message_is_attached_as_it_is(self):
        inner = b"From: a@example.com\r\nSubject: inner\r\n\r\nbody\r\n"
        part, = self.attached("--attach", self.file("m.eml", inner))
        self.assertEqual(part.get_content_type(), "message/rfc822")
        self.assertEqual(part.get_payload(0)["Subject"], "inner")

    def test_pictures_belong_to_the_html(self):
        mail = parsed("--text", "see", "--html", '<img src="cid:curve">', "--inline",
                      self.file("c.gif") + ";cid=curve", "--attach", self.file("log.txt"))
        alternative, attachment = mail.iter_parts()
        related = list(alternative.iter_parts())[1]
        page, picture = related.iter_parts()
        self.assertEqual((related.get_content_type(), page.get_content_type()), ("multipart/related", "text/html"))
        self.assertEqual((picture.get_content_type(), picture["Content-ID"], picture.get_content_disposition()),
                         ("image/gif", "<curve>", "inline"))
        self.assertEqual((picture.get_payload(decode=True), attachment.get_filename()), (OCTETS, "log.txt"))


class Refused(Case):
    def test_files_that_cannot_be_read_are_named(self):
        for option, more in (("--attach", ""), ("--inline", ";cid=x"), ("--html-file", "")):
            for path in (str(self.place / "absent"), "/"):
                with self.subTest(option=option, path=path):
                    code, said = refused(*program.FROM_TO, option, path + more)
                    self.assertEqual(code, 74)
                    self.assertIn(path, said)

    def test_words_about_a_file_are_checked(self):
        path = self.file("x.png")
        for option, words, expected in (
                ("--attach", "", "no file"), ("--attach", ";type=a/b", "no file"),
                ("--attach", path + ";type=", "type="),
                ("--attach", path + ";type=a/b;type=c/d", "twice"), ("--attach", path + ";type=png", "'png'"),
                ("--attach", path + ";type=multipart/mixed", "'multipart/mixed'"),
                ("--attach", path + ";cid=x", "--inline"),
                ("--attach", path + ";name=a\nb", "name"), ("--attach", path + ";name=" + "x" * 256, "name"),
                ("--inline", path, "cid=ID"), ("--inline", path + ";cid=<x>", "'<x>'"),
                ("--inline", path + ";cid=a b", "'a b'")):
            with self.subTest(option=option, words=words):
                code, said = refused(*program.FROM_TO, option, words)
                self.assertEqual(code, 64)
                self.assertIn(option, said)
                self.assertIn(expected, said)

    def test_options_that_exclude_each_other(self):
        path = self.file("x")
        for arguments in (["--html", "x", "--html-file", path], ["--raw", path, "--attach", path],
                          ["--raw", path, "--html", "x"], ["--raw", path, "--inline", path + ";cid=x"],
                          ["--raw", path, "--encoding", "8bit"], ["--encoding", "uuencode"],
                          ["--text-file", "-", "--attach", "-"], ["--attach", "-", "--inline", "-;cid=x"],
                          ["--html-file", "-", "--text-file", "-"], ["--attach", "-", "--attach", "-;name=x"],
                          ["--attach", "-", "--user", "me", "--password-file", "-"]):
            with self.subTest(arguments):
                self.assertEqual(refused(*program.FROM_TO, *arguments)[0], 64)

    def test_the_field_that_cannot_stand_is_named(self):
        for option, value in (("--subject", "x\r\nBcc: eve@example.com"), ("--header", "X-A: b\nX-C: d"),
                              ("--header", "Bad name: x"), ("--header", "Subject: x"),
                              ("--message-id", "<a@b>\r\nX: y"),
                              ("--reply-to", "nobody"), ("--cc", "Eve\nX: y <eve@example.com>")):
            with self.subTest(option=option, value=value):
                code, said = refused(*program.FROM_TO, option, value)
                self.assertEqual(code, 65)
                self.assertIn(option, said)


class Domains(Case):
    """U-labels become A-labels where the program has libidn2."""

    ADDRESSES = ["--from", "Pümpe <pump@tänk.example>", "--to", "ops@STRASSE-ß.example", "--cc", "x@example.com"]

    def test_go_in_their_ascii_form(self):
        code, _, stderr = program.run("send", "--print", *self.ADDRESSES)
        if b"without libidn2" in stderr:
            print("skipped: the program mailmote was built without libidn2")
            self.skipTest("the program mailmote was built without libidn2")
        mail = parsed(addresses=self.ADDRESSES)
        self.assertEqual(mail["From"].addresses[0].addr_spec, "pump@xn--tnk-qla.example")
        self.assertEqual(mail["To"].addresses[0].addr_spec, "ops@xn--strasse--xya.example")
        self.assertEqual(mail["Cc"], "x@example.com")
        self.assertTrue(mail["Message-ID"].endswith("@xn--tnk-qla.example>"))

    def test_that_have_no_such_form_are_refused(self):
        for address in ("ops@ä_.-.example", "ops@" + "ü" * 70 + ".example", os.fsdecode(b"ops@t\xe4nk.example")):
            with self.subTest(ascii(address)):
                code, said = refused("--from", "pump@example.com", "--to", address)
                self.assertEqual(code, 65)
                self.assertIn("domain", said)

    def test_without_the_library_they_are_refused_by_name(self):
        other = os.environ.get("MAILMOTE_WITHOUT_TLS")
        if not other:
            print("skipped: MAILMOTE_WITHOUT_TLS does not say where the program without libidn2 is")
            self.skipTest("MAILMOTE_WITHOUT_TLS is not set")
        with unittest.mock.patch.dict(os.environ, MAILMOTE=other):
            for arguments in (["--to", "ops@tänk.example"],
                              ["--to", "ops@example.com", "--envelope-from", "x@tänk.example"]):
                code, said = refused("--from", "pump@example.com", *arguments)
                self.assertEqual(code, 65)
                self.assertIn("'tänk.example'", said)
                self.assertIn("libidn2", said)

    def test_a_local_part_stays_as_it_is(self):
        code, stdout, _ = program.run("send", "--print", "--from", "pump@example.com", "--to", "ö@xn--tnk-qla.example")
        self.assertEqual(code, 0)
        self.assertIn("To: ö@xn--tnk-qla.example\r\n".encode(), stdout)


class Midway(Case):
    """What becomes of a mail whose file changes while it is sent."""

    def send(self, script, *arguments):
        with Scripted(script) as server:
            return program.send(server.port, *arguments)

    def test_a_file_that_shrinks_is_not_sent(self):
        for capability in ((), ("CHUNKING",)):
            with self.subTest(capability):
                path = self.file("large", os.urandom(LARGE))
                heard = []

                def script(peer):
                    peer.greet(*capability)
                    peer.hear("MAIL FROM:<")
                    peer.say("250 2.1.0 fine")
                    peer.hear("RCPT TO:<")
                    os.truncate(path, 1000)
                    peer.say("250 2.1.5 fine")
                    heard.append(peer.reader.readline())
                    if heard[0].startswith(b"DATA"):
                        peer.say("354 go on")
                    heard.append(peer.reader.read())

                code, result = self.send(script, "--text", "see", "--attach", path)
                self.assertEqual((code, result["outcome"], result["status"]), (74, "not_sent", "source_failed"), result)
                self.assertFalse(heard[1].endswith(b"\r\n.\r\n"))
                if capability:
                    self.assertLess(len(heard[1]), int(heard[0].split()[1]))

    def test_a_file_that_vanishes_after_it_was_opened_is_sent_whole(self):
        path = self.file("data.bin")
        content = []

        def script(peer):
            os.unlink(path)
            peer.greet()
            peer.take_envelope()
            peer.hear("DATA")
            peer.say("354 go on")
            content.append(peer.hear_content())
            peer.say("250 2.0.0 kept")
            peer.hear("QUIT")
            peer.say("221 2.0.0 bye")

        code, result = self.send(script, "--attach", path)
        self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
        mail = email.message_from_bytes(content[0].removesuffix(b".\r\n"), policy=POLICY)
        self.assertEqual(mail.get_payload(decode=True), OCTETS)


class Reports(unittest.TestCase):
    """Delivery status notifications."""

    def asked(self, *arguments, capability="DSN"):
        """(MAIL, RCPT, what is said in the end)."""
        heard = []

        def script(peer):
            peer.greet(capability)
            for verb in ("MAIL FROM:<pump@example.com>", "RCPT TO:<ops@example.com>", "DATA"):
                heard.append(peer.hear(verb).decode().strip().removeprefix(verb).strip())
                peer.say("354 go on" if verb == "DATA" else "250 2.0.0 fine")
            peer.hear_content()
            peer.say("250 2.0.0 kept")
            peer.hear("QUIT")
            peer.say("221 2.0.0 bye")

        with Scripted(script) as server:
            code, result = program.send(server.port, "--text", "x", *arguments)
        self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
        return *heard[:2], result["message"]

    def test_are_asked_for_as_given(self):
        for arguments, mail, recipient in (
                (["--dsn-ret", "full"], "RET=FULL", ""), (["--dsn-ret", "hdrs"], "RET=HDRS", ""),
                (["--dsn-envid", "pump+3"], "ENVID=pump+2B3", ""), (["--dsn-notify", "never"], "", "NOTIFY=NEVER"),
                (["--dsn-notify", "delay,success", "--dsn-ret", "hdrs"], "RET=HDRS", "NOTIFY=SUCCESS,DELAY"),
                (["--dsn-notify", "success,failure,delay"], "", "NOTIFY=SUCCESS,FAILURE,DELAY")):
            with self.subTest(arguments):
                self.assertEqual(self.asked(*arguments)[:2], (mail, recipient))

    def test_are_not_asked_for_where_nobody_wants_or_knows_them(self):
        self.assertEqual(self.asked()[:2], ("", ""))
        mail, recipient, said = self.asked("--dsn-ret", "full", "--dsn-notify", "failure", capability="PIPELINING")
        self.assertEqual((mail, recipient), ("", ""))
        self.assertIn("no DSN", said)

    def test_that_cannot_be_asked_for(self):
        for arguments, code in ((["--dsn-ret", "some"], 64), (["--dsn-notify", "always"], 64),
                                (["--dsn-notify", "never,success"], 64), (["--dsn-envid", "x" * 101], 65),
                                (["--dsn-envid", "a\nb"], 65)):
            with self.subTest(arguments):
                self.assertEqual(refused(*program.FROM_TO, *arguments)[0], code)


class Progress(Case):
    """How far a long upload is: a line on a terminal, wiped at the end."""

    PAUSE = 0.7  # seconds: longer than it waits before it shows anything

    def run_on_terminal(self, *arguments):
        """(exit code, what the terminal got)."""
        def script(peer):
            peer.greet()
            peer.take_envelope()
            peer.hear("DATA")
            peer.say("354 go on")
            time.sleep(self.PAUSE)
            last = b""
            while not last.endswith(b"\r\n.\r\n"):
                last = (last + peer.reader.read1(1 << 20))[-5:]
            peer.say("250 2.0.0 kept")
            peer.hear("QUIT")
            peer.say("221 2.0.0 bye")

        terminal, end = pty.openpty()
        with Scripted(script) as server, open(terminal, "rb", buffering=0) as seen:
            command = [program.path(), "send", *program.at(server.port), *program.FROM_TO, *arguments]
            code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=end, timeout=60, check=False).returncode
            os.write(end, b"*")
            os.close(end)
            shown = b""
            while not shown.endswith(b"*"):
                shown += seen.read(4096)
        return code, shown[:-1]

    def test_is_shown(self):
        code, shown = self.run_on_terminal("--attach", self.file("large", bytes(20_000_000)))
        self.assertEqual(code, 0)
        self.assertRegex(shown, rb"\r\d+\.\d of about 27\.\d MB sent")
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown)

    def test_is_not_shown_where_nobody_wants_it(self):
        for option in ("--json", "--quiet"):
            with self.subTest(option):
                shown = self.run_on_terminal("--attach", self.file("large", bytes(20_000_000)), option)
                self.assertEqual(shown, (0, b""))


if __name__ == "__main__":
    unittest.main()
