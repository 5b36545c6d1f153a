"""`wire desk` started for real on the sample wires, and asked over HTTP."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("datasette") is None, reason="the extra `desk` is not installed"
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Any]]:
    folder = tmp_path_factory.mktemp("desk")
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    subprocess.run(
        [sys.executable, "-m", "wire", "demo"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        timeout=100,
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "wire", "desk", "--port", str(port)],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def get(path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as reply:
            return json.loads(reply.read())

    for _ in range(200):
        try:
            get("/-/versions.json")
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    yield get
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(20)


def test_newest_folds_copies(ask: Callable[[str], Any]) -> None:
    rows = ask("/wire/newest.json?_shape=objects&_size=max")["rows"]
    ferry = [row for row in rows if "Night ferry" in row["headline"]]
    assert [row["source"] for row in ferry] == ["ians-sample"]
    assert ferry[0]["tellings"] == 3


def test_search_finds_and_text_shows(ask: Callable[[str], Any]) -> None:
    rows = ask("/wire/search.json?words=comet&_shape=objects")["rows"]
    assert rows
    text = ask(f"/wire/text.json?story={rows[0]['id']}&_shape=objects")["rows"]
    assert "eighteenth magnitude" in text[0]["body"]


@pytest.mark.parametrize(
    ("query", "found"),
    [('"low-floor', 1), ("by:tenzin", 1), ("नाव", 1), ("ferry -night", 0), ("- (", 0), ("", 0)],
)
def test_any_query_is_understood(ask: Callable[[str], Any], query: str, found: int) -> None:
    rows = ask(f"/wire/search.json?words={urllib.parse.quote(query)}&_shape=objects")["rows"]
    assert len(rows) == found


def test_killed_and_withheld_text_is_out_of_reach(ask: Callable[[str], Any]) -> None:
    out = ask("/wire/out_of_use.json?_shape=objects")["rows"]
    assert len(out) == 2
    for row in out:
        assert ask(f"/wire/text.json?story={row['id']}&_shape=objects")["rows"] == []
    for closed in ("/wire/versions.json", "/wire.json?sql=select+body+from+versions"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(closed)
        assert refused.value.code == 403


def test_health_is_shown(ask: Callable[[str], Any]) -> None:
    assert {row["name"] for row in ask("/wire/health.json?_shape=objects")["rows"]} == {
        "ians-sample",
        "coastal-herald",
        "hill-gazette",
        "drop",
    }
