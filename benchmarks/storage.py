"""What storing costs as the database grows: write rate, bytes a version, the as-of question, memory.

``python benchmarks/storage.py`` grows a SQLite database to 10,000 and 100,000 versions; ``--sizes 1000000`` goes
further (about 5 GB); ``--json`` prints JSON alone. Each version is a statement of some 200 words that lists eight
states; every hundredth comes with a change, an alert and memberships.

The database is filled with rows that are inserted many at a time, every hundredth version by the program's own way.
At each size the program then writes 300 more: *single* in a transaction each, synced to disk, as a run writes;
*bulk* in one transaction. The as-of question asks who was a member on a day, as known at a moment, with the
evidence. Memory is the process's peak so far: it stays flat when nothing is held that grows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec
from sqlalchemy import func, insert, select, text

from diffs.change import Change, ChangeKind, Severity
from parsers.document import Block, Document, Role
from parsers.record import Evidence, Kind, Member, Plenary, Record, Resolution, to_json
from storage import Store
from storage import tables as t
from storage.searching import search
from storage.values import Attempt
from storage.writing import Writer, text_hash

_CODES = "AR AU AT BE BR BG CA CZ DK FI FR DE GR HU IS IE IN IT JP LU NL NZ NO PL PT KR RU ZA ES SE CH TR UA GB US"
_PROSE = "the regime met again and agreed that export control of missile technology needs care plenary annex"
STATES, WORDS = _CODES.split(), _PROSE.split()
REGIMES = 40
BEGAN = datetime(2000, 1, 1, tzinfo=UTC)
_BULK = 500
_SAMPLE = 300


def a_page(number: int, chance: random.Random) -> tuple[Document, Record]:
    """A statement of its own, with evidence for what it lists."""
    listed = chance.sample(STATES, 8)
    prose = " ".join(chance.choices(WORDS, k=180))
    blocks = (Block(Role.PARAGRAPH, " ".join(listed)), Block(Role.PARAGRAPH, f"{prose} word{number}"))
    held = date(1990, 1, 1) + timedelta(days=(number // REGIMES) % 12_000)
    return Document("text", blocks), Record(
        regime=f"r{number % REGIMES:02}",
        kind=Kind.STATEMENT,
        plenary=Plenary(ordinal=1 + (number // REGIMES) % 40, start=held, end=held),
        members=tuple(Member(code, code) for code in listed),
        resolutions=(Resolution(1540, 2004, "S/RES/1540 (2004)"),),
        evidence={f"/members/{i}": (Evidence(0, 3 * i, 3 * i + 2, code),) for i, code in enumerate(listed)},
        parser="benchmark",
    )


def write(w: Writer, run: str, number: int, chance: random.Random) -> None:
    """One observation, as a flow writes it."""
    document, record = a_page(number, chance)
    now = BEGAN + timedelta(minutes=number)
    name = f"page-{number % 400}"
    source = w.found_source(record.regime, name, "statement", f"https://example.org/{name}", baseline=False, now=now)
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    fetch = w.fetch(run, source.id, Attempt(source.url, source.url, 200, "good", now, sha256=sha256, size=1000))
    version = w.save_version(
        source, fetch, sha256=sha256, url=source.url, content_type=None, document=document, record=record, now=now
    )
    if number % 100:
        return
    w.members_listed(record, version.id, stated_on=record.plenary.end, now=now)
    change = Change(
        key=f"benchmark-{number}", kind=ChangeKind.TOPIC_ADDED, severity=Severity.INFO, regime=record.regime,
        subject=str(number), observed_at=now,
    )  # fmt: skip
    w.save_changes(run, [change], version.id)
    w.save_alert(change, audience="all", sentence="A topic.", channels=["file"], now=now)


def fill(store: Store, begin: int, end: int) -> None:
    """The versions *begin* to *end*: every hundredth as the program writes it, the others as plain rows."""
    chance = random.Random(begin)
    for at in range(begin, end, _BULK):
        numbers = range(at, min(end, at + _BULK))
        with store.writing() as w:
            run = w.begin_run("benchmark", BEGAN)
            for number in numbers:
                if number % 100 == 0:
                    write(w, run, number, chance)
            _insert(w, run, [number for number in numbers if number % 100], chance)


def _insert(w: Writer, run: str, numbers: list[int], chance: random.Random) -> None:
    """The rows of versions whose regimes and pages `write` has made known."""
    connection = w.session.connection()
    source = dict(w.session.execute(select(t.Source.regime, func.min(t.Source.id)).group_by(t.Source.regime)).all())
    first = {table: (w.session.scalar(select(func.max(table.id))) or 0) + 1 for table in (t.Fetch, t.Record)}
    blobs, fetches, records, words, citations, locators = [], [], [], [], [], []
    for place, number in enumerate(numbers):
        document, record = a_page(number, chance)
        now, sha256 = BEGAN + timedelta(minutes=number), hashlib.sha256(str(number).encode()).hexdigest()
        at, url = source.get(record.regime, 1), f"https://example.org/page-{number % 400}"
        fetch, version = first[t.Fetch] + place, first[t.Record] + place
        digest = text_hash(document)
        blobs.append({"sha256": sha256, "size": 1000, "first_seen": now})
        fetches.append(
            {"id": fetch, "run_id": run, "source_id": at, "url": url, "final_url": url, "hops": "[]", "status": 200,
             "verdict": "good", "headers": "{}", "sha256": sha256, "fetched_at": now, "elapsed": 0.0}
        )  # fmt: skip
        records.append(
            {"id": version, "source_id": at, "fetch_id": fetch, "sha256": sha256, "regime": record.regime,
             "kind": record.kind.value, "url": url, "text_hash": digest, "held": False, "parser": record.parser,
             "record": to_json(record).decode(), "document": msgspec.json.encode(document).decode(), "observed_at": now}
        )  # fmt: skip
        words.append({"id": version, "words": document.text})
        citations.append(
            {"record_id": version, "position": 0, "regime": record.regime, "body": "UNSC", "number": 1540,
             "year": 2004, "symbol": "S/RES/1540 (2004)"}
        )  # fmt: skip
        locators.append({"text_hash": digest, "url": url, "first_seen": now, "record_id": version})
    for table, rows in ((t.Blob, blobs), (t.Fetch, fetches), (t.Record, records)):
        connection.execute(insert(table), rows)
    connection.execute(text("INSERT INTO record_words (rowid, words) VALUES (:id, :words)"), words)
    connection.execute(insert(t.Citation), citations)
    connection.execute(insert(t.Locator), locators)


def many_at_once(store: Store, begin: int) -> float:
    """Versions a second, all in one transaction."""
    chance = random.Random(begin)
    started = time.perf_counter()
    with store.writing() as w:
        run = w.begin_run("benchmark", BEGAN)
        for number in range(begin, begin + _SAMPLE):
            write(w, run, number, chance)
    return _SAMPLE / (time.perf_counter() - started)


def one_by_one(store: Store, begin: int) -> float:
    """Versions a second, each in a transaction of its own."""
    chance = random.Random(begin)
    with store.writing() as w:
        run = w.begin_run("benchmark", BEGAN)
    started = time.perf_counter()
    for number in range(begin, begin + _SAMPLE):
        with store.writing() as w:
            write(w, run, number, chance)
    return _SAMPLE / (time.perf_counter() - started)


def as_of(store: Store, size: int) -> list[float]:
    """Milliseconds that as-of questions take, for days and moments over the whole history."""
    chance = random.Random(size)
    taken = []
    for _ in range(100):
        day = date(1990, 1, 1) + timedelta(days=chance.randrange(12_000))
        moment = BEGAN + timedelta(minutes=chance.randrange(size))
        started = time.perf_counter()
        with store.reading() as r:
            r.members(f"r{chance.randrange(REGIMES):02}", as_of=day, known_at=moment)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def found_word(store: Store, size: int) -> float:
    """Milliseconds until the one version that says a word is found."""
    started = time.perf_counter()
    if len(search(store, f"word{size // 2}")) != 1:
        raise AssertionError("the search found another number of versions than one")
    return 1000 * (time.perf_counter() - started)


def bytes_kept(store: Store) -> int:
    """The size of the database's file."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(str(store.engine.url.database)).stat().st_size


def measure(url: str, sizes: list[int]) -> list[dict[str, float]]:
    """A row of figures for each size."""
    rows: list[dict[str, float]] = []
    with Store.open(url) as store:
        at = 0
        for size in sorted(sizes):
            fill(store, at, size - 2 * _SAMPLE)
            bulk = many_at_once(store, size - 2 * _SAMPLE)
            single = one_by_one(store, size - _SAMPLE)
            at = size
            asked = as_of(store, size)
            rows.append(
                {
                    "versions": size,
                    "bulk_per_second": round(bulk),
                    "single_per_second": round(single),
                    "bytes_a_version": round(bytes_kept(store) / size),
                    "as_of_median_ms": round(statistics.median(asked), 2),
                    "as_of_p99_ms": round(sorted(asked)[98], 2),
                    "search_ms": round(found_word(store, size), 2),
                    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                }
            )
    return rows


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(f"sqlite:///{folder}/benchmark.sqlite", chosen.sizes)
    if chosen.json:
        print(json.dumps({"storage": rows}))
        return
    print("  ".join(f"{name:>17}" for name in rows[0]))
    for row in rows:
        print("  ".join(f"{value:>17,}" for value in row.values()))


if __name__ == "__main__":
    main()
