"""`make run` as a newcomer sees it: the sample wires come in, and the second time nothing is new."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def wire(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wire", *words], cwd=folder, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, timeout=100, check=False
    )  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = wire(folder, "demo")
    assert done.returncode == 0, done.stderr
    for word in ("ians-sample", "coastal-herald", "hill-gazette", "drop", "wire search"):
        assert word in done.stdout
    return folder


def listed(desk: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in wire(desk, "list", "--json").stdout.splitlines()]


def test_the_second_time_nothing_is_new(desk: Path) -> None:
    before = listed(desk)
    done = wire(desk, "demo")
    assert done.returncode == 0
    assert "Nothing new" in done.stdout
    assert listed(desk) == before


def test_reprints_fold_under_the_agency(desk: Path) -> None:
    rows = listed(desk)
    ferry = [row for row in rows if "Ganga" in str(row["headline"])]
    assert {row["source"] for row in ferry} == {"ians-sample", "coastal-herald", "hill-gazette"}
    assert len({row["cluster"] for row in ferry}) == 1
    assert [row["source"] for row in ferry if row["lead"]] == ["ians-sample"]


def test_kills_and_embargoes_are_kept_from_sight(desk: Path) -> None:
    status = {str(row["headline"]): row["status"] for row in listed(desk)}
    assert status["River poet to receive the Brahmaputra prize"] == "withheld"
    assert "canceled" in status.values()
    for word in ("Brahmaputra", "tremor"):
        assert wire(desk, "search", word, "--json").stdout == ""
    text = wire(desk, "export").stdout
    assert "ferry songs" not in text
    assert "Shopkeepers" not in text


def test_nothing_of_the_pages_furniture_is_stored(desk: Path) -> None:
    text = wire(desk, "export").stdout
    assert "night ferry" in text.lower()
    for word in (
        "spot_img",
        "Share post",
        "Previous article",
        "WhatsApp",
        "LEAVE A REPLY",
        "Port Blair",
        "All rights reserved",
        "--IANS",
    ):
        assert word not in text, word


def test_hindi_is_found_by_its_words(desk: Path) -> None:
    found = [json.loads(line) for line in wire(desk, "search", "महेंद्रू", "--json").stdout.splitlines()]
    assert len(found) == 1
