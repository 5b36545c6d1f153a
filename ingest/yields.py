"""What a source's stories are usually like, and whether the last ones fall short: the sign that a layout has changed. Pure.

Kept in a source's notes: {"yield": {"n": stories, "usual": {…}, "recent": {…}}}, each a mean that forgets slowly (usual) or
fast (recent): "size" (logarithm of the body's characters), "dateline" and "whole" (shares of the stories that have them), "rules"
(share of the pages that site rules fitted; "named" says which).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from parsers.story import Story

USUAL, RECENT = 1 / 300, 1 / 10  # weight of one story
LEAST = 40  # stories before anything is concluded
HALF = math.log(1.8)  # the recent mean nears its end slowly: at 1.8 of 2, eighteen stories of half the length
MOST, FEW = 0.5, 0.1  # a share that is usual, and what is left of it when it has gone


def told(kept: Any, stories: Iterable[tuple[Story, str | None]]) -> dict[str, Any]:
    """The means after these new stories, each with the site rules that read its page ("": none fitted; None: it was no page)."""
    old: Mapping[str, Any] = kept or {"n": 0, "usual": {}, "recent": {}}
    count, usual, recent = int(old["n"]), dict(old["usual"]), dict(old["recent"])
    named = old.get("named")
    for story, rules in stories:
        if story.kind not in (None, "story") or story.status != "usable":
            continue
        count += 1
        facts = {
            "size": math.log(1 + sum(map(len, story.body))),
            "dateline": float(story.dateline is not None),
            "whole": float(not story.partial),
        }
        if rules is not None:
            facts["rules"] = float(rules != "")
            named = rules or named
        for name, value in facts.items():
            before = usual.get(name, value)
            usual[name] = round(before + (value - before) * max(USUAL, 1 / count), 4)
            before = recent.get(name, value)
            recent[name] = round(before + (value - before) * max(RECENT, 1 / count), 4)
    return {"n": count, "usual": usual, "recent": recent, "named": named}


def dropped(kept: Any) -> str | None:
    """What fell short, for a person; None: nothing did, or too little is known."""
    if not kept or kept["n"] < LEAST:
        return None
    usual, recent = kept["usual"], kept["recent"]
    if usual.get("rules", 0.0) >= MOST and recent["rules"] <= FEW * usual["rules"]:
        name = kept["named"]
        return f"the site rules {name!r} fit its pages no longer, and they are read without: look at parsers/sites/{name}.toml"
    if usual["size"] - recent["size"] >= HALF:
        now, before = math.exp(recent["size"]), math.exp(usual["size"])
        return f"its stories are {now:.0f} characters long where {before:.0f} are usual: look whether its layout changed"
    if usual["dateline"] >= MOST and recent["dateline"] <= FEW * usual["dateline"]:
        return f"its stories have lost their datelines (usual: {usual['dateline']:.0%}): look whether its layout changed"
    if usual["whole"] >= MOST and recent["whole"] <= FEW * usual["whole"]:
        return "its stories come cut, as teasers: look whether a paywall or a new layout is the cause"
    return None
