"""Every way in that is not of the web: runs killed at any instant, and two at once, against real servers."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.servers import PASSWORD, ftp_server, nitf
from tests.wire.test_kill9 import told

FILES = 120
HEAD = '[fetch]\ncontact = "desk@example.org"\ngap = 0\nallow_addresses = ["127.0.0.0/8"]\n'


def drop(folder: Path) -> None:
    """Files in a folder, a bad one among them."""
    folder.mkdir(parents=True)
    for n in range(FILES):
        (folder / f"{n:03d}.xml").write_bytes(nitf(n) if n != 7 else b"\x00\x01\x02\x03" * 99)


@contextmanager
def ftp(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    drop(folder / "out")
    with ftp_server(folder) as server:
        yield f'kind = "ftp"\nurl = "{server.url("/out")}"\ntoken = "${{SECRET}}"\noptions = {{ settled = 0.1 }}\n'


KINDS: dict[str, Callable[[Path, pytest.MonkeyPatch], Any]] = {"ftp": ftp}


def configure(desk: Any, entry: str) -> None:
    desk.folder.mkdir(parents=True, exist_ok=True)
    (desk.folder / "wires.toml").write_text(f'{HEAD}[[source]]\nname = "wire"\n{entry}')


def kills(desk: Any, entry: str, times: int, seed: int) -> None:
    chance = random.Random(seed)
    quiet = type(desk)(desk.folder / "quiet")
    configure(quiet, entry)
    begun = time.monotonic()
    quiet.wire("run", "--all")
    lasted = time.monotonic() - begun
    whole = told(quiet.store)
    assert sum(whole["stories"].values()) == FILES - 1
    struck = 0
    for number in range(times):
        here = type(desk)(desk.folder / f"killed-{number}")
        configure(here, entry)
        process = here.start("run", "--all")
        time.sleep(chance.uniform(0.3, 0.8) * lasted)
        process.kill()
        process.communicate()
        struck += process.returncode == -9
        here.wire("run", "--all")
        assert told(here.store) == whole, f"kill {number}, seed {seed}"
        assert '"new": 0' in here.wire("run", "--all", "--json")
    assert struck > times / 4  # the rest had ended before


@pytest.mark.parametrize("kind", KINDS)
def test_killed_and_twice_at_once(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("SECRET", PASSWORD)
    with KINDS[kind](tmp_path / "server", monkeypatch) as entry:
        kills(desk, entry, 3, 20250602)
        here = type(desk)(desk.folder / "both")
        configure(here, entry)
        both = [here.start("run") for _ in range(2)]
        for process in both:
            _, err = process.communicate(timeout=100)
            assert process.returncode == 0, err
            assert "Traceback" not in err
            assert PASSWORD not in err
        assert told(here.store) == told(desk.folder / "quiet/var/wire.db")


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS)
def test_fifty_kills_each(desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setenv("SECRET", PASSWORD)
    with KINDS[kind](tmp_path / "server", monkeypatch) as entry:
        kills(desk, entry, 50, 20250702)
