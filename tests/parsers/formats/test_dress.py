"""One document in many dresses is one story: encodings, prefixes, CDATA, envelopes, line ends, transfer encodings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from parsers import reading
from parsers.hints import Hints
from parsers.story import Story

WIRES = Path(__file__).parents[3] / "fixtures" / "wires"
HINTS = Hints(where="a document", seen=date(2026, 6, 1))
DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.S)


def told(data: bytes) -> tuple[Story, ...]:
    return tuple(replace(story, removed=()) for story in reading.read(data, HINTS).stories)


def cases(*formats: str) -> list[Path]:
    found = sorted(WIRES.glob("*/input.*"))
    return [path for path in found if reading.read(path.read_bytes(), HINTS).format in formats]


def bare(text: str) -> str:
    """A document less declaration and document type."""
    return DOCTYPE.sub("", DECLARED.sub("", text), count=1).strip()


def prefixed(text: str) -> str:
    """Every element with a prefix of a namespace that nobody knows."""
    made = re.sub(r"<(/?)(?=[A-Za-z_])(?![\w.-]+:)", r"<\1w:", bare(text))
    return re.sub(r"^<(w:[\w.-]+|[\w.-]+:[\w.-]+)", r'<\1 xmlns:w="urn:another"', made)


def in_cdata(text: str) -> str:
    """Headlines and paragraphs of plain text as CDATA sections."""
    return re.sub(
        r"<(p|hl1|headline|HeadLine|title)((?:\s[^<>]*)?)>([^<>&]+)</\1>", r"<\1\2><![CDATA[\3]]></\1>", text
    )


XML: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with a BOM and a blank line": lambda text: ("\ufeff\n " + text).encode(),
    "UTF-16": lambda text: ('<?xml version="1.0" encoding="UTF-16"?>' + bare(text)).encode("utf-16"),
    "UTF-16 without a BOM": lambda text: ('<?xml version="1.0" encoding="UTF-16"?>' + bare(text)).encode(
        "utf-16-be"
    ),
    "UTF-8 that says latin-1": lambda text: (
        '<?xml version="1.0" encoding="iso-8859-1"?>' + bare(text)
    ).encode(),
    "references for all that is not ASCII": lambda text: bare(text).encode("ascii", "xmlcharrefreplace"),
    "prefixes": lambda text: prefixed(text).encode(),
    "CDATA": lambda text: in_cdata(text).encode(),
    "an envelope": lambda text: (
        f'<s:Envelope xmlns:s="urn:soap"><s:Body>{bare(text)}</s:Body></s:Envelope>'
    ).encode(),
    "a dead document type": lambda text: (
        '<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "../dtd/x.dtd" [<!ENTITY % y "z">]>\n' + bare(text)
    ).encode(),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "comments and instructions": lambda text: re.sub(
        r"(</(?:p|hl1|headline|HeadLine)>)", r"\1<!-- <p>no</p> --><?x y?>", bare(text)
    ).encode(),
}


@pytest.mark.parametrize("dress", XML)
@pytest.mark.parametrize("case", cases("nitf", "newsml_1", "newsml_g2"), ids=lambda path: path.parent.name)
def test_xml_in_another_dress(case: Path, dress: str) -> None:
    plain = case.read_bytes()
    assert told(XML[dress](plain.decode("utf-8-sig"))) == told(plain)


def backwards(form: object) -> object:
    if isinstance(form, dict):
        return {key: backwards(form[key]) for key in reversed(list(form))}
    return [backwards(one) for one in form] if isinstance(form, list) else form


JSON: dict[str, Callable[[object], bytes]] = {
    "UTF-8 with a BOM": lambda form: ("\ufeff" + json.dumps(form, ensure_ascii=False)).encode(),
    "UTF-16": lambda form: json.dumps(form, ensure_ascii=False).encode("utf-16"),
    "escapes": lambda form: json.dumps(form, ensure_ascii=True).replace("/", "\\/").encode(),
    "keys the other way round, indented": lambda form: json.dumps(backwards(form), indent=3).encode(),
    "nulls for what it does not have": lambda form: json.dumps(
        {**form, "spare": None, "location": None} if isinstance(form, dict) else form
    ).encode(),
}
WRAPPED: dict[str, Callable[[object], object]] = {
    "a list": lambda form: [form],
    "items": lambda form: {"items": [form]},
    "item": lambda form: {"item": form},
    "a search's answer": lambda form: {"took": 3, "total": 1, "items": [form]},
    "a search engine's answer": lambda form: {"hits": {"total": 1, "hits": [{"_id": "1", "_source": form}]}},
}


@pytest.mark.parametrize("dress", JSON)
@pytest.mark.parametrize("case", cases("ninjs", "jsonfeed", "wordpress"), ids=lambda path: path.parent.name)
def test_json_in_another_dress(case: Path, dress: str) -> None:
    plain = case.read_bytes()
    assert told(JSON[dress](json.loads(plain))) == told(plain)


@pytest.mark.parametrize("wrapper", WRAPPED)
@pytest.mark.parametrize("case", cases("ninjs"), ids=lambda path: path.parent.name)
def test_ninjs_in_a_wrapper(case: Path, wrapper: str) -> None:
    form = json.loads(case.read_bytes())
    if isinstance(form, list) or "items" in form:
        pytest.skip("is wrapped as it is")
    assert told(json.dumps(WRAPPED[wrapper](form)).encode()) == told(case.read_bytes())


def test_json_lines_are_a_list() -> None:
    forms = [
        {"uri": f"urn:n:{n}", "versioncreated": "2026-01-01T10:00:00Z", "headline": f"Head {n}"}
        for n in (1, 2)
    ]
    stories = told("\n".join(map(json.dumps, forms)).encode())
    assert [story.guid for story in stories] == ["urn:n:1", "urn:n:2"]


def test_what_superdesk_adds_to_ninjs() -> None:
    form = {
        "guid": "tag:x:1", "type": "text", "version": "5", "headline": "Ferry runs again", "body_html": "<p>One line of it.</p>", "pubstatus": "usable",
        "versioncreated": "2026-01-01T10:00:00+0000", "source": "AAP", "dateline": {"text": "SYDNEY, Jan 1 AAP -", "located": {"city": "Sydney"}},
        "subject": [{"code": "15000000", "scheme": "http://cv.iptc.org/newscodes/mediatopic/"}],
        "associations": {"featuremedia": {"type": "picture", "description_text": "<p>The ferry &amp; its crew.</p>", "byline": "Ann Lee",
                         "renditions": {"original": {"href": "https://x.example/f.jpg", "width": "300", "height": 200, "mimetype": "image/jpeg"}}}},
    }  # fmt: skip
    (story,) = told(json.dumps(form).encode())
    assert story.dateline and (story.dateline.place, story.dateline.agency) == ("Sydney", "AAP")
    assert [(one.scheme, one.code, one.name) for one in story.subjects] == [("medtop", "15000000", "sport")]
    (picture,) = story.media
    assert (picture.caption, picture.credit, picture.width) == ("The ferry & its crew.", "Ann Lee", 300)


TYPED: dict[str, Callable[[bytes], bytes]] = {
    "bare line feeds": lambda data: data.replace(b"\r\n", b"\n"),
    "Windows line ends": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "blank lines before": lambda data: b"\r\n\r\n" + data,
    "a telex frame": lambda data: b"ZCZC\r\n" + data + b"\r\nNNNN\r\n",
    "filling after": lambda data: data + b"\x7f\x7f\x04\r\n\x00\x00",
}


@pytest.mark.parametrize("dress", TYPED)
@pytest.mark.parametrize("case", cases("iptc7901", "anpa"), ids=lambda path: path.parent.name)
def test_a_typed_wire_in_another_dress(case: Path, dress: str) -> None:
    assert told(TYPED[dress](case.read_bytes())) == told(case.read_bytes())


def wire_7901(number: int, head: str, tail: str = "051011 Mär 24") -> bytes:
    text = f"\x01bdt{number} 3 pl 45  dpa 0456\r\n\r\nHafen/\r\n\x02{head} =\r\n\r\n   Kiel (dpa) - Der Hafen ist wieder\r\nfür alle offen.\r\ndpa abc yyd xx\r\n\x03{tail}\r\n\x7f\x7f\x04"
    return text.encode("latin-1")


def wire_anpa(*lines: str, priority: str = "r", tail: str = "AP-WF-03-05-24 1011GMT<") -> bytes:
    copy = "\r\n".join(lines)
    return f"\x16\x16\x01A0123  US  x\x1f\r\n{priority} i\x13\x11BC-Fire 03-05 0123\r\n\x02{copy}\r\n\x03{tail}\r\n\x0c\r\n\x04".encode()


@pytest.mark.parametrize(
    "spool",
    [
        wire_7901(123, "Erste Meldung") + b"\r\n" + wire_7901(124, "Zweite Meldung"),
        wire_anpa("^BC-Fire,12<", "^Erste Meldung<", "\tKIEL (AP) _ One.")
        + wire_anpa("^BC-Fire,12<", "^Zweite Meldung<", "\tKIEL (AP) _ Two."),
    ],
    ids=["7901", "anpa"],
)
def test_every_message_of_a_spool_file_is_read(spool: bytes) -> None:
    assert [story.headline for story in told(spool)] == ["Erste Meldung", "Zweite Meldung"]


def test_a_7901_ends_without_its_signs_and_has_its_agencys_zone() -> None:
    (story,) = told(wire_7901(123, "Hafen offen"))
    assert story.body == ("Der Hafen ist wieder für alle offen.",)
    assert story.published is not None
    assert (story.published.isoformat(), story.zone_assumed) == ("2024-03-05T10:11:00+01:00", True)
    (story,) = told(wire_7901(123, "Hafen wieder offen - Behörde:\r\nAlles geprüft"))
    assert story.headline == "Hafen wieder offen - Behörde: Alles geprüft"


def test_what_an_anpa_wire_says_of_itself() -> None:
    body = "\tKIEL _ One line of it."
    (kill,) = told(
        wire_anpa("^BC-Fire, KILL<", "^BULLETIN KILL<", "^Kill the story on the fire. There was none.<", body)
    )
    assert (kill.status, kill.ednote) == ("canceled", "Kill the story on the fire. There was none.")
    (feature,) = told(wire_anpa("^BC-Fire,12<", "^A film on fire<", body, priority="f"))
    assert feature.urgency is None
    (alert,) = told(wire_anpa("^BC-APNewsAlert<", body, priority="f"))
    assert (alert.kind, alert.urgency) == ("alert", 1)
    (other,) = told(wire_anpa("^BC-Fire,12<", "^Fire<", body, tail="NYT-03-05-24 1011EST<"))
    assert other.credit == "NYT"
    (table,) = told(
        wire_anpa("^BC-Fire,12<", "^Standings<", "Kiel\x1e10\x1f5\x10.667").replace(b"\x13\x11", b"\x14\x12")
    )
    assert table.body == ("Kiel 10 5 .667",)


COPY = "NEU-DELHI, 5. März (dpa) - Größere Fluten haben den Norden getroffen.\n\nZweiter Absatz: „Zitat“ – und mehr.\n"


def mail(subject: str = "Flut im Norden – Überblick") -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = "Jürgen Müller <jm@wire.example>"
    made["Subject"] = subject
    made["Date"] = "Tue, 05 Mar 2024 10:11:12 +0100"
    made["Message-ID"] = "<abc@wire.example>"
    return made


def sent(charset: str, encoding: str) -> bytes:
    made = mail()
    made.set_content(COPY, charset=charset, cte=encoding)
    return made.as_bytes()


PLAIN_MAIL = sent("utf-8", "8bit")


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_mail_in_another_encoding(charset: str, encoding: str) -> None:
    assert told(sent(charset, encoding)) == told(PLAIN_MAIL)
    assert told(PLAIN_MAIL)[0].body[1] == "Zweiter Absatz: „Zitat“ – und mehr."


MAILS: dict[str, Callable[[bytes], bytes]] = {
    "bare line feeds": lambda data: data.replace(b"\r\n", b"\n"),
    "a BOM": lambda data: b"\xef\xbb\xbf" + data,
    "blank lines before": lambda data: b"\r\n\r\n" + data,
    "a mailbox file": lambda data: b"From jm@wire.example Tue Mar  5 10:11:12 2024\r\n" + data,
    "headers of small letters": lambda data: data.replace(b"Subject:", b"subject:").replace(
        b"From:", b"from:"
    ),
    "a trace of servers": lambda data: (
        b"Received: from a by b;\r\n\tTue, 5 Mar 2024 10:11:13 +0100\r\nX-Spam: no\r\n" + data
    ),
    "a signature": lambda data: data + b"\r\n-- \r\nJM, desk\r\n",
    "an answer's quotation": lambda data: data + b"\r\n> what did you say\r\n> yesterday\r\n",
}


@pytest.mark.parametrize("dress", MAILS)
def test_a_mail_in_another_dress(dress: str) -> None:
    assert told(MAILS[dress](PLAIN_MAIL)) == told(PLAIN_MAIL)


def test_a_mail_that_is_attached_to_another_is_the_story() -> None:
    outer, inner = mail("Fwd: see below"), mail()
    inner.set_content(COPY)
    outer.set_content("FYI")
    outer.add_attachment(inner)
    assert told(outer.as_bytes()) == told(PLAIN_MAIL)


def test_every_mail_of_a_mailbox_file_is_read() -> None:
    mark = b"From jm@wire.example Tue Mar  5 10:11:12 2024\n"
    both = (
        mark
        + PLAIN_MAIL.replace(b"\r\n", b"\n")
        + b"\n"
        + mark
        + PLAIN_MAIL.replace(b"\r\n", b"\n").replace(b"<abc@", b"<def@")
    )
    assert [story.guid for story in told(both)] == ["<abc@wire.example>", "<def@wire.example>"]


def test_a_wire_attached_has_the_mails_date_where_it_has_none() -> None:
    made = mail()
    made.set_content("see attached")
    nitf = "<nitf><body><body.head><hedline><hl1>Brücke gesperrt</hl1></hedline></body.head><body.content><p>Sie ist zu.</p></body.content></body></nitf>"
    made.add_attachment(
        nitf.encode("utf-16"), maintype="application", subtype="octet-stream", filename="Brücke.xml"
    )
    (story,) = told(made.as_bytes())
    assert (story.headline, story.body) == ("Brücke gesperrt", ("Sie ist zu.",))
    assert story.published is not None and story.published.isoformat() == "2024-03-05T10:11:12+01:00"


def test_flowed_text_is_put_together_and_html_loses_its_signature() -> None:
    flowed = b"From: a@b.example\nSubject: Flow\nContent-Type: text/plain; format=flowed\n\nA fire broke out in the centre of \nthe town.\n\nIt went \non.\n"
    assert told(flowed)[0].body == ("A fire broke out in the centre of the town.", "It went on.")
    made = mail()
    made.set_content("<p>One line of it.</p><p>Another.</p><p>--<br>JM, desk</p>", subtype="html")
    assert told(made.as_bytes())[0].body == ("One line of it.", "Another.")
