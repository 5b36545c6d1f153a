"""`wire dedupe --batch` as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from wire.cli.dedupe import dedupe

STORIES = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "histories" / "stories.json").read_text("utf-8")
)


def line(name: str, story: str, *, keep: int = 9, headline: str | None = None) -> str:
    told = STORIES[story]
    return json.dumps({
        "id": name, "source": name, "published": "2025-06-02T10:00:00Z", "headline": headline or told["headline"],
        "text": "\n".join(told["body"][:keep]),
    })  # fmt: skip


def test_reprints_share_a_cluster_and_other_stories_do_not(tmp_path: Path) -> None:
    lines = [line("a", "bridge"), line("b", "tea"), line("c", "bridge", keep=3, headline="A crossing at last"), line("d", "canal"),
             line("e", "canal", keep=2), line("f", "flood"), line("g", "flood", headline="बाढ़ का कहर")]  # fmt: skip
    file = tmp_path / "stream.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    ran = CliRunner().invoke(dedupe, ["--batch", str(file)])
    assert ran.exit_code == 0, ran.output
    told = {one["id"]: one["cluster"] for one in map(json.loads, ran.stdout.splitlines())}
    assert told == {"a": "a", "b": "b", "c": "a", "d": "d", "e": "d", "f": "f", "g": "f"}


SAMPLE = """
import sys
from pathlib import Path
from tests.ingest.test_identity import prose
from tests.ingest.test_states import by_chance, everything
from wire.dedupe import clusters
texts = [prose(n // 3)[: 7 - n % 3] + prose(900 + n, 40) for n in range(90)]
records = [{"id": str(n), "published": f"2025-06-0{1 + n // 30}", "headline": f"Report {n // 3}", "text": "\\n".join(t)} for n, t in enumerate(texts)]
print(list(clusters(records)))
folder = Path(sys.argv[1])
by_chance(folder, 3, 30)
print(sorted((name, sorted(map(repr, told))) for name, told in everything(folder / "wire.db").items()))
"""


def test_the_seed_of_hashes_changes_nothing(tmp_path: Path) -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", SAMPLE, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert "('2', '0')" in told.pop(), "copies are among them"
