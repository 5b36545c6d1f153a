"""robots.txt obeyed: decisions of ingest.robots beside a reading of RFC 9309 of the tests' own, written from its text alone."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.outcome import Failed, Fetched, Gone, Outcome
from ingest.robots import KEPT, Rules, learned, stale
from store.sources import HostTold

AGENT = "wiredesk"
NOW = datetime(2025, 6, 2, 10, 0, tzinfo=UTC)
NAMES = ["a", "b", "news", "tag", "p.html", "a%20b", "%C3%BC", "ü", "x?y=1", "A"]


def ruling(text: str, path: str) -> set[bool]:
    """May the path be fetched? RFC 9309, 2.2: the groups of our name, else of *; the longest rule; Allow on a tie.

    Two answers where the RFC gives two: 2.2.2 has reserved characters percent-encoded before rules are compared, and its own
    table leaves "=" as it is; so a rule with one has two lengths.
    """
    groups: list[tuple[set[str], list[tuple[bool, str]]]] = []
    open_for_names = False
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        key, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not open_for_names:
                groups.append((set(), []))
            groups[-1][0].add(value.lower())
            open_for_names = True
        elif key in ("allow", "disallow"):
            open_for_names = False
            if groups and value:
                groups[-1][1].append((key == "allow", value))
    ours = [rules for names, rules in groups if AGENT in names]
    chosen = ours or [rules for names, rules in groups if "*" in names]
    matching = [(octets(rule), allow) for rules in chosen for allow, rule in rules if matches(rule, path)]
    if not matching:
        return {True}
    return {
        max((len(rule) + more * rule.count("="), allow) for rule, allow in matching)[1] for more in (0, 2)
    }


def octets(text: str) -> str:
    """2.2.2: characters beyond ASCII are compared as percent-encoded octets, in capitals."""
    spelled = "".join(
        c if ord(c) < 128 and c != " " else "".join(f"%{b:02X}" for b in c.encode()) for c in text
    )
    return re.sub(r"%[0-9a-fA-F]{2}", lambda found: found[0].upper(), spelled)


def matches(rule: str, path: str) -> bool:
    pattern = octets(rule)
    end = pattern.endswith("$")
    wild = ".*".join(map(re.escape, pattern.removesuffix("$").split("*")))
    return re.match(wild + ("$" if end else ""), octets(path), re.S) is not None


def robots_txt(chance: random.Random) -> str:
    """A file that somebody might have written."""
    lines = []
    for _ in range(chance.randrange(1, 5)):
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            agent = chance.choice(("*", "*", AGENT, "WireDesk", "otherbot", "Googlebot"))
            lines.append(f"{chance.choice(('User-agent', 'user-agent', 'User-Agent'))}: {agent}")
        for _ in range(chance.randrange(6)):
            lines.append(f"{chance.choice(('Disallow', 'Disallow', 'Allow', 'disallow'))}:{chance.choice(('', ' '))}{rule(chance)}"
                         + chance.choice(("", "", " # why", "\t")))  # fmt: skip
            if not chance.randrange(8):
                lines.append(
                    chance.choice(
                        ("", "# a note", "Sitemap: https://h.example/map.xml", "Crawl-delay: 3", "nonsense")
                    )
                )
    return chance.choice(("\n", "\r\n")).join(lines)


def rule(chance: random.Random) -> str:
    if not chance.randrange(12):
        return chance.choice(("", "/", "*", "/*", "/$", "/*.html$", "*/a"))
    steps = [chance.choice(NAMES) if chance.randrange(6) else "*" for _ in range(chance.randrange(1, 4))]
    return "/" + "/".join(steps) + chance.choice(("", "", "/", "*", "$"))


def path(chance: random.Random) -> str:
    return (
        "/"
        + "/".join(chance.choice(NAMES) for _ in range(chance.randrange(4)))
        + chance.choice(("", "", "/"))
    )


def decisions(number: int, seed: int) -> int:
    """So many decisions, each beside the RFC's; gives how many were refusals."""
    chance, done, refused, open_to_both = random.Random(seed), 0, 0, 0
    while done < number:
        text = robots_txt(chance)
        rules = Rules.of(text, AGENT)
        for _ in range(50):
            asked = path(chance)
            may = ruling(text, asked)
            assert rules.allows(f"https://h.example{asked}") in may, (text, asked)
            refused += may == {False}
            open_to_both += len(may) > 1
            done += 1
    assert open_to_both < number / 500
    return refused


def test_decisions_are_the_rfcs() -> None:
    assert decisions(4_000, 1) > 400


@pytest.mark.proof
def test_a_million_decisions_are_the_rfcs() -> None:
    assert decisions(1_000_000, 2) > 100_000


def answer(chance: random.Random) -> Outcome:
    kind = chance.choice(
        ("text", "text", "server", "network", "missing", "refused", "gone", "busy", "redirects")
    )
    if kind == "text":
        return Fetched(body=robots_txt(chance).encode())
    return Gone() if kind == "gone" else Failed(why=kind, kind=kind)  # type: ignore[arg-type]


def lives(number: int, seed: int) -> None:
    """Hosts through days of answers: what cannot be had closes a host, unless a copy is kept; what is not there opens it."""
    chance = random.Random(seed)
    for _ in range(number):
        told, now, text = HostTold(host="h.example"), NOW, None
        for _ in range(20):
            now += chance.choice((timedelta(minutes=5), timedelta(hours=7), timedelta(hours=30)))
            must_ask = told.robots_at is None or now - told.robots_at > KEPT
            assert stale(told, now) == (must_ask or text is None)
            if stale(told, now):
                got = answer(chance)
                told = learned(told, got, now)
                if isinstance(got, Fetched):
                    text = got.body.decode()
                elif isinstance(got, Gone) or (
                    isinstance(got, Failed) and got.kind in ("missing", "refused")
                ):
                    text = ""
            asked = path(chance)
            may = {False} if text is None else ruling(text, asked)
            assert Rules.of(told.robots, AGENT).allows(f"https://h.example{asked}") in may


def test_what_cannot_be_had_closes_and_what_is_not_there_opens() -> None:
    lives(60, 3)


@pytest.mark.proof
def test_fifty_thousand_days_of_hosts() -> None:
    lives(2_500, 4)


def test_a_copy_dated_ahead_by_a_clock_that_jumped_is_asked_for_anew() -> None:
    told = HostTold(host="h", robots="User-agent: *\nDisallow: /", robots_at=NOW + timedelta(days=900))
    assert stale(told, NOW) and not stale(replace(told, robots_at=NOW - timedelta(hours=1)), NOW)


def test_a_rule_past_the_first_half_megabyte_does_not_bind() -> None:
    text = "User-agent: *\nDisallow: /early\n" + "# filler\n" * 60_000 + "Disallow: /late\n"
    rules = Rules.of(text, AGENT)
    assert not rules.allows("https://h.example/early") and rules.allows("https://h.example/late")
