"""Makes `cities.json` anew from rigour's places (MIT) and `host_cities.yaml`: run it with ``rigour`` installed."""

from __future__ import annotations

import json
from pathlib import Path

from rigour.territories.lookup import _load_territory_names
from ruamel.yaml import YAML

from parsers.names import name_key

HERE = Path(__file__).parent


def main() -> None:
    cities: dict[str, list[str]] = {}
    for territory, _strong, _weak, places in _load_territory_names():
        if territory.is_country and not territory.is_historical and len(territory.code) == 2:
            for place in places:
                if place.isascii() or any("À" <= letter <= "ž" for letter in place):
                    cities.setdefault(name_key(place), [place, territory.code.upper()])
    for code, names in YAML(typ="safe").load(HERE / "host_cities.yaml").items():
        for name, aliases in names.items():
            for alias in [name, *aliases]:
                cities[name_key(alias)] = [name, code]
    text = json.dumps(dict(sorted(cities.items())), ensure_ascii=False, indent=0)
    (HERE / "cities.json").write_text(text + "\n", encoding="utf-8")
    print(len(cities))


if __name__ == "__main__":
    main()
