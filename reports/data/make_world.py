"""Makes `world.json` anew from a shapefile of countries; needs ``pyshp``.

    python reports/data/make_world.py naturalearth_lowres.shp

The file is Natural Earth's 1:110m countries (public domain, https://www.naturalearthdata.com), as geopandas up to
0.14 packed them with the attributes ``iso_a3`` and ``name``. Drawn in the Equal Earth projection (Šavrič, Patterson
and Jenny 2018, doi:10.1080/13658816.2018.1504949), which keeps areas; Antarctica is left out. States too small
for this scale stand in `small_states.csv` and are drawn as dots. Areas without an ISO code join the state that the
United Nations count them to.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import shapefile

HERE = Path(__file__).parent
WIDTH, HEIGHT, BORDER = 1000, 460, 4
# The projection's own half width and half height at the equator and the pole, in radians of a unit sphere.
HALF_WIDTH = 2.70663
TOP = 1.3
COUNTED_TO = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK", "Puerto Rico": "PR", "New Caledonia": "NC"}
LEFT_OUT = {"Antarctica", "Fr. S. Antarctic Lands"}


def projected(longitude: float, latitude: float) -> tuple[int, int]:
    """Degrees as whole units of the drawing, from its upper left corner."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    down = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * down)
    y = theta * (a4 * theta**8 + a3 * theta**6 + a2 * theta**2 + a1)
    scale = (WIDTH - 2 * BORDER) / (2 * HALF_WIDTH)
    return round(WIDTH / 2 + x * scale), round(BORDER + (TOP - y) * scale)


def ring_path(points: Iterable[tuple[float, float]]) -> str:
    """A ring as relative steps; points that fall together are one."""
    path: list[tuple[int, int]] = []
    for longitude, latitude in points:
        at = projected(longitude, latitude)
        if not path or path[-1] != at:
            path.append(at)
    if len(path) < 4:
        return ""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(path[:-1])]
    return f"M{path[0][0]} {path[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def main(shapes: str) -> None:
    table = json.loads((HERE.parents[1] / "parsers/data/country_table.json").read_text(encoding="utf-8"))
    codes = {alpha3: code for code, (_, alpha3) in table.items() if alpha3}
    paths: dict[str, str] = {}
    for item in shapefile.Reader(shapes, encoding="latin-1").iterShapeRecords():
        name = item.record["name"]
        if name in LEFT_OUT:
            continue
        code = COUNTED_TO.get(name) or codes[item.record["iso_a3"]]
        ends = [*item.shape.parts[1:], len(item.shape.points)]
        for start, end in zip(item.shape.parts, ends, strict=True):
            paths[code] = paths.get(code, "") + ring_path(item.shape.points[start:end])
    with open(HERE / "small_states.csv", encoding="utf-8") as file:
        dots = {row["code"]: projected(float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(file)}
    missing = [code for code, (_, alpha3) in table.items() if alpha3 and not paths.get(code) and code not in dots]
    if missing:
        sys.stderr.write(f"without a shape or a dot: {' '.join(missing)}\n")
    world = {
        "source": "Natural Earth 1:110m countries, public domain; Equal Earth projection; see make_world.py",
        "width": WIDTH,
        "height": HEIGHT,
        "paths": {code: path for code, path in sorted(paths.items()) if path},
        "dots": {code: at for code, at in sorted(dots.items()) if not paths.get(code)},
    }
    (HERE / "world.json").write_text(json.dumps(world, indent=0).replace(",\n", ",") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
