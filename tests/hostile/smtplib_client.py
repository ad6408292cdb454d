"""A mail by Python's smtplib, as its documentation shows it; what to send comes as JSON on standard input."""

import json
import smtplib
import ssl
import sys


def connect(mail, context):
    where = (mail["host"], mail["port"], mail["helo"])
    if mail["mode"] == "implicit":
        return smtplib.SMTP_SSL(*where, context=context, timeout=mail["timeout"])
    return smtplib.SMTP(*where, timeout=mail["timeout"])


def log_in(server, mail):
    server.user, server.password = mail["login"]
    if mail["mechanism"]:
        method = getattr(server, "auth_" + mail["mechanism"].lower().replace("-", "_"))
        server.ehlo_or_helo_if_needed()
        server.auth(mail["mechanism"], method)
    else:
        server.login(*mail["login"])


def main():
    mail = json.load(sys.stdin)
    context = ssl.create_default_context(cafile=mail["ca"])
    failed = False
    with connect(mail, context) as server:
        server.set_debuglevel(1 if mail["verbose"] else 0)
        if mail["mode"] == "starttls":
            server.starttls(context=context)
        if mail["login"]:
            log_in(server, mail)
        for _ in range(mail["mails"]):
            try:
                refused = server.sendmail(mail["sender"], mail["recipients"], mail["content"].encode("latin-1"))
            except smtplib.SMTPException as refusal:
                failed, refused = True, {}
                print(refusal, file=sys.stderr)
            failed = failed or bool(refused)
            if refused:
                print(refused, file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
