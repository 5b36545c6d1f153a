"""Every way in: runs killed at any instant, and two at once, against real servers. Nothing is lost, nothing comes twice."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.servers import PASSWORD
from tests.wire.killing import killed, small
from tests.wire.test_kill9 import told
from tests.wire.ways import EACH, KINDS, Place
from wire.cli.run import visit
from wire.config import load

HEAD = '[fetch]\ncontact = "desk@example.org"\ngap = 0\nallow_addresses = ["127.0.0.0/8"]\n'


def configured(folder: Path, kind: str, place: Place) -> Path:
    """A desk's folder with one source."""
    folder.mkdir(parents=True)
    entry = place.entry(folder)
    (folder / "wires.toml").write_text(f'{HEAD}[[source]]\nname = "wire"\nkind = "{kind}"\n{entry}\n')
    return folder


def visited(folder: Path) -> Any:
    (line,) = visit(load(folder / "wires.toml"), everything=True, as_json=True).lines
    return line


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", PASSWORD)
    monkeypatch.setenv("SSL_CERT_FILE", os.environ.get("SSL_CERT_FILE", ""))  # put back at the end


@pytest.mark.parametrize("kind", EACH)
def test_killed_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """A first visit that is killed in its second transaction, and right after it, and is then done again."""
    small(monkeypatch.setattr)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.wire.killing", *(f"ingest.ways.{kind}" for kind in KINDS)])
    with KINDS[kind](tmp_path / "server", 16) as place:
        quiet = configured(tmp_path / "quiet", kind, place)
        begin(kind, quiet)
        visited(quiet)
        whole = told(quiet / "var/wire.db")
        assert sum(whole["stories"].values()) == place.stories
        for point in ("within", "after"):
            here = configured(tmp_path / point, kind, place)
            begin(kind, here)
            child = processes.Process(target=killed, args=(str(here), dict(os.environ), point))
            child.start()
            child.join(60)
            assert child.exitcode == -signal.SIGKILL
            line = visited(here)
            assert line.action is None
            assert told(here / "var/wire.db") == whole, point
            assert visited(here).tally.new == 0


def begin(kind: str, folder: Path) -> None:
    """WordPress gives pages of results from the second visit on."""
    if kind == "wordpress":
        assert visited(folder).tally.new == 1


FILES = 120


def runs(desk: Any, kind: str, place: Place) -> Callable[[str], Any]:
    def made(name: str) -> Any:
        configured(desk.folder / name, kind, place)
        here = type(desk)(desk.folder / name)
        if kind == "wordpress":  # it gives pages of results from the second visit on
            here.wire("run", "--all")
        return here

    return made


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", EACH)
def test_fifty_kills_each_and_two_runs_at_once(desk: Any, tmp_path: Path, kind: str) -> None:
    chance, struck = random.Random(20250702), 0
    with KINDS[kind](tmp_path / "server", FILES) as place:
        made = runs(desk, kind, place)
        quiet = made("quiet")
        begun = time.monotonic()
        quiet.wire("run", "--all")
        lasted = time.monotonic() - begun
        finish(quiet, kind)
        whole = told(quiet.store)
        assert sum(whole["stories"].values()) == place.stories
        for number in range(50):
            here = made(f"killed-{number}")
            process = here.start("run", "--all")
            time.sleep(chance.uniform(0.2, 1.0) * lasted)
            process.kill()
            process.communicate()
            ended = process.returncode != -signal.SIGKILL
            struck += not ended
            lasted *= 0.7 if ended else 1.1  # other work on the machine makes runs longer and shorter
            here.wire("run", "--all")
            finish(here, kind)
            assert told(here.store) == whole, f"kill {number}"
            assert '"new": 0' in here.wire("run", "--all", "--json")
        assert struck > 10  # the rest had ended before
        both = made("both")
        pair = [both.start("run") for _ in range(2)]
        for process in pair:
            _, err = process.communicate(timeout=100)
            assert process.returncode == 0, err
            assert "Traceback" not in err
            assert PASSWORD not in err
        finish(both, kind)
        assert told(both.store) == whole


def finish(desk: Any, kind: str) -> None:
    """The kinds that take a hundred stories in more than one visit."""
    while kind in ("wordpress", "listing") and '"new": 0' not in desk.wire("run", "--all", "--json"):
        pass
