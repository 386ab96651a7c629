"""Makes `months.json` anew from CLDR through Babel (BSD): run it with ``babel`` installed, read the difference, commit."""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale

from parsers.names import name_key

LANGUAGES = "en fr de es ru pt it nl pl cs sk sv da nb fi ar uk".split()


def main() -> None:
    months: dict[str, int] = {"sept": 9, "июня": 6, "maerz": 3, "sep": 9, "june": 6, "july": 7}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][width].items():
                    key = name_key(name)
                    if len(key) >= 3 and not key.isdigit() and " " not in key:
                        months.setdefault(key, number)
    # Words of other meaning in running text of some language.
    for word in ("mar", "des", "set", "ago", "dez", "out", "mei", "dic", "lis", "kve", "maj", "abr"):
        months.pop(word, None)
    months.update({"mar": 3, "maj": 5, "mei": 5, "abr": 4, "dic": 12})
    for word in ("octobre", "أكتوبر"):
        months[name_key(word)] = 10
    months[name_key("ديسمبر")] = 12
    (Path(__file__).parent / "months.json").write_text(
        json.dumps(dict(sorted(months.items())), ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
    print(len(months))


if __name__ == "__main__":
    main()
