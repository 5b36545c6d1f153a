"""The catalogue of agencies: what a story's credit says."""

from __future__ import annotations

import pytest

from parsers.lead.agencies import catalogue, code_of, original


@pytest.mark.parametrize(
    ("codes", "credit"),
    [
        (("IANS", "PTI"), "IANS"),
        (("CP",), "The Canadian Press"),  # its initials are not what papers print
        (("NA-AR",), "NA"),  # the code is our own
        (("AGENCIES", "AFP"), "AFP"),
        (("AGENCIES",), None),
        (("UNHEARD",), "UNHEARD"),
        ((), None),
    ],
)
def test_a_credit_is_what_papers_print(codes: tuple[str, ...], credit: str | None) -> None:
    assert original(codes) == credit


def test_every_credit_names_its_agency() -> None:
    for agency in catalogue().values():
        assert agency.credited in agency.spellings
    assert code_of("The Canadian Press") == "CP"
