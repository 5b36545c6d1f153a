"""Datasette on the store: read-only, on loopback."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from desk.metadata import metadata
from parsers.errors import WireError

PLUGINS = Path(__file__).parent / "plugins"
SETTINGS = (
    "--setting",
    "default_page_size",
    "50",
    "--setting",
    "sql_time_limit_ms",
    "2000",
    "--setting",
    "allow_download",
    "off",
)


def serve(store: Path, *, port: int, host: str = "127.0.0.1") -> int:
    """Run Datasette until it is stopped; returns its exit status.

    Raises WireError where the extra `desk` is not installed, or there is no store.
    """
    if importlib.util.find_spec("datasette") is None:
        raise WireError(
            "Datasette is not installed",
            where="wire desk",
            do='install the extra: pip install "wiredesk[desk]"',
        )
    if not store.exists():
        raise WireError("no store", where=str(store), do="run `wire run` first")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "metadata.json"
        file.write_text(json.dumps(metadata(store.stem)), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "datasette",
            "serve",
            str(store),
            "--metadata",
            str(file),
            "--plugins-dir",
            str(PLUGINS),
            "--host",
            host,
            "--port",
            str(port),
            *SETTINGS,
        ]
        try:
            return subprocess.run(command, check=False).returncode
        except KeyboardInterrupt:
            return 0
