"""The clock that a page's own times most likely stand in, where they name none: of its country, its domain, its language.

Countries and languages of one clock alone; those of several (the United States, Russia, Spanish, English …) are in no table.
"""

from __future__ import annotations

from parsers.url import host

OF_COUNTRY = dict(
    pair.split(":")
    for pair in (
        "IN:Asia/Kolkata PK:Asia/Karachi BD:Asia/Dhaka NP:Asia/Kathmandu LK:Asia/Colombo BT:Asia/Thimphu MM:Asia/Yangon AF:Asia/Kabul IR:Asia/Tehran "
        "AE:Asia/Dubai QA:Asia/Qatar KW:Asia/Kuwait BH:Asia/Bahrain SA:Asia/Riyadh OM:Asia/Muscat IQ:Asia/Baghdad JO:Asia/Amman LB:Asia/Beirut IL:Asia/Jerusalem TR:Europe/Istanbul "
        "GE:Asia/Tbilisi AM:Asia/Yerevan AZ:Asia/Baku UZ:Asia/Tashkent CN:Asia/Shanghai HK:Asia/Hong_Kong TW:Asia/Taipei JP:Asia/Tokyo KR:Asia/Seoul KP:Asia/Pyongyang "
        "SG:Asia/Singapore MY:Asia/Kuala_Lumpur TH:Asia/Bangkok VN:Asia/Ho_Chi_Minh KH:Asia/Phnom_Penh LA:Asia/Vientiane PH:Asia/Manila "
        "GB:Europe/London UK:Europe/London IE:Europe/Dublin FR:Europe/Paris DE:Europe/Berlin AT:Europe/Vienna CH:Europe/Zurich IT:Europe/Rome NL:Europe/Amsterdam BE:Europe/Brussels "
        "LU:Europe/Luxembourg DK:Europe/Copenhagen SE:Europe/Stockholm NO:Europe/Oslo FI:Europe/Helsinki EE:Europe/Tallinn LV:Europe/Riga LT:Europe/Vilnius PL:Europe/Warsaw CZ:Europe/Prague "
        "SK:Europe/Bratislava HU:Europe/Budapest SI:Europe/Ljubljana HR:Europe/Zagreb RS:Europe/Belgrade BA:Europe/Sarajevo MK:Europe/Skopje AL:Europe/Tirane GR:Europe/Athens CY:Asia/Nicosia "
        "BG:Europe/Sofia RO:Europe/Bucharest MD:Europe/Chisinau UA:Europe/Kyiv BY:Europe/Minsk IS:Atlantic/Reykjavik MT:Europe/Malta "
        "EG:Africa/Cairo MA:Africa/Casablanca DZ:Africa/Algiers TN:Africa/Tunis NG:Africa/Lagos GH:Africa/Accra KE:Africa/Nairobi UG:Africa/Kampala TZ:Africa/Dar_es_Salaam ET:Africa/Addis_Ababa "
        "RW:Africa/Kigali ZW:Africa/Harare ZM:Africa/Lusaka ZA:Africa/Johannesburg NA:Africa/Windhoek "
        "AR:America/Buenos_Aires CO:America/Bogota PE:America/Lima VE:America/Caracas UY:America/Montevideo PY:America/Asuncion BO:America/La_Paz JM:America/Jamaica CU:America/Havana "
        "NZ:Pacific/Auckland FJ:Pacific/Fiji"
    ).split()
)
# Of a language one country's clock, which the others that write it share or nearly all of its papers keep.
OF_LANGUAGE = dict(
    pair.split(":")
    for pair in (
        "hi:IN mr:IN gu:IN te:IN kn:IN ml:IN ta:IN or:IN as:IN pa:IN ur:PK ne:NP si:LK my:MM fa:IR he:IL tr:TR ka:GE hy:AM az:AZ uz:UZ zh:CN ja:JP ko:KR th:TH vi:VN km:KH lo:LA ms:MY "
        "de:DE it:IT nl:NL da:DK sv:SE nb:NO no:NO nn:NO fi:FI et:EE lv:LV lt:LT pl:PL cs:CZ sk:SK hu:HU sl:SI hr:HR sr:RS bs:BA mk:MK sq:AL el:GR bg:BG ro:RO uk:UA be:BY is:IS"
    ).split()
)

GENERIC = frozenset({"CO", "LA", "AM", "BA", "IS"})  # domains of countries that anybody takes


def likely_zone(*, country: str | None, url: str | None, language: str | None) -> str | None:
    """The IANA zone of a paper: by its country (ISO 3166), its address's domain, its language (BCP 47), in this order; None: who knows."""
    spoken, _, region = (language or "").replace("_", "-").partition("-")
    domain = (host(url) or "").rsplit(".", 1)[-1].upper()
    for one in (
        country,
        domain not in GENERIC and domain,
        region.rpartition("-")[2].upper(),
        OF_LANGUAGE.get(spoken.lower()),
    ):
        if one and (zone := OF_COUNTRY.get(one)):
            return zone
    return None
