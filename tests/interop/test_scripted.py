#!/usr/bin/env python3
"""Servers that go wrong, in every phase: outcome, exit code and what is said about it."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import program  # noqa: E402
from servers import Scripted, free_port  # noqa: E402


def greeting(line):
    def script(peer):
        peer.say(line)
        if peer.reader.readline() == b"QUIT\r\n":
            peer.say("221 bye")
    return script


def up_to_data(peer):
    peer.greet()
    peer.take_envelope()
    peer.hear("DATA")
    peer.say("354 go on")


def final(line):
    def script(peer):
        up_to_data(peer)
        peer.hear_content()
        peer.say(line)
        peer.hear("QUIT")
        peer.say("221 bye")
    return script


class Endings(unittest.TestCase):
    def ends(self, script, expected, *arguments):
        """(exit code, status, outcome) of a mail to a server that runs `script`."""
        with Scripted(script) as server:
            code, result = program.send(server.port, "--text", "x", *arguments)
        self.assertEqual((code, result["status"], result["outcome"]), expected, result)
        return result

    def test_nothing_listens(self):
        code, result = program.send(free_port(), "--text", "x")
        self.assertEqual((code, result["status"], result["phase"]), (74, "connection_refused", "connect"))
        self.assertEqual(result["recipients"][0]["outcome"], "not_sent")

    def test_a_name_that_does_not_exist(self):
        code, result = program.run_json("probe", "--host", "nobody.invalid", "--security", "none")
        self.assertIn((code, result["status"]), [(68, "name_not_found"), (75, "name_lookup_failed")])

    def test_greetings(self):
        for line, code, status in (("554 go away", 69, "greeting_rejected"), ("450 not now", 75, "greeting_rejected"),
                                   ("421 4.3.2 busy", 75, "service_closing"), ("hello", 76, "malformed_reply"),
                                   ("SSH-2.0-OpenSSH_9", 76, "malformed_reply"), ("354 early", 76, "unexpected_reply")):
            with self.subTest(line):
                result = self.ends(greeting(line), (code, status, "not_sent"))
                self.assertEqual(result["phase"], "greeting")
                self.assertIn(result["reply"], line)

    def test_silence_instead_of_a_greeting(self):
        for limit, status in (("--greeting-timeout", "greeting_timeout"), ("--timeout", "operation_timeout")):
            with self.subTest(limit):
                result = self.ends(lambda peer: peer.wait_for_end(), (75, status, "not_sent"), limit, "50")
                self.assertLess(result["elapsed_ms"], 5000)

    def test_closed_before_the_end_of_the_content_is_not_sent(self):
        def in_greeting(_):
            pass

        def in_ehlo(peer):
            peer.say("220 hi")
            peer.hear("EHLO")

        def in_mail(peer):
            peer.greet()
            peer.hear("MAIL")

        def in_data(peer):
            peer.greet()
            peer.take_envelope()
            peer.hear("DATA")

        for script in (in_greeting, in_ehlo, in_mail, in_data):
            with self.subTest(script.__name__):
                self.ends(script, (74, "connection_closed", "not_sent"))

    def test_closed_or_reset_after_the_end_of_the_content_is_unknown(self):
        def closed(peer):
            up_to_data(peer)
            peer.hear_content()

        def reset(peer):
            closed(peer)
            peer.reset()

        for script, status in ((closed, "connection_closed"), (reset, "connection_reset")):
            with self.subTest(script.__name__):
                result = self.ends(script, (79, status, "unknown"))
                self.assertEqual((result["advice"], result["recipients"][0]["outcome"]), ("never", "unknown"))
                self.assertIn("may have arrived", result["message"])

    def test_a_reset_in_the_middle_of_a_long_content_is_not_sent(self):
        def script(peer):
            up_to_data(peer)
            peer.reader.read(1000)
            peer.reset()

        with Scripted(script) as server:
            code, result = program.send_raw(server.port, b"Subject: x\r\n\r\n" + b"x" * 70 * 200000)
        self.assertEqual((code, result["status"], result["outcome"]), (74, "connection_reset", "not_sent"))

    def test_a_refusal_in_the_middle_of_the_content_is_heard(self):
        def script(peer):
            up_to_data(peer)
            peer.reader.read(1000)
            peer.say("552 5.3.4 too much")
            peer.wait_for_end()

        with Scripted(script) as server:
            code, result = program.send_raw(server.port, b"Subject: x\r\n\r\n" + b"x" * 70 * 200000)
        self.assertEqual((code, result["outcome"], result["smtp_code"]), (69, "rejected", 552))

    def test_silence_after_the_content_is_unknown(self):
        def script(peer):
            up_to_data(peer)
            peer.wait_for_end()

        self.ends(script, (79, "operation_timeout", "unknown"), "--timeout", "300")

    def test_final_replies(self):
        for line, code, outcome in (("250 ok", 0, "accepted"), ("550 no", 69, "rejected"),
                                    ("451 later", 75, "rejected"), ("421 4.3.2 closing", 75, "rejected")):
            with self.subTest(line):
                self.assertEqual(self.final_reply(line), (code, outcome))

    def final_reply(self, line):
        def closing(peer):
            up_to_data(peer)
            peer.hear_content()
            peer.say(line)

        with Scripted(closing if line.startswith("421") else final(line)) as server:
            code, result = program.send(server.port, "--text", "x")
        return code, result["outcome"]

    def test_nonsense_after_the_content_is_unknown(self):
        def script(peer):
            up_to_data(peer)
            peer.hear_content()
            peer.say("hm")
            peer.wait_for_end()

        self.ends(script, (79, "malformed_reply", "unknown"))

    def test_success_before_the_end_is_not_believed(self):
        def script(peer):
            up_to_data(peer)
            peer.reader.read(1000)
            peer.say("250 2.0.0 queued")
            peer.wait_for_end()

        with Scripted(script) as server:
            code, result = program.send_raw(server.port, b"Subject: x\r\n\r\n" + b"x" * 70 * 200000)
        self.assertEqual((code, result["status"], result["outcome"]), (76, "early_success", "not_sent"))

    def test_too_many_recipients_go_in_a_second_mail(self):
        def script(peer):
            peer.greet()
            peer.take_envelope()
            peer.hear("RCPT TO:<b@")
            peer.say("452 4.5.3 too many")
            for _ in range(2):
                peer.hear("DATA")
                peer.say("354 go on")
                contents.append(peer.hear_content())
                peer.say("250 ok")
                if len(contents) == 1:
                    peer.take_envelope()
            peer.hear("QUIT")
            peer.say("221 bye")

        contents = []
        with Scripted(script) as server:
            code, result = program.send(server.port, "--from", "pump@example.com", "--to", "a@example.com", "--to",
                                        "b@example.com", "--text", "x")
        self.assertEqual((code, result["outcome"]), (0, "accepted"), result)
        self.assertEqual(contents[0], contents[1])


class Speech(unittest.TestCase):
    """Whatever a server says comes out as valid JSON, and harmless on a terminal."""

    NASTY = b"550 5.1.1 \x1b[2J\x07 \xff\xfe \xed\xa0\x80 \xc0\xaf \"quoted\" \\ \xe2\x82\xac \xc2\x9b31m \x00"

    def script(self, peer):
        peer.greet()
        peer.hear("MAIL")
        peer.say("250 fine")
        peer.hear("RCPT")
        peer.say(self.NASTY)
        peer.hear("QUIT")
        peer.say("221 bye")

    def test_in_json(self):
        with Scripted(self.script) as server:
            code, result = program.send(server.port, "--text", "x")
        self.assertEqual(code, 67)
        text = result["recipients"][0]["text"]
        self.assertEqual(text, "5.1.1 \x1b[2J\x07 \\xff\\xfe \\xed\\xa0\\x80 \\xc0\\xaf \"quoted\" \\ "
                               "\u20ac \x9b31m \x00")

    def test_on_a_terminal(self):
        with Scripted(self.script) as server:
            code, stdout, stderr = program.run("send", *program.at(server.port), *program.FROM_TO, "--trace")
        self.assertEqual((code, stdout), (67, b""))
        self.assertEqual([octet for octet in stderr if octet < 32 and octet != 10], [])
        self.assertIn(b"\\x1b[2J\\x07", stderr)
        self.assertIn("\u20ac", stderr.decode("utf-8"))

    def test_long_replies_are_shown_whole(self):
        lines = [f"550-5.7.1 reason {i} {'because ' * 9}" for i in range(5)] + ["550 5.7.1 see https://example.com/why"]

        def script(peer):
            peer.greet("ENHANCEDSTATUSCODES")
            peer.hear("MAIL")
            peer.say(*lines)
            peer.hear("QUIT")
            peer.say("221 bye")

        with Scripted(script) as server:
            code, result = program.send(server.port, "--text", "x")
        self.assertEqual((code, result["smtp_code"], result["enhanced"]), (69, 550, "5.7.1"))
        self.assertEqual(result["reply"], " ".join(line[4:] for line in lines))

    def test_replies_without_text(self):
        def script(peer):
            peer.say("220")
            peer.hear("EHLO")
            peer.say("250")
            peer.hear("MAIL")
            peer.say("550")
            peer.hear("QUIT")
            peer.say("221")

        with Scripted(script) as server:
            code, result = program.send(server.port, "--text", "x")
        self.assertEqual((code, result["smtp_code"], result["capabilities"]), (69, 550, []))


class Probe(unittest.TestCase):
    def test_shows_raw_lines_and_mechanisms(self):
        capabilities = ["PIPELINING", "AUTH PLAIN CRAM-MD5", "XVENDOR one two", "LIMITS RCPTMAX=7"]

        def script(peer):
            peer.greet(*capabilities)
            peer.hear("QUIT")
            peer.say("221 bye")

        with Scripted(script, script) as server:
            code, result = program.run_json("probe", *program.at(server.port))
            self.assertEqual((code, result["capabilities"]), (0, capabilities))
            code, stdout, _ = program.run("probe", *program.at(server.port))
            self.assertEqual(code, 0)
            for text in (b"XVENDOR one two", rb"AUTH\): +PLAIN, CRAM-MD5\n", rb"RCPTMAX\): +7\n"):
                self.assertRegex(stdout, text)

    def test_an_old_server(self):
        def script(peer):
            peer.say("220 old")
            peer.hear("EHLO")
            peer.say("500 what")
            peer.hear("HELO")
            peer.say("250 hello")
            peer.hear("QUIT")
            peer.say("221 bye")

        with Scripted(script) as server:
            code, stdout, _ = program.run("probe", *program.at(server.port))
        self.assertEqual(code, 0)
        self.assertIn(b"no extensions", stdout)


if __name__ == "__main__":
    unittest.main()
