"""Real servers on loopback for the ways in that are not of the web, and one that says what a test wants it to say."""

from __future__ import annotations

import datetime as dt
import ipaddress
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
from pyftpdlib.servers import ThreadedFTPServer

PASSWORD = "open/sesame&7"  # an address writes it otherwise


def nitf(number: int, *, edition: int = 0) -> bytes:
    """A story of its own words for each number."""
    said = "".join(
        f"<p>The harbour master of quay {number} said on Monday that {number * 3 + line} boats of fleet {number}-{line} "
        f"had been counted at pier {line}, {'as many' if line % 2 else 'one fewer'} than in year {1900 + number}.</p>"
        for line in range(4)
    )
    more = f"<p>In edition {edition} the council added a ferry to line {number}.</p>" if edition else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>Quay {number} counts its boats</title><docdata>'
        f'<doc-id id-string="quay-{number}"/><date.issue norm="20250602T100000Z"/></docdata></head><body><body.head>'
        f"<hedline><hl1>Quay {number} counts its boats</hl1></hedline></body.head><body.content>{said}{more}"
        f"</body.content></body></nitf>"
    ).encode()


def certificate(
    folder: Path, *, address: str = "127.0.0.1", until: dt.timedelta = dt.timedelta(days=2)
) -> Path:
    """A certificate for an address and its key in one file, signed by itself: trusted where SSL_CERT_FILE names it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(address))]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=3)).not_valid_after(now + until)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "server.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return file


@dataclass
class FtpServer:
    """pyftpdlib over a folder, for user desk."""

    folder: Path
    port: int
    asked: list[str]  # commands, as they came

    def url(self, path: str = "/", scheme: str = "ftp") -> str:
        return f"{scheme}://desk@127.0.0.1:{self.port}{path}"


@contextmanager
def ftp_server(folder: Path, *, tls: Path | None = None, implicit: bool = False) -> Iterator[FtpServer]:
    """An FTP server, until the block ends."""
    logging.getLogger("pyftpdlib").setLevel(logging.ERROR)
    authorizer = DummyAuthorizer()
    authorizer.add_user("desk", PASSWORD, str(folder), perm="elr")
    asked: list[str] = []
    base = TLS_FTPHandler if tls else FTPHandler

    class Handler(base):  # type: ignore[misc, valid-type]
        def pre_process_command(self, line: str, cmd: str, arg: str) -> None:
            asked.append(line)
            super().pre_process_command(line, cmd, arg)

        def handle(self) -> None:
            if implicit:
                self.secure_connection(self.ssl_context)  # says its welcome once that stands
            else:
                super().handle()

        def handle_ssl_established(self) -> None:
            if implicit:
                super().handle()

    Handler.authorizer = authorizer
    Handler.auth_failed_timeout = 0.1
    if tls:
        Handler.certfile = str(tls)
        Handler.tls_control_required = Handler.tls_data_required = True
    server = ThreadedFTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"timeout": 0.05, "handle_exit": False})
    thread.daemon = True
    thread.start()
    yield FtpServer(folder, server.address[1], asked)
    server.close_all()
    thread.join(5)


@contextmanager
def speaking(script: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does with each connection what the script says; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer(connection: socket.socket) -> None:
        try:
            with connection:
                script(connection)
        except OSError:
            pass

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def silent(connection: socket.socket) -> None:
    connection.recv(1)
    time.sleep(30)


def hang_up(connection: socket.socket) -> None:
    connection.sendall(b"220 hel")


def of_the_web(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def endless_welcome(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"220-welcome to the server that has much to say\r\n" * 100)


def dripping(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"2")
        time.sleep(0.05)


HOSTILE = (silent, hang_up, of_the_web, endless_welcome, dripping)  # scripts that no protocol expects
