"""Makes `country_names.json` anew: run it with ``rigour`` and ``babel`` installed, read the difference, commit.

Names come from rigour (MIT, https://rigour.followthemoney.tech) and from CLDR through Babel (BSD); own
additions and refusals stand in `country_aliases.yaml`, with their reasons.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale
from rigour.territories.lookup import _load_territory_names
from ruamel.yaml import YAML

from parsers.names import name_key

HERE = Path(__file__).parent
LANGUAGES = [
    "en",
    "fr",
    "de",
    "es",
    "ru",
    "pt",
    "it",
    "nl",
    "pl",
    "cs",
    "sk",
    "hu",
    "sv",
    "da",
    "nb",
    "fi",
    "tr",
    "uk",
    "el",
    "ro",
    "bg",
    "hr",
    "lv",
    "lt",
    "et",
    "ja",
    "zh",
    "ko",
    "ar",
]
HISTORIC = {"suhh": "SUHH", "cshh": "CSHH", "yucs": "YUCS", "csxx": "CSXX", "dd": "DDDE", "zr": "ZRCD"}
SEPARATE = {"hk", "mo", "tw"}


_NOUNS = {
    "ия": ("ии", "ию", "ией"),
    "а": ("ы", "и", "е", "у", "ой"),
    "я": ("и", "е", "ю", "ей"),
    "ь": ("и", "ью", "я", "ю", "ем", "е"),
    "й": ("я", "ю", "ем", "е"),
    "ы": ("ов", "", "ам", "ами", "ах"),
    "во": ("ва", "ву", "вом", "ве"),
}
_ADJECTIVES = {
    "ая": ("ой", "ую"),
    "ое": ("ого", "ому", "ым", "ом"),
    "ые": ("ых", "ым", "ыми"),
    "ий": ("ого", "ому", "им", "ом"),
}
_STILL = ("и", "у", "о", "е", "э")


def russian_cases(name: str) -> list[str]:
    """The oblique forms of a Russian name, as far as its endings tell them: some may be no word at all."""
    words = name.split()
    if not all("А" <= word[0] <= "я" for word in words) or len(words) > 3 or ("-" in name and " " in name):
        return []
    if len(words) == 1:
        return _declined(words[0])
    if words[0].endswith(tuple(_ADJECTIVES)):
        firsts = next(forms for ending, forms in _ADJECTIVES.items() if words[0].endswith(ending))
        return [
            " ".join((words[0][:-2] + first, second, *words[2:])) for first in firsts for second in _declined(words[1])
        ]
    if words[0] in ("Республика", "Королевство"):
        return [" ".join((first, *words[1:])) for first in _declined(words[0])]
    return []


def _declined(word: str) -> list[str]:
    if word.isupper() or (word.endswith(_STILL) and not word.endswith("во")):
        return []
    for ending, forms in _NOUNS.items():
        if word.endswith(ending):
            return [word.removesuffix(ending) + form for form in forms if len(word) > 3]
    return [word + form for form in ("а", "у", "ом", "е")] if len(word) > 3 else []


def main() -> None:
    aliases = YAML(typ="safe").load(HERE / "country_aliases.yaml")
    refused = {name_key(name) for name in aliases["refused"]}
    names: dict[str, str] = {}
    clashing: set[str] = set()

    def add(name: str, code: str) -> None:
        key = name_key(name)
        if len(key) < 2 or key in refused or (key.isascii() and len(key) <= 3):
            return
        if names.setdefault(key, code) != code:
            clashing.add(key)

    codes = set()
    for territory, strong, _weak, _places in _load_territory_names():
        code = HISTORIC.get(territory.code)
        if code is None and (territory.is_historical or len(territory.code) != 2):
            continue
        if code is None and not (territory.is_country or territory.code in SEPARATE):
            continue
        code = code or territory.code.upper()
        codes.add(code)
        for name in strong:
            add(name, code)
    for language in LANGUAGES:
        territories = Locale(language).territories
        for code in codes & set(territories):
            add(territories[code], code)
    for key in clashing:
        del names[key]
    for code, extra in aliases["names"].items():
        for name in extra:
            names[name_key(name)] = code
    for code in sorted(codes):
        # Running Russian and German decline names; the nominatives are CLDR's and our own.
        own = [name for name in aliases["names"].get(code, ()) if "А" <= name[0] <= "Я"]
        russian = [name for name in (Locale("ru").territories.get(code), *own) if name]
        for form in [form for name in russian for form in russian_cases(name)]:
            names.setdefault(name_key(form), code)
        german = Locale("de").territories.get(code, "")
        if len(german) > 4 and german[-1] not in "sxzß" and " " not in german and name_key(german + "s") not in refused:
            names.setdefault(name_key(german + "s"), code)
    rows: dict[str, list[str]] = {}
    for key, code in sorted(names.items()):
        rows.setdefault(code, []).append(key)
    text = json.dumps({code: rows[code] for code in sorted(rows)}, ensure_ascii=False, indent=0)
    (HERE / "country_names.json").write_text(text + "\n", encoding="utf-8")
    english = Locale("en").territories
    table = {}
    for territory, _strong, _weak, _places in _load_territory_names():
        code = HISTORIC.get(territory.code, territory.code.upper())
        if code in rows:
            name = aliases["english"].get(code) or english.get(code) or territory.name
            table[code] = [name, (territory.alpha3 or "").upper()]
    text = json.dumps(dict(sorted(table.items())), ensure_ascii=False, indent=0)
    (HERE / "country_table.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(names)} names of {len(rows)} states; {len(clashing)} names of more than one left out")
    print(sorted(clashing)[:60])


if __name__ == "__main__":
    main()
