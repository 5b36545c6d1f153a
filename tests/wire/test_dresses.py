"""One story in many dresses, and templates filled anew, in many scripts: what `wire dedupe` makes of a stream that nobody tuned it on.

The stream is made here: stories of made-up words in the letters of six scripts, noise of papers and scanners, templates of the trade.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from wire.dedupe import clusters

START = datetime(2025, 3, 3, 5, tzinfo=UTC)
SYLLABLES = {
    "latin": "ba ce di fo gu ha je ki lo mu na pe ri so tu va we bra cle dri flo gru st en ar il on".split(),
    "cyrillic": "ба це ди фо гу ха же ки ло му на пе ри со ту ва бра кле дри фло гру ст ен ар ил он".split(),
    "devanagari": "बा के दी फो गु हा जे कि लो मु ना पे रि सो तु वा ब्रा क्ले द्री श्न त्य अं ई ऊ".split(),
    "arabic": "با تي جو حا خي دو را زي سو شا صي ضو طا ظي عو غا في قو كا لي مو نا هي وا".split(),
    "tamil": "பா கே டி போ கு ஹா ஜே கி லோ மு நா பே ரி சோ து வா ம்மா க்கு ட்டி ன்று அ இ உ".split(),
    "han": [chr(0x4E00 + 7 * n) for n in range(900)],
}
END = {"han": "。", "devanagari": "।"}


def word(chance: random.Random, script: str) -> str:
    """A made word; its frequency falls off as that of a language's words does."""
    syllables = SYLLABLES[script]
    if script == "han":
        return syllables[int(len(syllables) ** chance.random()) - 1]
    number, base = int(9000 ** chance.random()), len(syllables)
    return syllables[number % base] + (syllables[number // base % base] + syllables[number // 400 % base]) * (
        number > 12
    )


def sentence(chance: random.Random, script: str) -> str:
    glue = "" if script == "han" else " "
    words = [word(chance, script) for _ in range(chance.randrange(8, 20) * (1 + (script == "han")))]
    if chance.random() < 0.4:
        words.insert(len(words) // 2, str(chance.randrange(2, 4000)))
    if script in ("latin", "cyrillic"):
        words = [w.capitalize() if n == 0 or chance.random() < 0.08 else w for n, w in enumerate(words)]
    return glue.join(words) + END.get(script, ".")


def story(seed: int, script: str) -> tuple[str, list[str]]:
    """(headline, paragraphs)"""
    chance = random.Random(seed)
    glue = "" if script == "han" else " "
    paragraphs = [
        glue.join(sentence(chance, script) for _ in range(chance.randrange(1, 4)))
        for _ in range(chance.randrange(5, 12))
    ]
    return sentence(chance, script)[:70], paragraphs


FURNITURE = ("Sign up for our morning letter, and read the day before breakfast.", "Share this story with your friends on every network.",
             "© The publisher. Reproduction only by written leave of the publisher.", "Advertisement", "Read also: five gardens worth the journey; the week in numbers.")  # fmt: skip
Noise = Callable[[random.Random, list[str]], list[str]]


def misread(rate: float) -> Noise:
    """As a scanner misreads: letters doubled, lost, or taken for their neighbours."""

    def noise(chance: random.Random, told: list[str]) -> list[str]:
        def one(letter: str) -> str:
            return chance.choice(["", letter * 2, chr(ord(letter) + 1)])

        return ["".join(one(c) if c.isalpha() and chance.random() < rate else c for c in t) for t in told]

    return noise


def wrapped(chance: random.Random, told: list[str]) -> list[str]:
    text = "\n".join(told)
    width = chance.randrange(40, 70)
    if " " not in told[0].strip():
        return [text[at : at + width] for at in range(0, len(text), width)]
    return re.sub(rf"(.{{{width}}}\S*)\s", r"\1\n", text).split("\n")


def furnished(chance: random.Random, told: list[str]) -> list[str]:
    return [chance.choice(FURNITURE), *(x for t in told for x in (t, chance.choice(FURNITURE)))]


def localised(chance: random.Random, told: list[str]) -> list[str]:
    return [sentence(chance, "latin"), *told, sentence(chance, "latin")]


def swapped(chance: random.Random, told: list[str]) -> list[str]:
    at = chance.randrange(len(told) - 1)
    return [*told[:at], told[at + 1], told[at], *told[at + 2 :]]


NOISES: dict[str, Noise] = {
    "whole": lambda _, told: told,
    "misread": misread(0.02),
    "wrapped": wrapped,
    "furnished": furnished,
    "localised": localised,
    "swapped": swapped,
    "shuffled": lambda chance, told: chance.sample(told, len(told)),
    "trimmed": lambda _, told: told[: (len(told) + 1) // 2],
    "beheaded": lambda _, told: told[len(told) // 3 :],
    "cased": lambda _, told: [text.upper() for text in told],
    "quotes": lambda _, told: [text.replace(",", " –").replace(".", " ...") for text in told],
    "lost words": lambda chance, told: [re.sub(r"(?<= )\S+ ", lambda m: m[0] if chance.random() > 0.04 else "", t) for t in told],
    "reworded lead": lambda chance, told: [sentence(chance, "latin"), *told[1:]],
    "trimmed, furnished, misread": lambda chance, told: misread(0.01)(chance, furnished(chance, told[: max(3, len(told) * 2 // 3)])),
}  # fmt: skip


def judged(
    stream: list[tuple[datetime, dict[str, Any], str]],
) -> tuple[Counter[str], Counter[str], list[str]]:
    """(right, all) copies by noise, and false merges, of (time, record with its `of`, noise) told in order of time."""
    told = sorted(stream, key=lambda one: one[0])
    records = [{**record, "published": when.isoformat(), "source": "s"} for when, record, _ in told]
    cluster = dict(clusters(records))
    of = {record["id"]: record["of"] for _, record, _ in told}
    right, every, false = Counter[str](), Counter[str](), []
    for _, record, noise in told:
        if record["of"] != record["id"]:
            every[noise] += 1
            right[noise] += cluster[record["id"]] == cluster[record["of"]]
        if of[cluster[record["id"]]] != record["of"]:
            false.append(f"{record['id']} in {cluster[record['id']]}")
    return right, every, false


def test_a_story_in_other_dress_is_the_same_story() -> None:
    chance = random.Random(5)
    stream: list[tuple[datetime, dict[str, Any], str]] = []
    for number in range(360):
        script = list(SYLLABLES)[number % len(SYLLABLES)]
        headline, told = story(number, script)
        when = START + timedelta(hours=number * 0.7)
        stream.append((when, {"id": f"a{number}", "of": f"a{number}", "headline": headline, "text": "\n".join(told)}, ""))  # fmt: skip
        for noise in chance.sample(sorted(NOISES), 4):
            title = headline if chance.random() < 0.4 else sentence(chance, script)[:60]
            record = {"id": f"a{number}:{script}:{noise}", "of": f"a{number}", "headline": title, "text": "\n".join(NOISES[noise](chance, list(told)))}  # fmt: skip
            stream.append((when + timedelta(hours=chance.random() * 48 + 0.1), record, noise))
    for number in range(
        40
    ):  # digests: three stories of the day in one; where it lies matters not, but it joins none
        some = chance.sample(range(9 * number, 9 * number + 9), 3)
        text = "\n".join(line for one in some for line in story(one, list(SYLLABLES)[one % 6])[1])
        when = START + timedelta(hours=(9 * number + 10) * 0.7)
        stream.append((when, {"id": f"digest{number}", "of": f"digest{number}", "headline": "The day", "text": text}, ""))  # fmt: skip
    right, every, false = judged(stream)
    shares = {noise: right[noise] / every[noise] for noise in every}
    assert sum(right.values()) / sum(every.values()) >= 0.98, shares
    assert min(shares.values()) >= 0.93, shares
    assert [one for one in false if not one.startswith("digest")] == []


# Templates of the trade as agencies of many languages fill them daily: %n a figure, %N a larger one, %p a name, %w a word out of a few.
TEMPLATES: dict[str, tuple[str, list[str]]] = {
    "en markets": ("Shares close at %N", ["The index of the exchange closed at %N points on the day, a move of %n points, with turnover of %N million crowns.", "Of the shares traded %n rose and %n fell, while %n did not move at all, the exchange said in its note after the close.", "%p led the gainers with %n per cent, and %p was the day's heaviest loser with a fall of %n per cent."]),
    "en match": ("%p beat %p", ["%p beat %p %n-%n on Saturday before a crowd of %N at the home ground, with both goals in the second half.", "%p put the visitors ahead after %n minutes, and %p levelled from the spot shortly before the break.", "The winners are now %nth in the table with %n points, and play %p away from home next week."]),
    "en result": ("%p Q2 net up %n pct", ["%p said net profit for the quarter rose %n per cent to %N million, against %N million in the same period a year ago.", "Revenue came to %N million, and earnings a share to %n cents, the company said in a filing to the exchange.", "Its shares closed %n per cent higher at %N before the results were announced."]),
    "hi gold": ("सोने का भाव %N", ["सर्राफा बाजार में सोमवार को सोने का भाव %N रुपये प्रति दस ग्राम रहा, जबकि चांदी %N रुपये प्रति किलोग्राम पर बंद हुई।", "कारोबारियों ने बताया कि पिछले सत्र के मुकाबले सोने में %n रुपये और चांदी में %n रुपये का अंतर आया है।", "विदेशी बाजार में सोना %N डॉलर प्रति औंस पर कारोबार कर रहा था, और आभूषण निर्माताओं की मांग %n प्रतिशत बढ़ी।"]),
    "hi weather": ("तापमान %n डिग्री", ["राजधानी में आज अधिकतम तापमान %n डिग्री और न्यूनतम तापमान %n डिग्री सेल्सियस दर्ज किया गया, मौसम विभाग ने कहा।", "हवा में नमी का स्तर %n प्रतिशत रहा और वायु गुणवत्ता सूचकांक शाम चार बजे %N अंक पर था।", "विभाग के अनुसार अगले दिन आसमान साफ रहेगा और तापमान %n डिग्री के आसपास रह सकता है।"]),
    "zh exchange": ("人民币汇率中间价报%N", ["中国外汇交易中心公布的数据显示，人民币兑美元汇率中间价今日报%N，较前一交易日调整%n个基点。", "当日欧元对人民币汇率为%N，英镑对人民币汇率为%N，一百日元对人民币汇率为%n。", "分析人士表示，市场交易量约为%N亿元，短期内汇率预计将在合理均衡水平上保持基本稳定。"]),
    "ja market": ("東京株 終値%N円", ["東京株式市場で平均株価は続伸し、終値は前日に比べて%n円高い%N円だった。", "売買代金は概算で%N億円、売買高は%N万株で、値上がりした銘柄は%n、値下がりは%nだった。", "市場では、海外投資家の買いが続いているとの見方があり、為替相場は一ドル%n円前後で推移した。"]),
    "ar oil": ("سعر النفط %N", ["سجل سعر برميل النفط في تعاملات اليوم %N دولارا بعد أن كان %N دولارا في الجلسة السابقة وفق بيانات الشركة.", "وقال متعاملون إن حجم التداول بلغ %N ألف برميل فيما ارتفعت المخزونات بنسبة %n في المئة خلال الأسبوع.", "وتوقع محللون أن يتراوح السعر بين %n و%n دولارا حتى نهاية الشهر الجاري."]),
    "es lottery": ("Lotería: cae el %N", ["El número %N resultó agraciado con el primer premio del sorteo celebrado en la capital, dotado con %N euros por serie.", "El segundo premio correspondió al %N y los reintegros fueron el %n, el %n y el %n, según la organización.", "Los décimos premiados se vendieron en %n administraciones, y la recaudación ascendió a %N euros."]),
    "ru quake": ("Землетрясение магнитудой %n", ["Землетрясение магнитудой %n произошло в понедельник у побережья полуострова, сообщили в службе наблюдений.", "Очаг находился на глубине %N километров в %n километрах от посёлка, угрозы цунами объявлено не было.", "За последние сутки в районе зарегистрировано %n толчков, пострадавших и разрушений нет."]),
    "de traffic": ("Stau: %n Kilometer", ["Auf den Autobahnen des Landes standen am Freitagnachmittag Fahrzeuge auf insgesamt %n Kilometern, teilte die Zentrale mit.", "Die längste Störung meldete sie mit %n Kilometern nach einem Unfall, die Wartezeit betrug bis zu %n Minuten.", "Am Wochenende rechnet die Polizei mit %N Fahrzeugen, %n Baustellen bleiben eingerichtet."]),
    "th set": ("หุ้นไทยปิดที่ %N", ["ดัชนีตลาดหลักทรัพย์แห่งประเทศไทยปิดตลาดวันนี้ที่ระดับ %N จุด เปลี่ยนแปลง %n จุด มูลค่าการซื้อขาย %N ล้านบาท", "นักลงทุนต่างชาติซื้อสุทธิ %N ล้านบาท ขณะที่นักลงทุนสถาบันขายสุทธิ %N ล้านบาท ตามข้อมูลของตลาด", "นักวิเคราะห์คาดว่าดัชนีจะเคลื่อนไหวในกรอบ %n ถึง %n จุด ในวันถัดไป"]),
}  # fmt: skip
# The same with names alone, in scripts that have no capitals to know them by: %p and %w are one name each an issue.
NAMED: dict[str, tuple[str, list[str], str, str]] = {
    "hi obituary": ("%p का निधन", ["वरिष्ठ पत्रकार %p का सोमवार को %w के एक अस्पताल में निधन हो गया, वह लंबे समय से बीमार थे।", "परिवार के अनुसार पिछले कुछ समय से उनका उपचार चल रहा था, उनके परिवार में पत्नी और दो पुत्र हैं।", "राज्यपाल ने %p के निधन पर शोक व्यक्त करते हुए कहा कि समाज को अपूरणीय क्षति हुई है।"], "राम शर्मा|विजय वर्मा|सुनीता देवी|अनिल कुमार|मोहन लाल|गीता सिंह|राकेश तिवारी|ममता यादव", "सोनपुर|हरपुर|रामगढ़|सीकर|अलवर|कोटा|बरेली|जालौन"),
    "hi accident": ("%w में सड़क हादसा", ["%w जिले में मंगलवार सुबह एक ट्रक और बस की टक्कर में कई लोग घायल हो गए, पुलिस ने बताया।", "घायलों को जिला अस्पताल में भर्ती कराया गया है जहां दो की हालत गंभीर बनी हुई है, चालक मौके से फरार हो गया।", "थाना प्रभारी %p ने बताया कि मामला दर्ज कर लिया गया है और आगे की जांच की जा रही है।"], "राम शर्मा|विजय वर्मा|सुनीता देवी|अनिल कुमार|मोहन लाल|गीता सिंह|राकेश तिवारी|ममता यादव", "सोनपुर|हरपुर|रामगढ़|सीकर|अलवर|कोटा|बरेली|जालौन"),
    "ar visit": ("%w: %p يستقبل السفير", ["استقبل وزير الخارجية %p اليوم في مقر الوزارة سفير %w وبحث معه علاقات التعاون الثنائي بين البلدين.", "وجرى خلال اللقاء استعراض سبل تعزيز العلاقات في مختلف المجالات بما يخدم المصالح المشتركة.", "حضر اللقاء وكيل الوزارة وعدد من كبار المسؤولين في الجانبين."], "أحمد سالم|خالد ناصر|يوسف علي|سعيد حمدان|فهد راشد|عمر جابر|طارق زايد|نبيل فارس", "الهند|اليابان|البرازيل|كينيا|بيرو|كندا|فنلندا|غانا"),
    "zh appointment": ("%w任命%p为副市长", ["%w市人民代表大会常务委员会会议今日表决通过，决定任命%p为%w市副市长。", "会议宣读了有关任免事项的议案，新任命的人员向宪法宣誓并作了表态发言。", "会议还听取和审议了关于计划执行情况的报告以及关于财政预算执行情况的报告。"], "王建国|李明华|张晓东|刘志强|陈丽娟|杨文斌|赵海涛|黄淑芬", "临江|山城|东河|西岭|北湾|南浦|石桥|青林"),
}  # fmt: skip
FIRST = "Anders Berta Carlo Dorthe Emre Farid Greta Hakim Ines Jonas Karla Lorenz Mirja Nadia Oskar Petra Quirin Rosa Selim Tilda".split()
LAST = "Aldermoor Brackwater Coldharrow Dunmere Eastling Fernhollow Garrick Holmstead Ingleby Jessamy Kestrel Lowther Marchmont Norwell".split()


def issue(name: str, chance: random.Random) -> tuple[str, list[str]]:
    """One filled template: (headline, paragraphs)."""

    def slot(found: re.Match[str]) -> str:
        if found[0] == "%p":
            return f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        if found[0] == "%n":
            return (
                f"{chance.randrange(10, 999) / 10}" if chance.random() < 0.5 else str(chance.randrange(2, 99))
            )
        return f"{chance.randrange(1000, 99999):,}"

    headline, told = TEMPLATES[name]
    return re.sub("%[npN]", slot, headline), [re.sub("%[npN]", slot, text) for text in told]


@pytest.mark.parametrize("gap", [timedelta(hours=2), timedelta(days=1)])
def test_a_template_filled_anew_is_another_story_and_its_reprint_is_not(gap: timedelta) -> None:
    chance = random.Random(7)
    stream: list[tuple[datetime, dict[str, Any], str]] = []
    for name in TEMPLATES:
        for number in range(25):
            headline, told = issue(name, chance)
            first, when = f"{name} {number}", START + gap * number
            stream.append((when, {"id": first, "of": first, "headline": headline, "text": "\n".join(told)}, ""))  # fmt: skip
            if number % 2:
                text = "\n".join([chance.choice(FURNITURE), *told, chance.choice(FURNITURE)])
                stream.append((when + timedelta(minutes=50), {"id": f"{first} again", "of": first, "headline": headline, "text": text}, name))  # fmt: skip
    right, every, false = judged(stream)
    assert len(false) <= 1, false
    assert sum(right.values()) / sum(every.values()) >= 0.97, {
        name: right[name] / every[name] for name in every
    }


@pytest.mark.parametrize("gap", [timedelta(hours=2), timedelta(days=1)])
def test_names_without_capitals_fill_a_template_anew(gap: timedelta) -> None:
    stream: list[tuple[datetime, dict[str, Any], str]] = []
    for name, (headline, told, people, places) in NAMED.items():
        for number, (who, where) in enumerate(zip(people.split("|"), places.split("|"), strict=True)):
            first, when = f"{name} {number}", START + gap * number

            def filled(text: str, who: str = who, where: str = where) -> str:
                return text.replace("%p", who).replace("%w", where)

            text = "\n".join(map(filled, told))
            stream.append((when, {"id": first, "of": first, "headline": filled(headline), "text": text}, ""))
            record = {"id": f"{first} again", "of": first, "headline": filled(headline), "text": f"{FURNITURE[number % 5]}\n{text}"}  # fmt: skip
            stream.append((when + timedelta(minutes=50), record, name))
    right, every, false = judged(stream)
    assert false == []
    assert sum(right.values()) / sum(every.values()) >= 0.95, right
