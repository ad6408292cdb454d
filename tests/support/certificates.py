"""Certificates for the tests, made by the openssl program in a temporary directory, each when it is first asked for.

    with Certificates() as made:
        made.ca                     # the file with the root that clients trust
        made.get("good_ec")         # a Credential: its certificate file (with the chain), its key file, its pin

What there is to make is in KINDS. Every root, intermediate and leaf has a key of its own.
"""

import base64
import dataclasses
import datetime
import hashlib
import pathlib
import shutil
import subprocess
import tempfile

HERE = "DNS:localhost,IP:127.0.0.1,IP:::1"
EC, RSA, RSA_4096 = "EC P-256", "RSA 2048", "RSA 4096"
KEY_OPTIONS = {
    EC: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    RSA: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    RSA_4096: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"],
}
LONG_AGO, YEARS_AGO, YEARS_AHEAD, FAR_AHEAD = "200101000000Z", "210101000000Z", "390101000000Z", "400101000000Z"

CONFIGURATION = """
[ca]
default_ca = tests
[tests]
database = {work}/database
rand_serial = yes
new_certs_dir = {work}
unique_subject = no
default_md = sha256
policy = anything
copy_extensions = none
[anything]
commonName = supplied
[req]
distinguished_name = nothing
[nothing]
"""


@dataclasses.dataclass(frozen=True)
class Credential:
    """`file`: the certificate followed by the intermediates that a server sends with it. `alone`: without those."""

    name: str
    subject: str
    names: list
    file: str
    alone: str
    key: str

    def public_key(self):
        return run("pkey", "-pubin", "-outform", "DER", stdin=run("x509", "-in", self.alone, "-noout", "-pubkey"))

    @property
    def pin(self):
        """SHA-256 of the SubjectPublicKeyInfo, in base64 (RFC 7469 section 2.4)."""
        return base64.b64encode(hashlib.sha256(self.public_key()).digest()).decode()


@dataclasses.dataclass(frozen=True)
class Kind:
    """How to make a certificate: who it is for, by whom, and until when."""

    names: str = HERE
    subject: str = "localhost"
    issuer: str = "intermediate"
    key: str = EC
    start: str = LONG_AGO
    end: str = FAR_AHEAD
    usage: str = "serverAuth"
    is_ca: bool = False
    sends_chain: bool = True


KINDS = {
    # Authorities. `root` is what clients trust.
    "root": Kind("", "Root of the tests", "", is_ca=True),
    "intermediate": Kind("", "Intermediate of the tests", "root", is_ca=True),
    "second_root": Kind("", "Second root of the tests", "", is_ca=True),
    "other_root": Kind("", "Root that nobody trusts", "", is_ca=True),
    "root_4096": Kind("", "Root with a long key", "", key=RSA_4096, is_ca=True),
    "intermediate_4096": Kind("", "Intermediate with a long key", "root_4096", key=RSA_4096, is_ca=True),
    # Servers that are what they say.
    "good_ec": Kind(),
    "good_rsa": Kind(key=RSA),
    "good_rsa_4096": Kind(key=RSA_4096, issuer="intermediate_4096"),
    "good_by_second_root": Kind(issuer="second_root"),
    "other_names_too": Kind("DNS:mail.example.org,DNS:localhost,IP:192.0.2.1,IP:127.0.0.1"),
    "wildcard": Kind("DNS:*.example.com", "wildcard"),
    "example_com": Kind("DNS:example.com", "example.com"),
    "smtp_example_com": Kind("DNS:smtp.example.com", "smtp.example.com"),
    "smtp_hoster_example": Kind("DNS:smtp.hoster.example", "smtp.hoster.example"),
    # Servers that are not.
    "wrong_host": Kind("DNS:mail.example.org", "mail.example.org"),
    "wrong_address": Kind("IP:192.0.2.1", "an address"),
    "no_address": Kind("DNS:localhost"),
    "address_as_name": Kind("DNS:127.0.0.1", "127.0.0.1"),
    "cn_only": Kind(""),
    "wildcard_for_all": Kind("DNS:*", "*"),
    "wildcard_in_word": Kind("DNS:local*", "local*"),
    "expired": Kind(end=YEARS_AGO),
    "not_yet_valid": Kind(start=YEARS_AHEAD),
    "self_signed": Kind(issuer=""),
    "unknown_ca": Kind(issuer="other_root"),
    "missing_intermediate": Kind(sends_chain=False),
    "signed_by_a_leaf": Kind(issuer="good_ec"),
    "for_clients_only": Kind(usage="clientAuth"),
    # Clients.
    "client_ec": Kind("", "pump 7", usage="clientAuth"),
    "client_rsa": Kind("", "pump 8", usage="clientAuth", key=RSA),
    "client_of_unknown_ca": Kind("", "pump 9", "other_root", usage="clientAuth"),
}


def run(*arguments, stdin=b""):
    done = subprocess.run(["openssl", *arguments], input=stdin, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def extensions(kind):
    lines = ["subjectKeyIdentifier = hash", "authorityKeyIdentifier = keyid"]
    if kind.is_ca:
        lines += ["basicConstraints = critical,CA:TRUE", "keyUsage = critical,keyCertSign,cRLSign"]
    else:
        lines += ["basicConstraints = critical,CA:FALSE", "keyUsage = critical,digitalSignature,keyEncipherment",
                  f"extendedKeyUsage = {kind.usage}"]
    if kind.names:
        lines.append(f"subjectAltName = {kind.names}")
    return "\n".join(lines) + "\n"


class Certificates:
    """What was made lives as long as the `with` block."""

    def __enter__(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="mailmote-certificates-"))
        (self.work / "configuration").write_text(CONFIGURATION.format(work=self.work))
        (self.work / "database").touch()
        self.made = {}
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.work)

    @property
    def ca(self):
        return self.get("root").alone

    @property
    def ca_4096(self):
        return self.get("root_4096").alone

    def get(self, name):
        if name not in self.made:
            self.made[name] = self.make(name, KINDS[name])
        return self.made[name]

    def expiring(self, seconds):
        """Good for `seconds` from now on."""
        end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
        return self.make(f"expiring_{len(list(self.work.iterdir()))}", Kind(end=end.strftime("%y%m%d%H%M%SZ")))

    def directory(self, *names):
        """A directory as CAs are kept in /etc/ssl/certs: one file a CA, reachable by the hash of its subject."""
        place = pathlib.Path(tempfile.mkdtemp(dir=self.work))
        for name in names:
            shutil.copy(self.get(name).alone, place / f"{name}.pem")
        run("rehash", str(place))
        return str(place)

    def file(self, *names):
        """One file with the certificates of these."""
        handle, path = tempfile.mkstemp(dir=self.work, suffix=".pem")
        with open(handle, "wb") as out:
            for name in names:
                out.write(pathlib.Path(self.get(name).alone).read_bytes())
        return path

    def make(self, name, kind):
        key, request, alone = (str(self.work / f"{name}.{part}") for part in ("key", "request", "pem"))
        run("genpkey", *KEY_OPTIONS[kind.key], "-out", key)
        run("req", "-new", "-config", f"{self.work}/configuration", "-key", key, "-subj", f"/CN={kind.subject}",
            "-out", request)
        self.sign(name, kind, key, request, alone)
        chain = str(self.work / f"{name}.chain.pem")
        sent = [alone, *self.intermediates(kind)] if kind.sends_chain else [alone]
        pathlib.Path(chain).write_bytes(b"".join(pathlib.Path(file).read_bytes() for file in sent))
        names = [part.split(":", 1)[1] for part in kind.names.split(",") if part]
        return Credential(name, kind.subject, names, chain, alone, key)

    def sign(self, name, kind, key, request, out):
        more = self.work / f"{name}.extensions"
        more.write_text(extensions(kind))
        if kind.issuer:
            issuer = self.get(kind.issuer)
            by = ["-cert", issuer.alone, "-keyfile", issuer.key]
        else:
            by = ["-selfsign", "-keyfile", key]
        run("ca", "-batch", "-notext", "-config", f"{self.work}/configuration", *by, "-in", request, "-out", out,
            "-extfile", str(more), "-startdate", kind.start, "-enddate", kind.end)

    def intermediates(self, kind):
        """The files of those between a certificate of this kind and its root."""
        found = []
        while kind.issuer and KINDS[kind.issuer].issuer:
            found.append(self.get(kind.issuer).alone)
            kind = KINDS[kind.issuer]
        return found
