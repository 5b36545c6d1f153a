"""Names of the months in the languages that stories come in: 1 to 12 by name or abbreviation, lower case, without a full stop."""

from __future__ import annotations

from importlib.resources import files

FILE = files("parsers").joinpath("data/months.txt")  # of Unicode CLDR; scripts/build_months.py

# What CLDR has not, or has in another spelling, and abbreviations of three letters, which in its languages are words of others.
# Polish November is Croatian October ("listopada"); CLDR has the latter first, stories the former.
MORE = (
    "jan jaenner ene gen sty led oca января́ জানুয়ারি كانون јануара jaanuari januarja siausio janvārī ian בינואר jaanuaril tammikuun yan sij xan",
    "feb fév fev lut फरवरी ফেব্রুয়ারি фебруара februarja februārī ਫਰਵਰੀ фебруари בפברואר helmikuun shk peb",
    "mar maerz mrz martā במרץ maaliskuun mrt mac",
    "apr avr abr kwi dub кві ابريل априла aprīlī අප්රේල් באפריל افريل huhtikuun nis tra pri",
    "may mai mag mei maj mayis тра маја μαϊ μαίου ମେ ايار maijā മെയ് במאי toukokuun",
    "jun giu cze haz чер јуна junija jūnijā iun ביוני kesäkuun iyn hun",
    "jul lug lip tem జూలై јула julija जुलाइ jūlijā iul ביולי heinäkuun iyl hul xul",
    "aug ago agt sie srp сер اغسطس avgusta অগাস্ট augustā elo ઓગસ્ટ באוגוסט elokuun avq agu avg",
    "sep set wrz eyl सितम्बर септембра ايلول septembrī ছেপ্টেম্বৰ בספטמבר syyskuun септ",
    "oct okt ott out eki жов अक्तूबर اكتوبر تشرين октобра oktobrī ഒക്ടോബർ ઓક્ટોબર באוקטובר lokakuun",
    "nov lis kasim kas नवम्बर новембра novembrī בנובמבר marraskuun",
    "dec dez dic des gru pro aralik ara гру दिसम्बर децембра decembrī בדצמבר joulukuun dis",
)


# A month that is no single word, as an expression: the Levant's two months of a name each, and Thai abbreviations.
PARTED = r"(?:كانون|تشرين) (?:ال[أا]ول|الثاني)|[\u0e00-\u0e7f]{1,2}\.[\u0e00-\u0e7f]{1,2}"


def _months() -> dict[str, int]:
    found = {name: number for number, names in enumerate(MORE, 1) for name in names.split()}
    found |= {
        "listopada": 11,
        "كانون الثاني": 1,
        "كانون الأول": 12,
        "كانون الاول": 12,
        "تشرين الأول": 10,
        "تشرين الاول": 10,
        "تشرين الثاني": 11,
    }
    for line in FILE.read_text(encoding="utf-8").splitlines():
        number, _, names = line.partition("\t")
        for name in names.split():
            found.setdefault(name, int(number))
    return found


MONTHS = _months()
