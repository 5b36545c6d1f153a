"""Signs are found at once as one by one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parsers.page.asks import SIGNS
from parsers.signs import each

_signs = pytest.importorskip("parsers._signs", reason="was installed without a compiler")

LETTERS = st.text(st.sampled_from("abcé登\U0001f600 "), min_size=2, max_size=4)


@given(st.lists(LETTERS, max_size=30).map(tuple), st.text(st.sampled_from("abcé登\U0001f600 "), max_size=60))
@example(("ab", "ab", "abc"), "xabc")
@example(("ab",), "")
def test_what_stands_in_a_text(signs: tuple[str, ...], text: str) -> None:
    assert _signs.standing(signs, text) == each(signs, text)


@given(st.lists(st.sampled_from(SIGNS)).map("".join))
def test_the_signs_of_asks(text: str) -> None:
    assert _signs.standing(SIGNS, text) == each(SIGNS, text)


def test_more_than_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        _signs.standing(tuple(f"a{at}" for at in range(300)), "a")
