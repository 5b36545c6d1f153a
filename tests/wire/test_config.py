from __future__ import annotations

import re
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.source import KINDS
from wire.cli.setup import init
from wire.config import ConfigError, load
from wire.keys import OPTIONS, span

ROOT = Path(__file__).resolve().parents[2]

GOOD = """
[fetch]
contact = "desk@example.org"
[[source]]
name = "ians"
agency = "IANS"
kind = "feed"
url = "https://agency.example/feed"
every = "10m"
timezone = "Asia/Kolkata"
"""


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "wires.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_right_one(tmp_path: Path) -> None:
    config = load(write(tmp_path, GOOD))
    assert config.store == tmp_path / "var/wire.db"
    assert config.archive == tmp_path / "var/archive"
    (source,) = config.sources
    assert (source.name, source.every, source.agency) == ("ians", timedelta(minutes=10), "IANS")


@pytest.mark.parametrize(
    ("old", "new", "key", "allowed"),
    [
        ("every =", "evry =", "evry", "did you mean every"),
        ('"10m"', '"10 parsecs"', "every", "mend"),
        ('"10m"', '"1s"', "every", "mend"),
        ('"feed"', '"fed"', "kind", "mend"),
        ("https://", "htp://", "url", "mend"),
        ("https://agency.example", "https://agency.example:x", "url", "mend"),
        ("Asia/Kolkata", "Asia/Calcuta", "timezone", "mend"),
        ('"IANS"', '"IANZ"', "agency", "mend"),
        ('contact = "desk@example.org"', "", "[fetch] contact", "publishers"),
        (
            'contact = "desk@example.org"',
            'contact = "x"\nallow_addresses = ["10"]\ngap = -1',
            "[fetch]",
            "mend",
        ),
        ('name = "ians"', "", "name", "add name"),
        ("[fetch]", "[fetsh]", "fetsh", "did you mean fetch"),
        ('"https://agency.example/feed"', '"${NO_SUCH_VARIABLE}"', "url", "set NO_SUCH_VARIABLE"),
    ],
)
def test_each_mistake_names_file_key_and_remedy(
    tmp_path: Path, old: str, new: str, key: str, allowed: str
) -> None:
    file = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert caught.value.status == 2
    assert str(file) in str(caught.value)
    assert any(key in problem.key for problem in caught.value.problems)
    assert any(allowed in problem.do for problem in caught.value.problems)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, GOOD.replace("10m", "x").replace("https", "htp").replace('"feed"', '"fed"')))
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    "text", ["[fetch", "\x00", "fetch = 3", "source = 3\n[fetch]\ncontact='x'", "[[source]]\n[[source]]"]
)
def test_what_is_no_configuration(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError):
        load(write(tmp_path, text))


def test_a_name_stands_once(tmp_path: Path) -> None:
    twice = GOOD + GOOD[GOOD.index("[[source]]") :]
    with pytest.raises(ConfigError, match="stands twice"):
        load(write(tmp_path, twice))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10m", timedelta(minutes=10)),
        ("1h 30m", timedelta(minutes=90)),
        ("2d", timedelta(days=2)),
        ("0m", None),
        ("m", None),
        (5, None),
    ],
)
def test_spans(text: object, expected: timedelta | None) -> None:
    assert span(text) == expected


@pytest.mark.parametrize(
    ("kind", "url", "remedy"),
    [
        ("ftp", "ftp://desk@ftp.example/out", None),
        ("ftp", "ftpes://ftp.example", None),
        ("ftp", "https://ftp.example/out", "it needs ftps://"),
        ("feed", "ftp://ftp.example/out", "it needs https://"),
        ("ftp", "ftps://desk:secret@ftp.example/out", "environment"),
        ("sftp", "sftp://desk@sftp.example:2222//out", None),
        ("sftp", "ftp://desk@sftp.example/out", "it needs sftp://"),
        ("sftp", "sftp://desk:secret@sftp.example/out", "environment"),
        ("imap", "imap://desk@imap.example", None),
        ("imap", "https://imap.example", "it needs imaps://"),
        ("imap", "imaps://imap.example/INBOX", "imaps://NAME@"),
        ("sftp", "sftp://sftp.example/out", "sftp://NAME@"),
        ("imap", "imaps://desk:secret@imap.example", "environment"),
    ],
)
def test_each_kind_has_addresses_of_its_own(tmp_path: Path, kind: str, url: str, remedy: str | None) -> None:
    text = f'[fetch]\ncontact = "desk@example.org"\n[[source]]\nname = "a"\nkind = "{kind}"\nurl = "{url}"\n'
    if remedy is None:
        assert load(write(tmp_path, text)).sources[0].url == url
        return
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, text))
    assert any(remedy in problem.do for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("kind", "options", "remedy"),
    [
        ("sftp", 'host_key = "MD5:12:34"', "mend the value"),
        ("sftp", 'hostkey = "x"', "did you mean host_key"),
        ("sftp", "settled = -1", "mend the value"),
        ("imap", 'since = "June"', "mend the value"),
        ("imap", 'seen = "yes"', "mend the value"),
        ("imap", 'moveto = "Done"', "did you mean move_to"),
    ],
)
def test_each_kind_has_options_of_its_own(tmp_path: Path, kind: str, options: str, remedy: str) -> None:
    where = 'path = "drop"' if kind == "folder" else f'url = "{kind}://desk@server.example/out"'
    text = f'[fetch]\ncontact = "desk@example.org"\n[[source]]\nname = "a"\nkind = "{kind}"\n{where}\noptions = {{ {options} }}\n'
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, text))
    (problem,) = caught.value.problems
    assert problem.key.startswith("source 'a' options ")
    assert remedy in problem.do


def test_a_kind_without_options_says_which_have_some(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, GOOD + 'options = { pattern = "*.xml" }\n'))
    assert "kind feed" in caught.value.what and "sftp" in caught.value.do


def test_what_init_writes_is_right_once_it_is_uncommented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIRE_CONFIG", str(tmp_path / "wires.toml"))
    done = CliRunner().invoke(init, ["--agency", "IANS"])
    assert done.exit_code == 0, done.output
    text = (tmp_path / "wires.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^# (?=\[\[source\]\]|\w+ = )", "", text).replace("SHA256:…", "SHA256:" + "A" * 43)
    for name in re.findall(r"\$\{(\w+)\}", text):
        monkeypatch.setenv(name, "secret")
    kinds = {source.kind for source in load(write(tmp_path, text)).sources}
    assert {"feed", "folder", "sftp", "imap", "http", "warc"} <= kinds


def test_the_readme_names_each_kind_and_its_options() -> None:
    told = dict[str, set[str]]()
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"\| `(\w+)` \|.*\|([^|]*)\|", line):
            told[found[1]] = set(re.findall(r"`(\w+)`", found[2]))
    assert told.pop("kind") == set()  # the table's head
    assert told == {kind: set(OPTIONS.get(kind, ())) for kind in KINDS}
    for kind in KINDS:
        assert find_spec(f"ingest.ways.{kind}") is not None


def test_files_that_options_name_stand_beside_the_configuration(tmp_path: Path) -> None:
    text = (
        GOOD.replace('"feed"', '"sftp"').replace("https://", "sftp://desk@")
        + 'options = { key_file = "keys/a" }\n'
    )
    assert load(write(tmp_path, text)).sources[0].options["key_file"] == str(tmp_path / "keys/a")


@pytest.mark.parametrize(("path", "right"), [("var/archive", False), ("var", False), ("var/other", True)])
def test_an_archive_does_not_read_itself(tmp_path: Path, path: str, right: bool) -> None:
    file = write(tmp_path, f'{GOOD}[[source]]\nname = "past"\nkind = "warc"\npath = "{path}"\n')
    if right:
        assert load(file).sources[1].path == str(tmp_path / path)
        return
    with pytest.raises(ConfigError, match="own archive"):
        load(file)
