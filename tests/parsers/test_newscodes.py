"""IPTC's codes have their names, in whatever form they are written."""

from __future__ import annotations

import pytest

from parsers.newscodes import names, subject_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("15000000", "sport"),
        ("http://cv.iptc.org/newscodes/mediatopic/20000350", "central bank"),
        ("subj:02003000", "police"),
        ("http://cv.iptc.org/newscodes/subjectcode/02003000", "police"),
        ("N2:02003000", None),
        ("99999999", None),
        ("", None),
        (None, None),
    ],
)
def test_names(code: str | None, name: str | None) -> None:
    assert subject_name(code) == name


def test_every_code_has_eight_figures_and_a_name() -> None:
    assert len(names()) > 2000
    assert all(len(code) == 8 and code.isdigit() and name == name.strip() for code, name in names().items())
