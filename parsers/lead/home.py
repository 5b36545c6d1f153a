"""Where a paper is at home: its country, by its language and its domain; and the clock that its times stand in where they name none."""

from __future__ import annotations

from functools import lru_cache

from parsers.hints import Hints
from parsers.lead.agencies import agency_of_url, catalogue
from parsers.url import host

# The country of most papers in a language.
LANGUAGES = {
    "de": "DE", "fr": "FR", "it": "IT", "es": "ES", "hi": "IN", "ta": "IN", "te": "IN", "mr": "IN", "gu": "IN", "kn": "IN", "ml": "IN", "pa": "IN",
    "ur": "PK", "bn": "BD", "ne": "NP", "si": "LK", "ru": "RU", "uk": "UA", "cs": "CZ", "sk": "SK", "hu": "HU", "tr": "TR", "fa": "IR", "zh": "CN",
    "ja": "JP", "ko": "KR", "id": "ID", "vi": "VN", "pl": "PL", "ro": "RO", "bg": "BG", "el": "GR", "nl": "NL", "da": "DK", "no": "NO", "nb": "NO",
    "or": "IN", "as": "IN", "my": "MM", "ka": "GE", "hy": "AM", "az": "AZ", "uz": "UZ", "km": "KH", "lo": "LA", "nn": "NO", "et": "EE", "lv": "LV", "lt": "LT", "bs": "BA", "mk": "MK", "sq": "AL", "be": "BY", "is": "IS",
    "sv": "SE", "fi": "FI", "th": "TH", "ms": "MY", "he": "IL", "sr": "RS", "hr": "HR", "sl": "SI", "pt": "BR",
}  # fmt: skip
# Domains of countries that anybody takes.
GENERIC = frozenset("io tv co me ai ly fm cc to eu la am ba is".split())
# Countries of one clock alone; those of several (the United States, Russia, Brazil, Spain …) are left out.
ZONES = dict(
    pair.split(":")
    for pair in (
        "IN:Asia/Kolkata PK:Asia/Karachi BD:Asia/Dhaka NP:Asia/Kathmandu LK:Asia/Colombo BT:Asia/Thimphu MM:Asia/Yangon AF:Asia/Kabul IR:Asia/Tehran "
        "AE:Asia/Dubai QA:Asia/Qatar KW:Asia/Kuwait BH:Asia/Bahrain SA:Asia/Riyadh OM:Asia/Muscat IQ:Asia/Baghdad JO:Asia/Amman LB:Asia/Beirut IL:Asia/Jerusalem TR:Europe/Istanbul "
        "GE:Asia/Tbilisi AM:Asia/Yerevan AZ:Asia/Baku UZ:Asia/Tashkent CN:Asia/Shanghai HK:Asia/Hong_Kong TW:Asia/Taipei JP:Asia/Tokyo KR:Asia/Seoul KP:Asia/Pyongyang "
        "SG:Asia/Singapore MY:Asia/Kuala_Lumpur TH:Asia/Bangkok VN:Asia/Ho_Chi_Minh KH:Asia/Phnom_Penh LA:Asia/Vientiane PH:Asia/Manila "
        "GB:Europe/London IE:Europe/Dublin FR:Europe/Paris DE:Europe/Berlin AT:Europe/Vienna CH:Europe/Zurich IT:Europe/Rome NL:Europe/Amsterdam BE:Europe/Brussels "
        "LU:Europe/Luxembourg DK:Europe/Copenhagen SE:Europe/Stockholm NO:Europe/Oslo FI:Europe/Helsinki EE:Europe/Tallinn LV:Europe/Riga LT:Europe/Vilnius PL:Europe/Warsaw CZ:Europe/Prague "
        "SK:Europe/Bratislava HU:Europe/Budapest SI:Europe/Ljubljana HR:Europe/Zagreb RS:Europe/Belgrade BA:Europe/Sarajevo MK:Europe/Skopje AL:Europe/Tirane GR:Europe/Athens CY:Asia/Nicosia "
        "BG:Europe/Sofia RO:Europe/Bucharest MD:Europe/Chisinau UA:Europe/Kyiv BY:Europe/Minsk IS:Atlantic/Reykjavik MT:Europe/Malta "
        "EG:Africa/Cairo MA:Africa/Casablanca DZ:Africa/Algiers TN:Africa/Tunis NG:Africa/Lagos GH:Africa/Accra KE:Africa/Nairobi UG:Africa/Kampala TZ:Africa/Dar_es_Salaam ET:Africa/Addis_Ababa "
        "RW:Africa/Kigali ZW:Africa/Harare ZM:Africa/Lusaka ZA:Africa/Johannesburg NA:Africa/Windhoek "
        "AR:America/Buenos_Aires CO:America/Bogota PE:America/Lima VE:America/Caracas UY:America/Montevideo PY:America/Asuncion BO:America/La_Paz JM:America/Jamaica CU:America/Havana "
        "NZ:Pacific/Auckland FJ:Pacific/Fiji"
    ).split()
)


def country_of_language(language: str | None) -> str | None:
    """The ISO country of a language's tag (BCP 47): its region, else that of most papers in it; None unknown."""
    tag = (language or "").replace("_", "-").split("-")
    return tag[-1].upper() if len(tag) > 1 and len(tag[-1]) == 2 else LANGUAGES.get(tag[0].lower())


def country_of_domain(host: str | None) -> str | None:
    """The ISO country of a host's domain; None for one of no country, or that anybody takes."""
    top = (host or "").rsplit(".", 1)[-1].lower()
    return {"uk": "GB"}.get(top, top.upper()) if len(top) == 2 and top not in GENERIC else None


def zone_of(hints: Hints, *, url: str | None = None, language: str | None = None) -> str | None:
    """The IANA zone for times without one: the source's as configured, its agency's, its country's, its domain's, its language's.

    url, language: as the document itself gives them. None: nobody knows.
    """
    agency = hints.agency or agency_of_url(hints.url)
    own = hints.timezone or (catalogue()[agency].zone if agency in catalogue() else None)
    return own or _likely(hints.country, hints.url or url, language or hints.language)


@lru_cache(maxsize=1024)
def _likely(country: str | None, url: str | None, language: str | None) -> str | None:
    homes = (country, country_of_domain(host(url)), country_of_language(language))
    return next((ZONES[one] for one in homes if one in ZONES), None)
