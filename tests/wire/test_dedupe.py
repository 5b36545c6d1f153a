"""`wire dedupe --batch` as a person runs it."""

from __future__ import annotations

import json
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
