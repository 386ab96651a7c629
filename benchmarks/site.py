"""What building the site costs: from nothing, again with nothing new, again with one change more.

``python benchmarks/site.py`` fills a store with 10,000 changes and 500 plenaries (``--changes``, ``--plenaries``), every
statement of some 1,000 words that repeats most of the one before, every fifth page edited once, and builds the site
in a process of its own each time. Beside it stands plain Jinja2 in the same run: as many pages as the site has, of a
small template, written one after the other, with no record read, no redline, no search, no data beside it (its process loads the same modules). Times are
wall times of whole processes in seconds, memory is the most that one held, in MB; ``--json`` prints the figures alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diffs.change import BothSides, Change, ChangeKind, Severity, change_key
from parsers.document import Block, Document, Role
from parsers.record import Concern, Evidence, Kind, Member, Officer, OfficerRole, Plenary, Record, Resolution
from reports.site import build
from storage import Store
from storage.values import Attempt
from storage.writing import Writer

# What the site holds itself to at 10,000 changes and 500 plenaries.
SECONDS, MEGABYTES, FRONT_KB = 60, 500, 300
REGIMES = ("ag", "hcoc", "mtcr", "nsg", "wa", "zc")
_CODES = "AR AU AT BE BR BG CA CZ DK FI FR DE GR HU IS IE IN IT JP LU NL NZ NO PL PT KR RU ZA ES SE CH TR UA GB US"
_PROSE = (
    "the partners agreed noted export licensing should may shall technology control transfers missile annex states"
    " guidelines items outreach proliferation concern information exchange experts meeting adopted view of and in on"
    " intangible brokering transit catch-all end-use delivery systems risks national legislation chair hosted plenary"
)
WORDS = _PROSE.split()
STATES = _CODES.split()
BEGAN = datetime(1987, 4, 16, tzinfo=UTC)
PLAIN = (
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>{% for key, value in values.items() %}"
    "<p>{{ key }}: {{ value }}</p>{% endfor %}"
)


def statements(count: int, chance: random.Random) -> Iterator[tuple[str, int, list[str]]]:
    """Regime, ordinal and paragraphs: each regime's next statement rewords, drops and adds a few of its last."""
    last: dict[str, list[str]] = {}
    for number in range(count):
        regime = REGIMES[number % len(REGIMES)]
        text = list(last.get(regime) or [_paragraph(chance) for _ in range(25)])
        for _ in range(6):
            at = chance.randrange(len(text))
            words = text[at].split()
            words[chance.randrange(len(words))] = chance.choice(WORDS)
            text[at] = " ".join(words)
        text[chance.randrange(len(text))] = _paragraph(chance)
        last[regime] = text
        yield regime, 1 + number // len(REGIMES), text


def _paragraph(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=40)).capitalize() + "."


def fill(store: Store, plenaries: int, changes: int) -> None:
    """The store as years of watching leave it."""
    chance = random.Random(7)
    with store.writing() as w:
        run = w.begin_run("monitor", BEGAN)
        for number, (regime, ordinal, text) in enumerate(statements(plenaries, chance)):
            held = BEGAN.date() + timedelta(days=200 * (number // len(REGIMES)))
            _observe(w, run, regime, ordinal, held, text, number)
            if number % 5 == 0:
                _observe(w, run, regime, ordinal, held, [text[0].replace("the", "any", 1), *text[1:]], number)
        for regime in REGIMES:
            _list_members(w, run, regime, chance)
        w.save_changes(run, list(made(changes, plenaries, chance)), None)
        w.end_run(run, "completed", "", BEGAN + timedelta(days=9_000))


def _observe(w: Writer, run: str, regime: str, ordinal: int, held: date, text: list[str], number: int) -> None:
    document = Document("html", tuple(Block(Role.PARAGRAPH, line) for line in text), language="en")
    record = Record(
        regime=regime,
        kind=Kind.STATEMENT,
        language="en",
        plenary=Plenary(ordinal, "Oslo", "NO", held, held + timedelta(days=2)),
        officers=(Officer(OfficerRole.CHAIR, f"Chair {ordinal}", "Ambassador", "NO"),),
        resolutions=(Resolution(1540, 2004, "S/RES/1540 (2004)"), Resolution(1700 + ordinal, 2006, f"S/RES/{ordinal}")),
        concerns=(Concern("IR"), Concern("KP"), Concern(region="Middle East")),
        evidence={f"/concerns/{i}": (Evidence(i, 0, 9, text[i][:9]),) for i in range(3)},
        parser="benchmark",
    )
    _version(w, run, f"plenary-{ordinal}", record, document, number)


def _list_members(w: Writer, run: str, regime: str, chance: random.Random) -> None:
    members = tuple(Member(code, code, str(1987 + chance.randrange(30))) for code in STATES)
    record = Record(regime=regime, kind=Kind.MEMBERS, members=members, parser="benchmark")
    document = Document("html", (Block(Role.PARAGRAPH, _CODES),), language="en")
    version = _version(w, run, "members", record, document, 0)
    w.members_listed(record, version, stated_on=date(2020, 1, 1), now=BEGAN)


def _version(w: Writer, run: str, name: str, record: Record, document: Document, number: int) -> int:
    now = BEGAN + timedelta(minutes=number)
    url = f"https://{record.regime}.example/{name}"
    source = w.found_source(record.regime, name, "statement", url, baseline=True, now=now)
    sha256 = hashlib.sha256(document.text.encode()).hexdigest()
    fetch = w.fetch(run, source.id, Attempt(url, url, 200, "good", now, sha256=sha256, size=9))
    return w.save_version(
        source, fetch, sha256=sha256, url=url, content_type="text/html", document=document, record=record, now=now
    ).id


def made(count: int, plenaries: int, chance: random.Random) -> Iterator[Change]:
    """Changes of several kinds over the years, each with the words of both sides."""
    kinds = (ChangeKind.CONCERN_ADDED, ChangeKind.TOPIC_ADDED, ChangeKind.RESOLUTION_CITED, ChangeKind.MEMBER_JOINED)
    quote = Evidence(0, 0, 9, "The words that say it, some sixty characters of a statement.")
    for number in range(count):
        regime, kind = chance.choice(REGIMES), kinds[number % len(kinds)]
        subject = chance.choice(STATES) if kind in (kinds[0], kinds[3]) else f"S/RES/{number}"
        ordinal = 1 + chance.randrange(max(1, plenaries // len(REGIMES)))
        yield Change(
            key=change_key(kind, regime, subject, number), kind=kind, severity=list(Severity)[number % 3], regime=regime,
            subject=subject, plenary=ordinal, prior=ordinal - 1 or None, after={"country": subject},
            evidence=BothSides((), (quote,)), url=f"https://{regime}.example/plenary-{ordinal}",
            observed_at=BEGAN + timedelta(days=number % 9_000),
        )  # fmt: skip


def plain(folder: Path, pages: int) -> None:
    """As many small pages by Jinja2 alone."""
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(PLAIN)
    folder.mkdir(parents=True)
    for number in range(pages):
        values = {f"key {i}": f"The words of value {i} of page {number}" for i in range(12)}
        (folder / f"{number}.html").write_text(template.render(title=f"Page {number}", values=values), encoding="utf-8")


def measured(*arguments: str) -> tuple[float, float]:
    """Seconds and MB of one of the steps below, in a process of its own."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True)
    return time.perf_counter() - began, float(done.stdout)


def step(name: str, home: Path, pages: int) -> None:
    """One step in this process; prints the most memory it held, in MB."""
    if name == "plain":
        plain(home / "plain", pages)
    else:
        with Store.open(f"sqlite:///{home / 'store.db'}") as store:
            build(store, home / "site", BEGAN + timedelta(days=9_000))
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--changes", type=int, default=10_000)
    options.add_argument("--plenaries", type=int, default=500)
    options.add_argument("--json", action="store_true")
    options.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.step:
        step(chosen.step[0], Path(chosen.step[1]), int(chosen.step[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = run(Path(folder), chosen.plenaries, chosen.changes)
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return
    print(f"{chosen.changes} changes, {chosen.plenaries} plenaries: {figures['pages']} pages, {figures['files']} files")
    for name in ("from nothing", "nothing new", "one change more", "plain Jinja2"):
        row = figures[name]
        print(f"  {name:<16} {row['seconds']:6.1f} s  {row['MB']:5.0f} MB  {row['written']:6} files written")
    print(f"  against plain Jinja2: {figures['ratio']:.1f} times its time")
    print(f"  front page {figures['front KB']:.0f} KB; goals: {SECONDS} s, {MEGABYTES} MB, {FRONT_KB} KB")


def run(home: Path, plenaries: int, changes: int) -> dict[str, object]:
    """All figures."""
    site = home / "site"
    with Store.open(f"sqlite:///{home / 'store.db'}") as store:
        fill(store, plenaries, changes)
    figures: dict[str, object] = {}
    before: dict[Path, int] = {}
    for name in ("from nothing", "nothing new", "one change more"):
        if name == "one change more":
            with Store.open(f"sqlite:///{home / 'store.db'}") as store, store.writing() as w:
                (newest,) = made(1, plenaries, random.Random(8))
                w.save_changes(w.begin_run("monitor", BEGAN), [newest], None)
        seconds, megabytes = measured("--step", "site", str(home), "0")
        after = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
        written = sum(1 for path, at in after.items() if before.get(path) != at)
        figures[name] = {"seconds": round(seconds, 2), "MB": round(megabytes), "written": written}
        before = after
    pages = sum(1 for path in before if path.suffix == ".html")
    seconds, megabytes = measured("--step", "plain", str(home), str(pages))
    figures["plain Jinja2"] = {"seconds": round(seconds, 2), "MB": round(megabytes), "written": pages}
    first = figures["from nothing"]
    assert isinstance(first, dict)
    return figures | {
        "pages": pages,
        "files": len(before),
        "ratio": round(first["seconds"] / seconds, 2),
        "front KB": round((site / "index.html").stat().st_size / 1024),
    }


if __name__ == "__main__":
    main()
