"""What a forked `plenarywatch` finds loaded already: the commands' modules, and the phrases that a first page compiles.

Nothing of the engine: it reads its settings when it is loaded.
"""

import gc
import sqlite3  # noqa: F401
from contextlib import suppress

import psutil  # noqa: F401

import flows.cli
import flows.ingesting
import flows.keeping
import flows.limits
import flows.listing
import flows.running
import flows.walking  # noqa: F401
from flows.demo.server import SITE
from parsers.parse import parse
from sources import load_regimes, regime_named

_regime = regime_named(load_regimes(), "mtcr").profile()
for _page in sorted((SITE / "day-0").rglob("*.html")):
    parse(_page.read_bytes(), regime=_regime, url="https://example.org/")
with suppress(ImportError):
    import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401 (an extra)
# What is loaded is no garbage: a child that looks for some would copy every page of it.
gc.collect()
gc.freeze()
