"""Bytes to text: what is UTF-8 already goes to the parser as it came."""

from __future__ import annotations

import codecs

import pytest

from parsers.text import decode, utf8

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
