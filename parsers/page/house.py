"""What the paper of a page is called, so that its name is told from a headline's words and from a writer's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.page.meta import Meta
from parsers.text import bare
from parsers.url import host

DOMAIN = re.compile(
    r"\b[\w-]+\.(?:com|org|net|de|at|ch|it|fr|es|pl|in|co|uk|info|tv|news|eu|ru|br|nl|be|media|online)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class House:
    """The names of a paper, letters and digits alone, and the longest label of its host ("dailystar")."""

    names: frozenset[str]
    label: str

    def called(self, text: str) -> bool:
        """Is a text the paper's name, or a form of it?"""
        plain = bare(text)
        if not plain or plain in self.names or plain == self.label:
            return True
        if any(
            len(plain) > 3
            and (plain in name or (len(name) > 3 and name in plain and len(name) * 2 > len(plain)))
            for name in self.names
        ):
            return True
        return (
            len(self.label) > 3
            and len(plain) > 3
            and (
                (self.label in plain and len(self.label) * 2 > len(plain))
                or (plain in self.label and len(plain) * 2 > len(self.label))
            )
        )

    def writes(self, name: str) -> bool:
        """Does a name that stands where writers do belong to the paper itself?"""
        plain = bare(name)
        return (
            self.called(name)
            or DOMAIN.search(name) is not None
            or (len(self.label) > 3 and self.label in plain)
        )


def house_of(meta: Meta, url: str | None) -> House:
    """The paper of a page, by og:site_name, JSON-LD publisher and host."""
    labels = (host(url or meta.canonical) or "").removeprefix("www.").split(".")
    label = max(labels[:-1] or [""], key=len).replace("-", "")
    titles = [bare(title) for title in meta.headlines if len(title.split()) > 3]
    names = {bare(name) for name in (meta.site, meta.publisher) if name}
    # Some pages give their own title as the site's name.
    return House(
        frozenset(name for name in names if name and not any(title in name for title in titles)), label
    )
