"""Datelines composed of places, regions, days, agencies and separators, as the agencies of each language write them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

DAYS = (
    date(2026, 1, 1),
    date(2026, 3, 9),
    date(2025, 12, 31),
    date(2026, 6, 2),
    date(2025, 9, 24),
    date(2026, 2, 14),
    date(2025, 11, 5),
)


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


EN = words("January February March April May June July August September October November December")
EN_SHORT = words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
AP_SHORT = words("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.")
DE = words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
FR = words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
ES = words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
PT = words("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro")
IT = words("gen feb mar apr mag giu lug ago set ott nov dic")
RU = words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
UK = words("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня")
CS = words("ledna února března dubna května června července srpna září října listopadu prosince")
HU = words(
    "január február március április május június július augusztus szeptember október november december"
)
TR = words("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık")
HI = words("जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर")
BN = words("জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর")
UR = words("جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر")
AR = words("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
TA = words("ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்")
DIGITS = {"hi": "०१२३४५६७८९", "bn": "০১২৩৪৫৬৭৮৯", "ar": "٠١٢٣٤٥٦٧٨٩", "fa": "۰۱۲۳۴۵۶۷۸۹"}


def in_digits(text: str, script: str) -> str:
    """ASCII digits in another script's."""
    return text.translate(str.maketrans("0123456789", DIGITS[script]))


@dataclass(frozen=True)
class Custom:
    """How the agencies of one language write: places as (as written, region, country), forms with {P} {R} {D} {A}."""

    language: str
    places: tuple[tuple[str, str | None, str], ...]
    days: tuple[str, ...]  # {d} {dd} {m} {y}; "" none
    months: tuple[str, ...]
    agencies: tuple[tuple[str, str], ...]  # (as written, code)
    forms: tuple[str, ...]
    separators: tuple[str, ...]
    sentence: str
    digits: str | None = None


ENGLISH = "The cabinet cleared a plan to repair forty bridges before the rains."
CUSTOMS = (
    Custom("en-IN", (("New Delhi", None, "IN"), ("MUMBAI", None, "IN"), ("Barpeta", "Assam", "IN"), ("Thiruvananthapuram", None, "IN"), ("Imphal West", "Manipur", "IN"), ("Port Blair", None, "IN"), ("LUCKNOW", None, "IN"), ("Ranchi/Jamshedpur", None, "IN"), ("Islamabad", None, "PK"), ("Beijing", None, "CN"), ("United Nations", None, "US"), ("Vijayawada", None, "IN")),
           ("{M} {d}", "{S} {d}", "{S} {dd}", "{d} {S}", "{M} {d}, {y}"), EN, (("IANS", "IANS"), ("PTI", "PTI"), ("UNI", "UNI"), ("ANI", "ANI"), ("PTI & UNI", "PTI"), ("Agencies", "AGENCIES")),
           ("{P}{R}, {D} ({A})", "{P}{R} {D} ({A})", "{P}{R}, {D}"), (" ", ": ", " — ", " – ", ":", " :", " - "), ENGLISH),
    Custom("en-IN-ani", (("New Delhi", "[India]", "IN"), ("Jaipur", "(Rajasthan) [India]", "IN"), ("Washington DC", "[US]", "US"), ("London", "[UK]", "GB"), ("Islamabad", "[Pakistan]", "PK")),
           ("{M} {d}",), EN, (("ANI", "ANI"), ("ANI/PNN", "ANI")), ("{P} {R}, {D} ({A})",), (": ", ":"), ENGLISH),
    Custom("en-US", (("PORTLAND", "Ore.", "US"), ("JACKSON", "Miss.", "US"), ("WASHINGTON", None, "US"), ("PARIS", None, "FR"), ("KYIV", "Ukraine", "UA"), ("PORT-AU-PRINCE", "Haiti", "HT"), ("ST. LOUIS", None, "US"), ("KANSAS CITY", "Mo.", "US"), ("AUSTIN", "Texas", "US"), ("WINSTON-SALEM", "N.C.", "US"), ("SEOUL", "South Korea", "KR"), ("UNITED NATIONS", None, "US")),
           ("",), EN, (("AP", "AP"), ("Reuters", "REUTERS"), ("AFP", "AFP"), ("UPI", "UPI")), ("{P}{R} ({A})", "{P}{R}"), (" — ", " -- ", " - ", " – "), ENGLISH),
    Custom("en-wire", (("LONDON", None, "GB"), ("LONDON/PARIS", None, "GB"), ("SYDNEY", None, "AU"), ("HANOI", None, "VN"), ("KUALA LUMPUR", None, "MY"), ("DHAKA", None, "BD"), ("Kathmandu", None, "NP"), ("ABU DHABI", None, "AE"), ("MOSCOW", None, "RU"), ("SEOUL", None, "KR"), ("TEHRAN", None, "IR"), ("Ankara", None, "TR"), ("Jakarta", None, "ID"), ("MANILA", None, "PH"), ("COLOMBO", None, "LK"), ("CARACAS", None, "VE")),
           ("{M} {d}", "{S}. {dd}", "{M} {d}, {y}", "{o} {M}, {y}", "{d} {M}"), EN, (("Reuters", "REUTERS"), ("Xinhua", "XINHUA"), ("Yonhap", "YONHAP"), ("Bernama", "BERNAMA"), ("VNA", "VNA"), ("BSS", "BSS"), ("WAM", "WAM"), ("KUNA", "KUNA"), ("RSS", "RSS"), ("MNA", "MNA"), ("Kyodo", "KYODO"), ("APP", "APP"), ("SPA", "SPA"), ("QNA", "QNA"), ("UNB", "UNB")),
           ("{P}, {D} ({A})", "{P}, {D} /{A}/"), (" - ", " -- ", " – ", ": "), ENGLISH),
    Custom("tass", (("MOSCOW", None, "RU"), ("WASHINGTON", None, "US"), ("BEIJING", None, "CN")), ("{M} {d}",), EN, (("TASS", "TASS"),), ("{P}, {D}. /{A}/",), (". ",), ENGLISH),
    Custom("release", (("SUNNYVALE", "Calif.", "US"), ("DALLAS", None, "US"), ("LONDON", None, "GB"), ("TORONTO", None, "CA")), ("{M} {d}, {y}", "{A3} {d}, {y}"), EN, (("PRNewswire", "PRNEWSWIRE"),), ("{P}{R}, {D} /{A}/",), (" -- ",), ENGLISH),
    Custom("release-bw", (("SUNNYVALE", "Calif.", "US"), ("DALLAS", None, "US"), ("MUNICH", None, "DE")), ("",), EN, (("BUSINESS WIRE", "BUSINESSWIRE"),), ("{P}{R}--({A})",), ("--",), ENGLISH),
    Custom("de", (("Berlin", None, "DE"), ("Wien", None, "AT"), ("Hamburg/Kiel", None, "DE"), ("Frankfurt/Main", None, "DE"), ("München", None, "DE"), ("Bern", None, "CH"), ("Zürich", None, "CH"), ("Halle", None, "DE"), ("Brüssel", None, "BE"), ("St. Pölten", None, "AT")),
           ("",), DE, (("dpa", "DPA"), ("dpa/lno", "DPA"), ("APA", "APA"), ("sda", "ATS"), ("AFP", "AFP"), ("KNA", "KNA"), ("epd", "EPD")), ("{P} ({A})", "{P}"), (" - ", " – "), "Ein Sturmtief hat im Norden mehrere Fähren ausfallen lassen."),
    Custom("de-day", (("Berlin", None, "DE"), ("Wien", None, "AT")), ("{d}. {M}", "{d}. {M} {y}"), DE, (("dpa", "DPA"), ("AFP", "AFP")), ("{P}, {D} ({A})",), (" - ", " – "), "Der Bundestag berät am Mittwoch über das neue Gesetz."),
    Custom("fr", (("Paris", None, "FR"), ("Alger", None, "DZ"), ("RABAT", None, "MA"), ("Bruxelles", None, "BE"), ("Nations unies", "États-Unis", "US"), ("Genève", None, "CH"), ("Lomé", None, "TG"), ("Le Caire", None, "EG")),
           ("{d} {M} {y}", "{d} {M}", ""), FR, (("AFP", "AFP"), ("APS", "APS"), ("Belga", "BELGA"), ("ats", "ATS"), ("MAP", "MAP")), ("{P}{R}, {D} ({A})",), (" – ", " - ", " -- "), "Le gouvernement présentera mercredi un projet de loi."),
    Custom("es", (("Madrid", None, "ES"), ("Buenos Aires", None, "AR"), ("CIUDAD DE MÉXICO", None, "MX"), ("La Habana", None, "CU"), ("Nueva York", None, "US"), ("Bogotá", None, "CO"), ("Santiago de Compostela", None, "ES"), ("BARCELONA", None, "ES")),
           ("{d} {A3}", "{d} de {M}", "{d} de {M} de {y}", "{d} {A3}.", "{dd} {A3}"), ES, (("EFE", "EFE"), ("EUROPA PRESS", "EUROPAPRESS"), ("Télam", "TELAM"), ("Prensa Latina", "PRENSALATINA"), ("Notimex", "NOTIMEX")), ("{P}, {D} ({A})",), (".- ", " - ", " – ", " "), "El Gobierno aprobará el martes un plan de ayudas."),
    Custom("pt", (("Lisboa", None, "PT"), ("Porto", None, "PT"), ("Brasília", None, "BR"), ("Luanda", None, "AO"), ("São Paulo", None, "BR")), ("{dd} {A3} {y}", "{d} de {M}", "{d} {A3}"), PT, (("Lusa", "LUSA"), ("Angop", "ANGOP")), ("{P}, {D} ({A})",), (" - ", " – "), "O Governo aprovou um plano para reparar quarenta pontes."),
    Custom("it", (("Roma", None, "IT"), ("MILANO", None, "IT"), ("Torino", None, "IT"), ("Città del Vaticano", None, "VA"), ("Bruxelles", None, "BE"), ("L'Aquila", None, "IT")), ("{d} {m}.", "{dd} {m}", "{d} {m}"), IT, (("Adnkronos", "ADNKRONOS"), ("askanews", "ASKANEWS"), ("LaPresse", "LAPRESSE"), ("AGI", "AGI")), ("{P}, {D} ({A})",), (" - ", " – "), "Riapre dopo otto mesi il ponte sul fiume."),
    Custom("ru", (("МОСКВА", None, "RU"), ("НЬЮ-ДЕЛИ", None, "IN"), ("КИЕВ", None, "UA"), ("ВАШИНГТОН", None, "US"), ("Екатеринбург", None, "RU"), ("МИНСК", None, "BY"), ("АСТАНА", None, "KZ")), ("{d} {M}",), RU, (("ТАСС", "TASS"), ("Интерфакс", "INTERFAX")), ("{P}, {D}. /{A}/",), (". ",), "Правительство выделит средства на ремонт мостов."),
    Custom("ru-ria", (("МОСКВА", None, "RU"), ("НЬЮ-ДЕЛИ", None, "IN"), ("ЛОНДОН", None, "GB")), ("{d} {A3}", "{d} {M}"), RU, (("РИА Новости", "RIA"), ("Интерфакс", "INTERFAX")), ("{P}, {D} - {A}",), (". ",), "Правительство выделит средства на ремонт мостов."),
    Custom("ru-dot", (("Москва", None, "RU"), ("Новосибирск", None, "RU"), ("Тегеран", None, "IR")), ("{d} {M}",), RU, (("INTERFAX.RU", "INTERFAX"), ("ИНТЕРФАКС", "INTERFAX")), ("{P}. {D}. {A}",), (" - ",), "Рубль в начале торгов подрос к юаню."),
    Custom("uk", (("КИЇВ", None, "UA"), ("Львів", None, "UA"), ("Харків", None, "UA")), ("{d} {M}",), UK, (("УНН", "UNN"),), ("{P}. {D}. {A}",), (". ",), "Уряд погодив перелік доріг."),
    Custom("cs", (("Praha", None, "CZ"), ("Brno", None, "CZ"), ("Ostrava", None, "CZ"), ("Brusel", None, "BE")), ("{d}. {M}",), CS, (("ČTK", "CTK"),), ("{P} {D} ({A})", "{P}, {D} ({A})"), (" - ", " – "), "Vláda schválila opravu čtyřiceti mostů."),
    Custom("hu", (("Budapest", None, "HU"), ("Debrecen", None, "HU"), ("Brüsszel", None, "BE")), ("{y}. {M} {d}., hétfő", "{y}. {M} {d}., csütörtök", "{y}. {M} {d}."), HU, (("MTI", "MTI"),), ("{P}, {D} ({A})",), (" - ", " – "), "A kormány új programot indít az Alföldön."),
    Custom("tr", (("ANKARA", None, "TR"), ("İSTANBUL", None, "TR"), ("İzmir", None, "TR")), ("{d} {M}", ""), TR, (("AA", "AA"), ("DHA", "DHA"), ("İHA", "IHA")), ("{P}, {D} ({A})",), (" - ", " – "), "Bakanlık kırk köprünün onarımını başlattı."),
    Custom("hi", (("मुंबई", None, "IN"), ("नई दिल्ली", None, "IN"), ("लखनऊ", None, "IN"), ("वाशिंगटन", None, "US")), ("{d} {M}",), HI, (("भाषा", "PTI-BHASHA"), ("आईएएनएस", "IANS"), ("वार्ता", "UNIVARTA"), ("एएनआई", "ANI")), ("{P}, {D} ({A})",), (" ", ": ", " - ", " । "), "सरकार ने चालीस पुलों की मरम्मत का फैसला किया है।", "hi"),
    Custom("bn", (("ঢাকা", None, "BD"), ("কলকাতা", None, "IN"), ("চট্টগ্রাম", None, "BD")), ("{d} {M}, {y}", "{d} {M}"), BN, (("বাসস", "BSS"), ("ইউএনবি", "UNB")), ("{P}, {D} ({A})",), (" : ", ": ", " - "), "কেন্দ্রীয় ব্যাংক আজ নীতি সুদহার অপরিবর্তিত রেখেছে।", "bn"),
    Custom("ur", (("اسلام آباد", None, "PK"), ("کراچی", None, "PK"), ("لاہور", None, "PK")), ("{d}{M}", "{d} {M}"), UR, (("اے پی پی", "APP"),), ("{P}۔{D} ({A})", "{P}، {D} ({A})"), (":", ": "), "وفاقی کابینہ نے نہروں کی مرمت کے منصوبے کی منظوری دے دی۔"),
    Custom("ar", (("القاهرة", None, "EG"), ("الرياض", None, "SA"), ("دبي", None, "AE"), ("بغداد", None, "IQ"), ("بيروت", None, "LB")), ("{d} {M}", ""), AR, (("رويترز", "REUTERS"), ("أ ف ب", "AFP"), ("د ب أ", "DPA"), ("واس", "SPA")), ("{P} {D} ({A})",), (" - ", " -- ", " – "), "قال الوزير إن المشروع سيبدأ الأسبوع المقبل."),
    Custom("ta", (("சென்னை", None, "IN"), ("மதுரை", None, "IN")), ("{M} {d}",), TA, (("PTI", "PTI"),), ("{P}, {D} ({A})",), (" - ", ": "), "அரசு நாற்பது பாலங்களை சீரமைக்க முடிவு செய்துள்ளது."),
    Custom("id", (("Jakarta", None, "ID"), ("Surabaya", None, "ID"), ("Denpasar", None, "ID"), ("Makassar", None, "ID")), ("{d}/{n}", ""), EN, (("ANTARA", "ANTARA"),), ("{P}, {D} ({A})",), (" - ", " -- ", " – "), "Pemerintah menyetujui perbaikan empat puluh jembatan."),
    Custom("vi", (("Hà Nội", None, "VN"), ("Đà Nẵng", None, "VN"), ("TP Hồ Chí Minh", None, "VN")), ("ngày {d}/{n}", ""), EN, (("TTXVN", "VNA"),), ("{P}, {D} ({A})",), (" - ", " – "), "Bộ Công Thương cho biết xuất khẩu cà phê tăng mạnh."),
    Custom("pl", (("Warszawa", None, "PL"), ("Kraków", None, "PL"), ("Bruksela", None, "BE")), ("{dd}.{nn}.{y}", ""), EN, (("PAP", "PAP"),), ("{P}, {D} ({A})",), (" - ", " – "), "Rząd przyjmie we wtorek program budowy zbiorników."),
    Custom("north", (("OSLO", None, "NO"), ("STOCKHOLM", None, "SE"), ("København", None, "DK"), ("DEN HAAG", None, "NL"), ("Amsterdam", None, "NL"), ("București", None, "RO"), ("Zagreb", None, "HR"), ("Ljubljana", None, "SI"), ("Αθήνα", None, "GR")), ("",), EN, (("NTB", "NTB"), ("TT", "TT"), ("Ritzau", "RITZAU"), ("ANP", "ANP"), ("Agerpres", "AGERPRES"), ("Hina", "HINA"), ("STA", "STA"), ("ΑΠΕ-ΜΠΕ", "AMNA")), ("{P} ({A})",), (" - ", ": ", " – "), "Politiet har avsluttet søket etter en savnet båt."),
)  # fmt: skip


@dataclass(frozen=True)
class Composed:
    """A lead and what must be read in it."""

    text: str
    dateline: str
    place: str
    region: str | None
    country: str
    date: str | None
    agency: str | None
    body: str


def day_in(style: str, months: tuple[str, ...], day: date) -> str:
    """A day in a style."""
    month = months[day.month - 1]
    short = EN_SHORT[day.month - 1] if months[0] == "January" else month[:3]
    if months[0] == "января":
        short = month[:3] if day.month != 5 else "мая"
    return style.format(
        d=day.day, dd=f"{day.day:02}", n=day.month, nn=f"{day.month:02}", y=day.year, M=month, m=month, S=EN_SHORT[day.month - 1], A3=short,
        o=f"{day.day}{'th' if 10 <= day.day <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day.day % 10, 'th')}",
    )  # fmt: skip


def composed() -> Iterator[Composed]:
    """Every lead that the customs make."""
    for custom in CUSTOMS:
        for (place, region, country), style, day, (agency, code), form, separator in itertools.product(
            custom.places, custom.days, DAYS, custom.agencies, custom.forms, custom.separators
        ):
            if not style and day != DAYS[0]:
                continue
            named = "{A}" in form
            if not named and (agency, code) != custom.agencies[0]:
                continue
            if separator.strip() == "" and not named:
                continue  # nothing at all divides them
            written = day_in(style, custom.months, day)
            if custom.digits:
                written = in_digits(written, custom.digits)
            where = (
                "" if region is None
                else f" ({region})" if custom.language == "en-IN"
                else f", {region}" if custom.language != "en-IN-ani"
                else region
            )  # fmt: skip
            pattern = form if style else form.replace(", {D}", "").replace(" {D}", "")
            head = pattern.format(P=place, R=where, D=written, A=agency)
            yield Composed(
                head + separator + custom.sentence, head, place.split("/")[0] if place != "Frankfurt/Main" else place, region, country,
                day.isoformat() if style else None, code if named else None, custom.sentence,
            )  # fmt: skip
