"""Dovecot's IMAP server on loopback, with a mailbox of its own."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import re
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ingest.servers import PASSWORD, certificate
from tests.ingest.sshd import answering, free_port

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


def _version() -> str:
    if PROGRAM is None:
        return ""
    return subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False).stdout


needed = pytest.mark.skipif(
    not re.match(r"2\.[0-3]\.", _version()), reason="needs dovecot 2.3 (Debian: dovecot-imapd)"
)
SETTINGS = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{file}
ssl_key = <{file}
disable_plaintext_auth = yes
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
first_valid_uid = 1
mail_location = maildir:{home}/mail
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = passwd-file
  args = scheme=plain {home}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={home}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth
}}
"""


@dataclass
class Dovecot:
    """The server, and user desk's mailboxes on it."""

    home: Path
    port: int  # TLS from the first byte
    plain: int  # STARTTLS
    file: Path  # the certificate that must be trusted

    def url(self, name: str = "", *, scheme: str = "imaps") -> str:
        return f"{scheme}://desk@127.0.0.1:{self.port if scheme == 'imaps' else self.plain}/{name}"

    @contextmanager
    def reader(self) -> Iterator[imaplib.IMAP4_SSL]:
        """A mail program of its own."""
        context = ssl.create_default_context(cafile=str(self.file))
        with imaplib.IMAP4_SSL("127.0.0.1", self.port, ssl_context=context) as made:
            made.login("desk", PASSWORD)
            yield made

    def deliver(self, *mails: bytes, to: str = "INBOX") -> None:
        with self.reader() as box:
            for mail in mails:
                said, data = box.append(f'"{to}"', "", "", mail.replace(b"\n", b"\r\n"))
                assert said == "OK", data

    def flags(self, name: str = "INBOX") -> list[bytes]:
        """The flags of each mail of a mailbox."""
        with self.reader() as box:
            said, data = box.select(f'"{name}"', readonly=True)
            if said != "OK" or data == [b"0"]:
                return []
            return [one for one in box.fetch("1:*", "(FLAGS)")[1] if isinstance(one, bytes)]


@contextmanager
def dovecot(tokens: str | None = None) -> Iterator[Dovecot]:
    """An IMAP server, until the block ends. tokens: where it asks whether an access token is good (RFC 7662). Its folder is where users without rights reach it: mails are never root's."""
    assert PROGRAM is not None
    home = Path(tempfile.mkdtemp(prefix="wire-imap-"))
    me = getpass.getuser() if os.geteuid() else "nobody"
    facts = pwd.getpwnam(me)
    for name in ("mail", "run", "state"):
        (home / name).mkdir()
        os.chown(home / name, facts.pw_uid, facts.pw_gid)
    home.chmod(0o755)
    made = Dovecot(home, free_port(), free_port(), certificate(home))
    (home / "users").write_text(f"desk:{PASSWORD}\n")
    (home / "oauth").write_text(
        f"introspection_mode = get\nusername_attribute = user\nintrospection_url = {tokens}\n"
    )
    (home / "config").write_text(
        (SETTINGS + TOKENS * (tokens is not None)).format(
            home=home, file=made.file, owner=me, group=grp.getgrgid(facts.pw_gid).gr_name, plain=made.plain,
            port=made.port, mechanisms="plain login" + " xoauth2" * (tokens is not None),
        )
    )  # fmt: skip
    (home / "log").touch()
    (home / "log").chmod(0o666)
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(home / "config")])
    try:
        answering(made.port, process, home / "log")
        yield made
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(home, ignore_errors=True)
