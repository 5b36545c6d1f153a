"""The files of cron/ as they stand: the crontab's lines run in cron's bare environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CRON = ROOT / "cron"
LINE = re.compile(r"^(?P<when>(?:\S+\s+){5})(?P<command>.+)$")
CONFIG = '[store]\npath = "var/wire.db"\n[fetch]\ncontact = "desk@example.org"\n[[source]]\nname = "drop"\nkind = "folder"\npath = "var/drop"\n'


def commands() -> list[str]:
    lines = (CRON / "crontab").read_text().splitlines()
    found = [
        LINE.match(line) for line in lines if line and not line.startswith("#") and "=" not in line.split()[0]
    ]
    return [match["command"] for match in found if match]


def bare(command: str, desk: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "HOME": str(desk),
        "LOGNAME": "desk",
        "PATH": "/usr/bin:/bin",
        "SHELL": "/bin/sh",
        "WIREDESK": str(desk),
    }
    return subprocess.run(
        ["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, timeout=90, check=False
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An installation whose .venv/bin/wire is the project under test."""
    (tmp_path / ".venv/bin").mkdir(parents=True)
    wire = tmp_path / ".venv/bin/wire"
    wire.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m wire "$@"\n')
    wire.chmod(0o755)
    (tmp_path / "var/drop").mkdir(parents=True)
    (tmp_path / "wires.toml").write_text(CONFIG)
    return tmp_path


def test_every_line_runs_in_a_bare_environment(desk: Path) -> None:
    story = desk / "var/drop/story.txt"
    story.write_text(
        "Lake opens\n\nPune, June 2: The lake above the town was opened to swimmers on Monday, the council said.\n\nThere is room for three hundred.\n"
    )
    os.utime(story, (1_700_000_000, 1_700_000_000))
    assert len(commands()) == 2
    for command in commands():
        done = bare(command, desk)
        assert done.returncode == 0, done.stdout + done.stderr + (desk / "var/wire.log").read_text()
        assert done.stdout == "", "cron would send mail"
    assert (desk / "var/wire.db").exists()
    assert (desk / "var/backup.db").exists()
    assert (desk / "var/drop/done/story.txt").exists()


def test_a_wrong_configuration_is_mailed(desk: Path) -> None:
    (desk / "wires.toml").write_text(CONFIG.replace("kind", "knid"))
    done = bare(commands()[0], desk)
    assert done.returncode != 0
    assert "knid" in done.stdout + done.stderr + (desk / "var/wire.log").read_text()


def test_the_logrotate_file_names_the_log_of_the_crontab() -> None:
    assert "var/wire.log {" in (CRON / "logrotate").read_text()
    assert "var/wire.log" in (CRON / "crontab").read_text()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for name in ("wiredesk.service", "wiredesk.timer"):
        unit = (
            (CRON / name)
            .read_text()
            .replace("/opt/wiredesk/.venv/bin/wire", "/bin/true")
            .replace("User=wiredesk\n", "")
        )
        (tmp_path / name).write_text(unit)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "wiredesk.timer")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
