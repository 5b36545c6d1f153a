"""`wire show` says what each telling is to the one that leads, and why; and what each version changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from store.archive import Archive
from store.db import open_store
from tests.ingest.tellings import World, carry_out, enrolled, told
from wire.cli import cli


class Papers(World):
    """Reprints besides: any text, under a guid of its own."""

    def _print(self, guid: str, body: tuple[str, ...]) -> Any:
        story = told(0, 11, at=self.at)
        return "paper", replace(story, guid=guid, url=f"https://paper.example/{guid}", body=body)


@pytest.fixture
def show(tmp_path: Path) -> Callable[..., str]:
    (tmp_path / "wires.toml").write_text('[store]\npath = "wire.db"\n[fetch]\ncontact = "desk@example.org"\n')
    db, archive, world = open_store(tmp_path / "wire.db"), Archive(tmp_path / "archive"), Papers()
    enrolled(db)
    whole = told(0, 11, at=world.at, extra=True).body
    more = tuple(
        f"Letters from readers of page {n} follow, each of them about another matter than the {n} boats."
        for n in range(12)
    )
    carry_out(db, archive, world, "print", "before", whole[:3])
    carry_out(db, archive, world, "tell", 0, 11, True)
    for guid, body in (
        ("whole", whole),
        ("extended", (*whole, *more[:6])),
        ("excerpt", whole[:1]),
    ):
        carry_out(db, archive, world, "print", guid, body)
    carry_out(db, archive, world, "write_through", 0, 14, "UPDATE 2-")
    carry_out(db, archive, world, "reprint", 1, 11, "paper", "whole")
    db.close()

    def show(*words: str) -> str:
        done = CliRunner().invoke(cli, ["show", *words, "--config", str(tmp_path / "wires.toml")])
        assert done.exit_code == 0, done.output
        return done.stdout

    return show


def test_each_telling_says_what_it_is_and_why(show: Callable[..., str]) -> None:
    (line,) = map(json.loads, show("2", "--json").splitlines())
    told_by = {(one["source"], one["id"]): one for one in line["tellings"]}
    assert [one["relation"] for one in told_by.values()] == ["lead", "trimmed", "copy", "extended", "excerpt"]
    assert line["tellings"][0]["source"] == "wire", "an agency leads, also where a paper was first"
    assert line["tellings"][0]["why"] == {}
    for one in line["tellings"][1:]:
        assert set(one["why"]) == {"containment", "jaccard", "shared_numbers", "changed_numbers", "of"}
        assert one["why"]["containment"] > 0.6
    text = show("2")
    for words in (
        "Told by 5",
        "trimmed reprint of story 2 (containment 1.00, Jaccard 0.",
        "copy of story 2 (containment",
        "extended reprint of story ",
        "excerpt of story ",
        "numbers shared, 0 changed)",
    ):
        assert words in text


def test_a_version_says_what_it_changed(show: Callable[..., str]) -> None:
    text = show("2")
    assert "first told" in text
    assert "new version, correct: figure 11 → 14" in text
