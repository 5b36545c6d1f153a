"""The road from an address in wires.toml to what each user types, as a person would run it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.wire.conftest import rss


@pytest.fixture
def filled(desk: Any, site: Any) -> Any:
    """A desk after two runs: three stories, one of which was corrected in between."""
    site.feed("/agency", range(3))
    site.feed("/paper", range(10, 12))
    desk.configure(site, agency="/agency", paper="/paper")
    first = desk.wire("run", "--json")
    rows = {row["source"]: row for row in map(json.loads, first.splitlines())}
    assert (rows["agency"]["new"], rows["paper"]["new"]) == (3, 2)
    site.pages["/agency"] = site.pages["/agency"].replace(b"that 108 families", b"that 801 families")
    assert "1 stories new or changed" in desk.wire("run", "--all")
    return desk


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_second_run_finds_nothing_new_and_asks_conditionally(filled: Any, site: Any) -> None:
    site.asked.clear()
    assert "nothing new" in filled.wire("run", "--all")
    assert sorted(site.asked) == [("/agency", True), ("/paper", True)]
    assert "nothing is due" in filled.wire("run")


def test_list_show_diff_and_events_tell_one_history(filled: Any) -> None:
    listed = lines(filled.wire("list", "--json"))
    keys = {
        "id",
        "source",
        "guid",
        "url",
        "headline",
        "status",
        "published",
        "first_seen",
        "versions",
        "cluster",
        "lead",
    }
    assert len(listed) == 5 and all(keys <= row.keys() for row in listed)
    (changed,) = [row for row in listed if row["versions"] == 2]
    happened = lines(filled.wire("events", "--after", "0", "--json"))
    assert [row["seq"] for row in happened] == [1, 2, 3, 4, 5, 6]
    assert set(happened[0]) == {"seq", "at", "kind", "story", "version", "reason"}
    assert (happened[-1]["kind"], happened[-1]["story"], happened[-1]["version"]) == (
        "correct",
        changed["id"],
        2,
    )
    assert lines(filled.wire("events", "--after", "5", "--json")) == happened[5:]
    (shown,) = lines(filled.wire("show", str(changed["id"]), "--json"))
    assert "801 families" in " ".join(shown["story"]["body"])
    assert [version["judged"] for version in shown["history"]] == ["new", "correct"]
    difference = filled.wire("diff", str(changed["id"]))
    assert "-Officials of the district said that 108" in difference
    assert "+Officials of the district said that 801" in difference
    assert b"<rss" in filled.wire("show", str(changed["id"]), "--raw").encode()


def test_search_and_its_filters(filled: Any) -> None:
    assert len(lines(filled.wire("search", "sandbags", "--json"))) == 5
    assert len(lines(filled.wire("search", "sandbags", "--source", "paper", "--json"))) == 2
    assert len(lines(filled.wire("search", "sandbags", "--agency", "IANS", "--json"))) == 3
    assert lines(filled.wire("search", "sandbags", "--since", "2025-06-03", "--json")) == []
    assert "[sandbags]" in filled.wire("search", "sandbags")
    filled.wire("search", "--", "-", status=1)


def test_export_follows_the_events(filled: Any) -> None:
    whole = lines(filled.wire("export"))
    assert len(whole) == 5 and all(row["body"] for row in whole)
    last = whole[-1]["seq"]
    assert [row["event"] for row in lines(filled.wire("export", "--after", str(last - 1)))] == ["correct"]
    assert filled.wire("export", "--after", str(last)) == ""
    assert filled.wire("export", "--since", "2099-01-01") == ""
    for form in ("ninjs", "newsml-g2", "jsonfeed", "atom", "rss"):
        written = filled.wire("export", "--format", form)
        assert all(row["headline"] in written for row in whole)
    filled.wire("export", "--format", "nitf", "--to", "out")
    assert [path.name for path in sorted((filled.folder / "out").iterdir())] == [
        f"{row['seq']:010d}.xml" for row in whole
    ]
    filled.wire("export", "--format", "nitf", status=2)
    filled.wire("export", "--format", "rss", "--to", "out", status=2)
    filled.wire("export", "--to", "out", status=2)


def test_status_tells_of_a_source_that_is_down(filled: Any, site: Any) -> None:
    assert [row["failures"] for row in lines(filled.wire("status", "--json"))] == [0, 0]
    del site.pages["/paper"]
    filled.wire("run", "--all", status=None)
    rows = {row["source"]: row for row in lines(filled.wire("status", "--json", status=None))}
    assert rows["paper"]["failures"] == 1 and "404" in rows["paper"]["error"]
    assert rows["agency"]["failures"] == 0
    assert len(lines(filled.wire("list", "--json"))) == 5


def test_a_page_in_place_of_a_feed_is_a_clear_line_and_the_rest_goes_on(filled: Any, site: Any) -> None:
    site.pages["/paper"] = (
        b"<html><head><title>Before you continue</title></head><body><p>We value your privacy.</p></body></html>"
    )
    site.feed("/agency", range(4))
    out = lines(filled.wire("run", "--all", "--json", status=None))
    rows = {row["source"]: row for row in out}
    assert rows["agency"]["new"] == 1
    assert rows["paper"]["outcome"] == "failed" and rows["paper"]["why"]
    assert len(lines(filled.wire("list", "--json"))) == 6


def test_asked_wrongly_is_two(filled: Any) -> None:
    filled.wire("run", "nobody", status=2)
    filled.wire("run", "--budget", "soon", status=2)
    filled.wire("search", status=2)
    filled.wire("show", "99", status=1)
    (filled.folder / "wires.toml").write_text("[fetch")
    filled.wire("run", status=2)


def test_reparse_after_nothing_changed_says_so(filled: Any) -> None:
    assert filled.wire("reparse") == ""


def test_reparse_mends_what_an_older_parser_read(filled: Any) -> None:
    from store.db import open_store

    db = open_store(filled.store)
    with db.atomic():
        db.execute("UPDATE versions SET headline = 'Misread' WHERE story = 1 AND number = 1")
    db.conn.close()
    assert "headline" in filled.wire("reparse")
    filled.wire("reparse", "--apply")
    assert filled.wire("reparse") == ""
    (shown,) = lines(filled.wire("show", "1", "--json"))
    assert shown["story"]["headline"].startswith("Flood at")
    assert shown["events"][-1]["kind"] == "update"


def test_check_proves_the_store(filled: Any) -> None:
    assert "rebuild it" in filled.wire("check", "--rebuild")
    from store.db import open_store

    db = open_store(filled.store)
    with db.atomic():
        db.execute("UPDATE stories SET status = 'canceled' WHERE id = 1")
    db.conn.close()
    out = filled.wire("check", "--rebuild", status=1)
    assert "by its events usable" in out and "can be found by search" in out


def test_backup_and_prune(filled: Any) -> None:
    target = filled.folder / "copy.db"
    filled.wire("backup", str(target))
    from store.db import open_readonly

    assert open_readonly(target).table("stories").count == 5
    assert "would go" in filled.wire("prune", "--before", "2099-01-01")
    filled.wire("prune", "--before", "2099-01-01", "--apply")
    assert list((filled.folder / "var/archive").glob("*.warc.gz")) == []
    assert len(lines(filled.wire("list", "--json"))) == 5
    filled.wire("show", "1", "--raw", status=1)
    site_again = filled.wire("run", "--all")
    assert "nothing new" in site_again


def test_a_folder_of_drops(desk: Any, site: Any) -> None:
    desk.configure(site)
    drop = desk.folder / "drop"
    drop.mkdir()
    config = desk.folder / "wires.toml"
    config.write_text(config.read_text() + '[[source]]\nname = "drop"\nkind = "folder"\npath = "drop"\n')
    site.feed("/x", range(2))
    (drop / "good.xml").write_bytes(site.pages["/x"])
    (drop / "bad.bin").write_bytes(bytes(range(256)))
    (drop / "half.xml.part").write_bytes(b"<rss")
    (drop / "young.xml").write_bytes(site.pages["/x"])
    for name in ("good.xml", "bad.bin", "half.xml.part"):
        os.utime(drop / name, (time.time() - 60, time.time() - 60))
    os.utime(drop / "young.xml", (time.time() + 0.5, time.time() + 0.5))
    os.utime(drop / "young.xml")
    (row,) = lines(desk.wire("run", "--json"))
    assert (row["new"], row["refused"]) == (2, 1)
    assert (drop / "done/good.xml").is_file()
    assert (drop / "failed/bad.bin").is_file() and (drop / "failed/bad.bin.why.txt").read_text()
    assert (drop / "half.xml.part").is_file()


def test_init_writes_what_check_accepts(tmp_path: Path, desk: Any) -> None:
    desk.folder.mkdir()
    desk.wire("init", "--agency", "IANS", "--agency", "ANI")
    text = (desk.folder / "wires.toml").read_text()
    assert "IANS" in text and "not verified" in text
    desk.wire("check")
    desk.wire("init", status=1)


def test_a_run_ends_soon_after_sigterm(desk: Any, site: Any) -> None:
    """Row 59 of the fault table."""
    site.feed("/agency", range(3))
    desk.configure(site, agency="/agency")
    (desk.folder / "wires.toml").write_text(
        (desk.folder / "wires.toml").read_text().replace("gap = 0", "gap = 50")
    )
    text = (desk.folder / "wires.toml").read_text()
    (desk.folder / "wires.toml").write_text(
        text + text[text.index("[[source]]") :].replace('"agency"', '"second"', 1)
    )
    process = desk.start("run")
    while not site.asked:
        time.sleep(0.05)
    time.sleep(0.3)
    process.terminate()
    begun = time.monotonic()
    process.communicate(timeout=20)
    assert time.monotonic() - begun < 8
    assert len(lines(desk.wire("list", "--json"))) == 3


def test_what_may_not_be_used_is_told_and_its_text_is_nowhere(filled: Any, site: Any) -> None:
    (corrected,) = [row for row in lines(filled.wire("list", "--json")) if row["versions"] == 2]
    given_out = lines(filled.wire("export", "--leads"))
    notice = ("kill-1", "", f"KILL: {corrected['headline']}", ["EDITORS: please kill this story."])
    site.pages["/agency"] = site.pages["/agency"].replace(
        b"</channel>", rss([notice]).split(b"</description>")[1].split(b"</channel>")[0] + b"</channel>"
    )
    filled.wire("run", "--all")
    number = str(corrected["id"])
    (shown,) = lines(filled.wire("show", number, "--json"))
    assert shown["status"] == "canceled"
    assert "families" not in json.dumps(shown)
    filled.wire("diff", number, status=1)
    other = next(row["id"] for row in lines(filled.wire("list", "--json")) if row["status"] == "usable")
    filled.wire("show", number, "--raw", status=1)
    filled.wire("show", str(other), "--raw", status=1)  # one document told both
    asked = filled.start("search", corrected["headline"])
    out, err = asked.communicate(timeout=60)
    assert f"NOT FOR USE: story {number} is canceled" in err
    assert number not in [line.split()[0] for line in out.splitlines() if line[:1].isdigit()]
    told = lines(filled.wire("export", "--leads", "--after", str(given_out[-1]["seq"])))
    assert [(row["id"], row["event"], "body" in row) for row in told] == [(corrected["id"], "kill", False)]
