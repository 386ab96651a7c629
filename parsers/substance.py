"""Whether a page says anything that a page of this kind says: the least by which it is told from what has no place here."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.cities import find_cities
from parsers.country_mentions import find_countries
from parsers.dates import find_days
from parsers.document import Document
from parsers.regime import RegimeProfile

# Stems of what such pages are about, in the languages in which regimes and their members write.
_STEMS = re.compile(
    r"plenar|pl[eé]ni[eè]r|plen[aá]ri|vollversammlung|пленар|全体会|総会|총회"
    r"|missil|rocket|ballisti|cohete|rakete|fus[eé]e|ракет|ミサイル|导弹|미사일"
    r"|nuclear|nucl[eé]ai|nuklear|ядерн|原子力|核|chemical|chimi|qu[ií]mic|chemisch|хими|biolog|weapon|\barms?\b|armes?\b|armas|waffen|оруж"
    r"|prolifer|пролифер|нераспростран|不拡散|不扩散|비확산|dual[- ]use|double usage|doble uso|export|ausfuhr|экспорт|輸出|出口|수출"
    r"|disarm|d[eé]sarm|abr[uü]st|разоруж|sanction|security council|treat(?:y|ies)\b|convention|resolution|r[eé]solution|резолюц"
    r"|\bpartners?\b|participants?\b|participating|subscrib|adherent|member (?:states|countries|governments)|states? part(?:y|ies)|signator"
    r"|wassenaar|zangger|australia group|hague code|trigger list|control list"
    r"|communiqu|\bstatement|d[eé]claration|declaraci|erkl[aä]rung|заявлен|声明|성명|\bchair|pr[eé]siden|vorsitz|председател",
    re.IGNORECASE,
)
# A text of so many characters says something, whatever it is about.
_LONG = 600


def says_something(document: Document, regime: RegimeProfile) -> bool:
    """Whether a short page names a country, a city or a day, the regime, or what such a body is about.

    What stands in a page's place in words that nobody foresaw names none of them. A long text is believed.
    """
    text = document.text
    if len(text) >= _LONG or _STEMS.search(text) or find_countries(text) or find_cities(text) or find_days(text):
        return True
    return any(_named(name).search(text) for name in (regime.name, *regime.names, *regime.members_called))


@lru_cache(256)
def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
