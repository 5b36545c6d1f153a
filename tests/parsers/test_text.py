"""Bytes to text: what is UTF-8 already goes to the parser as it came."""

from __future__ import annotations

import codecs
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text import _bare, _tidied, bare, decode, mended, tidy, utf8


class Text(str):
    """As lxml gives it."""


PAGE = "<p>Der Hafen öffnet – „morgen“</p>"


@pytest.mark.parametrize(
    "body",
    [
        b"<p>plain</p>",
        PAGE.encode(),
        codecs.BOM_UTF8 + PAGE.encode(),
        PAGE.encode("cp1252"),
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-be"),
        (PAGE * 3).encode().decode("cp1252").encode(),  # encoded twice
        PAGE.encode()[:-1] + b"\xff>",
        b"\x00\xff\xfe\x1b",
        b"",
    ],
)
def test_what_is_parsed_is_what_is_decoded(body: bytes) -> None:
    assert utf8(body) == decode(body).encode("utf-8", "ignore")


def test_valid_utf8_is_not_written_anew() -> None:
    body = PAGE.encode()
    assert utf8(body) is body


def test_every_letter_that_may_stand_in_a_tidy_line() -> None:
    _tidy = pytest.importorskip("parsers._tidy", reason="was installed without a compiler")
    plain = [char for char in map(chr, range(sys.maxunicode + 1)) if _tidy.plain_line(char) == char]
    assert len(plain) > 20_000
    assert all(char.isprintable() and not char.isspace() for char in plain)
    # NFC leaves each of them alone, whatever of them stands beside it: none is the second half of another, and those that
    # combine are of one class, so that they stay in their order.
    white = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]
    assert all(_tidy.plain_line(f"a{char}b") == "a b" for char in white)
    assert all(unicodedata.normalize("NFC", char) == char for char in plain)
    halves = {chr(int(code, 16)) for char in map(chr, range(sys.maxunicode + 1)) for code in unicodedata.decomposition(char).split()[1:] if not unicodedata.decomposition(char).startswith("<")}  # fmt: skip
    assert not halves & set(plain)
    assert len({unicodedata.combining(char) for char in plain} - {0}) <= 1


@given(
    st.text(st.sampled_from("ab  é香\t\n\r\x0b\x1c\x85\u3000\xa0\xad\u0301\u200b\u0947\u094d\u093c\x00한“"))
)
def test_a_tidy_line_is_one(line: str) -> None:
    made = tidy(line)
    assert made == tidy(made) == _tidied(line)
    assert tidy(Text(line)) == made


@given(
    st.one_of(
        st.lists(
            st.sampled_from(
                [*map(bytes, [[n] for n in range(256)]), *(c.encode() for c in "éÃÂâ€à¤香😀한\ud7ff\ue000")]
            ),
            max_size=8,
        ).map(b"".join),
        st.text().map(lambda text: text.encode("utf-8", "ignore")),
    ),
    st.integers(0, 20),
)
def test_what_is_said_to_be_utf8(body: bytes, before: int) -> None:
    _utf8 = pytest.importorskip("parsers._utf8", reason="was installed without a compiler")
    body = b"x" * before + body
    if _utf8.is_utf8(body):
        assert mended(body.decode()) == body.decode()
    else:
        looks = "ÃÂ\u00e0\u00e2"
        assert any(sign in body.decode("utf-8", "replace") for sign in looks + "\ufffd")


def test_the_letters_of_every_letter() -> None:
    for char in map(chr, range(0x3000)):
        assert bare(f"a{char}B") == _bare(f"a{char}B"), hex(ord(char))


@given(st.text(st.sampled_from("aB_9 -’“éÉß÷×ÿÀ香\u2070²")))
def test_the_letters_of_a_line(line: str) -> None:
    assert bare(line) == bare(Text(line)) == _bare(line)
