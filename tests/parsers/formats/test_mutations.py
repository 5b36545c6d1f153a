"""Whatever bytes come: stories or a ParseError, within bounds of time and memory."""

from __future__ import annotations

import json
import os
import resource
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers import reading
from parsers.story import plain
from tests.parsers.sweep import HINTS, in_time, read_or_refused, swept

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "corpus"
MEMORY = 200 << 10  # kB that the whole process may grow by
SAMPLE = 1500
PROOF = int(os.environ.get("MUTATIONS", "100000"))


def own() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "fixtures" / "wires").glob("*/input.*"))]


def shared() -> list[bytes]:
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/corpus")
    files = [path for room in ("wires", "feeds") for path in sorted((SHARED / room).rglob("*"))]
    taken = [one for one in files if one.is_file() and one.suffix not in (".md", ".jsonl", ".py")]
    return [path.read_bytes() for path in taken if path.stat().st_size < 300_000]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
@example(b"")
@example(b"\x00")
@example(b"<nitf/>")
@example(b"<newsItem/>")
@example(b"<newsMessage><itemSet/></newsMessage>")
@example(b"<NewsML/>")
@example(b'{"uri": [], "headline": {}, "versioncreated": 3, "body_html": []}')
@example(b'[[[{"headlines": [null, 3, {"value": {}}], "uri": {}, "versionCreated": []}]]]')
@example(b"\x16\x16\x01a0001\x1f\nr i\x13\x11\n\x02^\x03")
@example(b"abc001 4 i 5\n\n")
@example(b"From: a\nSubject: =?utf-8?b?x?=\n\n")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refused(data)


PATHOLOGICAL = {
    "deep elements": b"<nitf><body><body.content>" + b"<block>" * 50_000 + b"<p>x</p>",
    "deep JSON": b'{"uri":"a","versioncreated":"x","headline":' + b"[" * 100_000,
    "many attributes": b"<newsItem " + b" ".join(b'a%d="x"' % n for n in range(50_000)) + b"/>",
    "entity bomb": b'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"" if n == 0 else b"%d" % (n - 1)) * 10) for n in range(9))
    + b"]><nitf><head><title>&a8;</title></head><body><body.content><p>&a8;</p></body.content></body></nitf>",
    "external entity": b'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><head><title>t &x;</title></head></nitf>',
    "many comments": b"<NewsML>" + b"<!--" * 100_000,
    "many processing instructions": b"<nitf>" + b"<?a " * 100_000,
    "deep mail": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\nSubject: x\n\n--b%d\n' % (n, n) for n in range(2000)
    ),
    "many mail parts": b'From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 20_000,
    "one long line": b"Subject: x\nFrom: a@b.example\n\n" + b"a " * 300_000,
    "many carets": b"\x16\x16\x01a0001\x1f\nr i\x13\x11\n\x02" + b"^a<\n" * 100_000,
    "blank lines": b"abc001 4 i 5\n\nslug/\n\x02head =\n" + b" \n" * 200_000,
    # What PACKAGES.md measured of feedparser: 20 s, 2 s and 21 s of its own.
    "comment openers in a feed": b"<rss><channel><item><title>T</title><description><![CDATA[" + b"<!-- " * 40_000 + b"]]></description></item></channel></rss>",
    "unclosed links in a broken title": b"<rss><channel><item><title>T & " + b"<a" * 20_000 + b"</title><b></item></channel></rss>",
    "many items of a broken feed": b"<rss><channel><title>a <b> c</title>" + b"<item><title>T</title><link>http://a.example/</link><p>x</item>" * 32_000,
    "entity bomb of a feed": b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"" if n == 0 else b"%d" % (n - 1)) * 10) for n in range(9))
    + b"]><rss><channel><item><title>&a8;</title></item></channel></rss>",
    "unclosed headings in JSON": b'{"uri":"a","versioncreated":"2024-01-01T00:00:00Z","body_html":"<p>x</p></h1></header>' + b"<h1><header><div class=x " * 10_000 + b'"}',
    "lines in deep components": b"<NewsML><NewsItem><Identification/>" + b"<NewsComponent>" * 200 + b"<NewsLines><ByLine/></NewsLines>" * 3500 + b"</NewsComponent>" * 200,
    "texts in texts": b"<NewsML><NewsItem><NewsComponent>" + b"<ContentItem><DataContent><p>x</p><NewsComponent>" * 80 + b"<p>y</p>" * 2000,
    "many items": b"<newsMessage><itemSet>" + b'<newsItem guid="x"><itemMeta/></newsItem>' * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PATHOLOGICAL))
def test_the_pathological_ends_soon(name: str) -> None:
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = min(read_or_refused(PATHOLOGICAL[name])[1] for _ in range(2))
    assert in_time(spent)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown < MEMORY


def test_no_file_of_this_machine_gets_into_a_story() -> None:
    found = reading.read(PATHOLOGICAL["external entity"], HINTS)
    assert "root:" not in json.dumps([plain(story) for story in found.stories])


def test_mutations_of_own_fixtures_are_read_or_refused() -> None:
    read, worst, which = swept(own(), range(SAMPLE))
    assert read > SAMPLE // 10  # else nothing was tried
    assert in_time(worst / 2), which


def test_mutations_of_the_corpus_are_read_or_refused() -> None:
    read, worst, which = swept(shared(), range(300))
    assert read > 30
    assert in_time(worst / 2), which


@pytest.mark.proof
@pytest.mark.timeout(7200)
def test_a_hundred_thousand_mutations(capsys: pytest.CaptureFixture[str]) -> None:
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read, worst, which = swept(shared(), range(PROOF))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
    with capsys.disabled():
        print(
            f"\n{PROOF} mutations, {read} read, {time.process_time() - begun:.0f} CPU s,"
            f" worst {worst:.2f} s ({which}), memory +{grown} MB"
        )
    assert in_time(worst / 2), which
    assert grown < 200
