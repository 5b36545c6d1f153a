"""Addresses made absolute: the short way for whole ones gives what joining gives."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from parsers.url import absolute

BASE = "https://wire.example/news/today?page=2"


@pytest.mark.parametrize(
    "href",
    [
        "https://other.example",
        "http://other.example/",
        "https://other.example/a//b/../c;d",
        "https://other.example/a/%C3%A9~b,c=d@e",
        "https://other.example/a?",
        "https://other.example/a?b=c#",
        "HTTPS://Other.Example/A",
        "https://other.example:8080/a",
        "//other.example/a",
        "../a",
    ],
)
def test_whole_addresses_are_what_joining_makes_of_them(href: str) -> None:
    assert absolute(BASE, href) == urljoin(BASE, href)


@pytest.mark.parametrize("href", ["mailto:a@b.example", "javascript:void(0)", "http://", " ", None])
def test_what_is_no_address_of_the_web_is_none(href: str | None) -> None:
    assert absolute(BASE, href) is None
