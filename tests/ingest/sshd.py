"""OpenSSH's own server on loopback, for SFTP alone, with keys of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

PROGRAM = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
needed = pytest.mark.skipif(PROGRAM is None, reason="needs sshd (Debian: openssh-server)")


@dataclass
class Sshd:
    """The server: files of `folder` at the root of its addresses, for whom `key` opens."""

    folder: Path
    port: int
    key: str  # the user's private key
    fingerprint: str  # of the server's key
    known: str  # the server's line of known_hosts
    log: Path

    def url(self, path: str = "/") -> str:
        return f"sftp://{getpass.getuser()}@127.0.0.1:{self.port}{path}"

    def options(self, **more: object) -> dict[str, object]:
        return {"key": self.key, "host_key": self.fingerprint, **more}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])


def answering(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    for _ in range(200):
        if process.poll() is not None:
            break
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"the server did not come up: {log.read_text()}")


@contextmanager
def sshd(home: Path, folder: Path) -> Iterator[Sshd]:
    """An SFTP server over a folder, until the block ends. home: where its own files stand."""
    assert PROGRAM is not None
    home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where a server of root's shuts itself in
    host, user = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    (home / "host").write_bytes(host.export_private_key())
    (home / "host").chmod(0o600)
    (home / "authorized").write_bytes(user.export_public_key())
    port, log = free_port(), home / "log"
    settings = {
        "ListenAddress": "127.0.0.1", "Port": port, "HostKey": home / "host", "PidFile": "none",
        "AuthorizedKeysFile": home / "authorized", "StrictModes": "no", "UsePAM": "yes", "PermitRootLogin": "yes",
        "PasswordAuthentication": "no", "KbdInteractiveAuthentication": "no", "UseDNS": "no", "LogLevel": "VERBOSE",
        "MaxStartups": "100", "Subsystem": "sftp internal-sftp", "ForceCommand": f"internal-sftp -d {folder}",
    }  # fmt: skip
    (home / "config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    with log.open("wb") as out:
        process = subprocess.Popen([PROGRAM, "-D", "-e", "-f", str(home / "config")], stderr=out)
    try:
        answering(port, process, log)
        yield Sshd(
            folder=folder, port=port, key=user.export_private_key().decode(),
            fingerprint=host.get_fingerprint("sha256"), log=log,
            known=f"[127.0.0.1]:{port} {host.export_public_key().decode()}",
        )  # fmt: skip
    finally:
        process.terminate()
        process.wait(10)
