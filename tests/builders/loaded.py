"""What a forked `plenarywatch` finds loaded already: the commands' modules, and the phrases that a first page compiles.

Nothing of the engine: it reads its settings when it is loaded.
"""

import flows.ingesting
import flows.keeping
import flows.running  # noqa: F401
from flows.demo.server import SITE
from parsers.parse import parse
from sources import load_regimes, regime_named

_regime = regime_named(load_regimes(), "mtcr").profile()
for _page in sorted((SITE / "day-0").rglob("*.html")):
    parse(_page.read_bytes(), regime=_regime, url="https://example.org/")
