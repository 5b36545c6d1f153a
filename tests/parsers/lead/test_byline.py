"""Bylines: people, posts and agencies told apart; no name is ever harmed."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from parsers.lead import read_byline, read_lead
from tests.parsers.lead.composed import words

# (given names, surnames) by script; those that hold a lead-in, a link, a post or an agency are the point.
NAMES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (words("Abby Byrne Byron Bye Toby Bobby Ruby Colby Parker Porter Vonda Diana Divya Andy Anders Sandy Dan Danby Andrea Eddie Stan Staffan Newsom Medina Presley Alexander "
           "Mary-Anne Jean-Luc D'Arcy Gen Col Petra Mia Sana Ana Ina Lana Ewan Siân Zoë Ngozi Kwame Oluwaseun Nia Grand Marchand Bylle Derby Ashby Kirby"),
     words("Byrne Bywater Newby Appleby Hornsby Crosby Anderson Brandt Sand Parry Porteous Diaz Vonn Editorson Newsome Pressman Reporterova Byfield Andersson Strand Holland "
           "O'Sample Smith-Jones McByrde MacAndrew Fitzandrew Presser Deskins Deskey Staffer Timesby Mediani Tribunella Expressini Correa Agius Service-Lee Webster Guest Frank")),
    (words("Ravi Asha Divya Abhishek Byomkesh Bydyut Lakshmi Rajesh Suresh Anand Sandip Andal Mohd. S. K. P.V. Shri-Devi Dinesh Parveen Portia Dipankar"),
     words("Kumar Misal Namuna Rao Iyer Chatterjee Bandyopadhyay Anand Byahatti Parmar Dias D'Souza R. Krishnan Nair Singh Khan Ansari Andhare Desai Pressley Newar")),
    (words("José María Inés João Luís Núria Ignacio Íñigo Andrés Porfirio Diego Vonni Paritosh Françoise Étienne Anaïs Loïc"), ("Ortega y Gasset", "de la Cruz", "García Márquez", "dos Santos", "Ruiz-Andino", "Sand", "du Maurier", "d'Ormesson", "Le Byhan", "Núñez", "Álvarez")),
    (words("Jürgen Björn Łukasz Žofia Ágnes Şule Çağla Đorđe Nguyễn Søren Åsa Ødegaard Ilmārs Gülşen Vondel Dirk"), ("von der Leyen", "van den Berg", "Müller", "Weiß", "Šimečka", "Kovács", "Yıldız", "Petrović", "Văn Thiệu", "Kjær", "Öberg", "ter Horst", "zu Guttenberg", "Andersen", "Bydlinski")),
    (words("Анна Пётр Андрей Юлия Байрам Сергій Олена Їржі Ђорђе"), ("Иванова", "Петренко", "Байрон", "Мухаммедов", "Їжакевич", "Андреев", "Бывалый", "фон Плеве", "Стојковић")),
    (words("रवि आशा दिव्या मोहन अनीता सुरेश ज़ोया"), words("कुमार शर्मा राव मिश्रा ख़ान चौधरी बैनर्जी अय्यर")),
    (words("রবি আশা অনিতা মোহাম্মদ সুমন"), words("রহমান চৌধুরী দাস ইসলাম খান বন্দ্যোপাধ্যায়")),
    (words("محمد علي فاطمة یوسف زینب احمد"), ("الخطيب", "رضا", "خان", "المصري", "عبد الرحمن", "حسینی")),
    (words("ரவி ஆஷா முருகன்"), words("குமார் சுப்பிரமணியன் ராஜன்")),
    (words("Αλέξανδρος Μαρία Γιώργος"), words("Παπαδόπουλος Νικολάου Ανδρέου")),
    (("민수", "예시", "서연"), ("김", "이", "박")),
)  # fmt: skip


def names() -> Iterator[str]:
    """Full names, with and without a middle initial and a suffix."""
    for index, (given, surnames) in enumerate(NAMES):
        for first, last in itertools.product(given, surnames):
            if index == len(NAMES) - 1:
                yield last + first
                continue
            yield f"{first} {last}"
            for second in given[:40]:
                if second != first and not second.endswith("."):
                    yield f"{first} {second} {last}"
            if first.isascii():
                yield from (f"{first} {initial}. {last}" for initial in "BEY")
                yield from (f"{first} {last} Jr.", f"{first} {last} III")


LEAD_INS = ("{}", "By {}", "BY {}", "By: {}", "by {}", "Written by {}")


def harmed(name: str) -> str | None:
    """How a byline harms a name, or None."""
    for lead_in in LEAD_INS:
        made = read_byline(lead_in.format(name), sure=lead_in == "{}")
        if (made.authors, made.credits) != ((name,), ()):
            return f"{lead_in.format(name)!r} → {made}"
    return None


def test_names_come_out_unharmed() -> None:
    some = random.Random(4).sample(list(names()), 1500)
    assert [fault for name in some if (fault := harmed(name))] == []


@pytest.mark.proof
def test_every_name_comes_out_unharmed() -> None:
    every = list(dict.fromkeys(names()))
    assert len(every) >= 50_000
    assert [fault for name in every if (fault := harmed(name))] == []


def test_two_names_are_two() -> None:
    some = random.Random(5).sample(
        [name for name in names() if " " in name and not name.endswith((".", "III"))], 400
    )
    for one, other in itertools.pairwise(some):
        for joint in (" and ", ", ", " & ", "; "):
            made = read_byline(f"By {one}{joint}{other}")
            assert made.authors == tuple(dict.fromkeys((one, other))), (one, joint, other)


@pytest.mark.parametrize(
    ("text", "authors", "credits"),
    [
        ("By Agencies", (), ("AGENCIES",)), ("By: PTI", (), ("PTI",)), ("IANS", (), ("IANS",)), ("By The Associated Press", (), ("AP",)), ("Express News Service", (), ()),
        ("By Our Staff Reporter", (), ()), ("HT Correspondent", (), ()), ("Special Correspondent", (), ()), ("ET Bureau", (), ()), ("TNN", (), ("TNN",)),
        ("By Jane Roe, Associated Press", ("Jane Roe",), ("AP",)), ("By Ann Bell, HealthDay Reporter", ("Ann Bell",), ("HEALTHDAY",)), ("By Dr. Mary-Anne O'Dell", ("Mary-Anne O'Dell",), ()),
        ("Jane Roe and Luc Roux Reuters", ("Jane Roe", "Luc Roux"), ("REUTERS",)), ("Staff The Associated Press", (), ("AP",)), ("Ann Bell for the Daily Star", ("Ann Bell",), ()),
        ("Ann Bell, PhD and Luc Roux MD", ("Ann Bell", "Luc Roux"), ()),
        ("By JANE ROE and JOHN Q. ROE Jr.", ("JANE ROE", "JOHN Q. ROE Jr."), ()), ("By Ann Bell in Geneva and Luc Roux in Paris", ("Ann Bell", "Luc Roux"), ()),
        ("By Ann Bell, Luc Roux and Bo Lund", ("Ann Bell", "Luc Roux", "Bo Lund"), ()), ("Written by Asha Rao | Pune | June 2, 2025 14:20 IST", ("Asha Rao",), ()),
        ("Reported by: Ravi Misal; Edited by: Tara Rao", ("Ravi Misal", "Tara Rao"), ()), ("Von Max Muster", ("Max Muster",), ()), ("Par Jeanne Roux", ("Jeanne Roux",), ()), ("di Anna Bianchi", ("Anna Bianchi",), ()),
        ("Por Ana Ruiz", ("Ana Ruiz",), ()), ("By Malcolm Moor, Economics Correspondent", ("Malcolm Moor",), ()), ("Ann Bell @annbell", ("Ann Bell",), ()), ("By Ann Bell ann@example.org", ("Ann Bell",), ()),
        ("记者张例、李例", ("张例", "李例"), ()), ("김예시 기자", ("김예시",), ()), ("By Economics Correspondent Melissa Go", ("Melissa Go",), ()),
    ],
)  # fmt: skip
def test_people_posts_and_agencies(text: str, authors: tuple[str, ...], credits: tuple[str, ...]) -> None:
    made = read_byline(text)
    assert (made.authors, made.credits) == (authors, credits)


def test_a_byline_from_elsewhere_goes_with_the_story() -> None:
    lead = read_lead(["PUNE: Rain fell.", "It fell all day."], byline="By Abby Byrne")
    assert (lead.byline, lead.authors) == ("Abby Byrne", ("Abby Byrne",))
