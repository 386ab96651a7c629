"""How a page is made of a template: its filters, its links, and the files beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from diffs.change import Change
from diffs.display import shown
from diffs.sentence import regime_name, say
from parsers.countries import display_name
from reports.folder import SiteFolder
from reports.links import Addresses, host, outward
from reports.memberships import begun
from reports.passages import Passage, Passages
from reports.policy import POLICY
from reports.tables import as_csv

# More regimes than this stand on the front page alone, not in the head of every page.
_IN_HEAD = 8
# A sentence in a list is cut after so many characters; its own page has all of it.
_LINE = 260
# The files that every page needs, as they are.
STATIC = ("style.css", "site.js", "search.js")


class Pages:
    """The pages of one building: each is written under its name from the site's root."""

    def __init__(self, out: SiteFolder, regimes: Sequence[str], addresses: Addresses, passages: Passages) -> None:
        self._out = out
        self._addresses = addresses
        self._passages = passages
        self._regimes = tuple(regimes)
        self._env = Environment(
            loader=PackageLoader("reports"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters |= {
            "say": lambda change: shown(say(change)),
            "line": lambda change: clipped(shown(say(change))),
            "clip": lambda text: clipped(shown(text)),
            "state": lambda code: shown(display_name(code)),
            "shown": lambda value: shown(str(value)),
            "when": when,
            "day": day,
            "words": lambda text: shown(str(text)).replace("_", " "),
            "outward": outward,
            "stated_at": addresses.membership,
            "begun": lambda membership: begun(membership, addresses.versions),
            "host": host,
        }
        self._env.globals |= {
            "policy": Markup(POLICY),  # noqa: S704 (a constant of ours)
            "regime_name": called,
            "the_regime": named,
            "plenary_page": addresses.plenary,
            "country_page": addresses.country,
            "words_of": passages.first,
            "passage_page": addresses.passage,
            "text_page": addresses.texts.get,
            "nav": self._regimes[:_IN_HEAD],
            "all_regimes": self._regimes,
            "more_regimes": len(self._regimes) > _IN_HEAD,
        }

    def page(self, name: str, template: str, **values: object) -> None:
        """The page *name* of *template* with these values."""
        self._out.write(name, self._rendered(name, template, values))

    def page_if(self, name: str, template: str, made_of: object, values: Callable[[], dict[str, object]]) -> None:
        """The same for values that are costly: made only where *made_of*, or this program, is another."""
        material = msgspec.json.encode([program(), self._regimes, made_of])
        self._out.write_if(name, material, lambda: self._rendered(name, template, values()))

    def quoted(self, changes: Iterable[Change]) -> list[tuple[Passage | None, str | None]]:
        """The words that a list of these changes shows, and where each leads: part of what such a page is made of."""
        found = [self._passages.first(change) for change in changes]
        return [(passage, self._addresses.passage(passage) if passage else None) for passage in found]

    def _rendered(self, name: str, template: str, values: dict[str, object]) -> str:
        root = "/".join([".."] * name.count("/")) or "."
        return self._env.get_template(template).render(root=root, here=name, **values) + "\n"

    def json(self, name: str, value: object) -> None:
        """``api/v1/name`` as JSON."""
        self._out.write(f"api/v1/{name}", msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n")

    def csv(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """``api/v1/name`` as CSV."""
        self._out.write(f"api/v1/{name}", as_csv(columns, rows))

    def file(self, name: str, text: str) -> None:
        """Any other file."""
        self._out.write(name, text)

    def static(self) -> None:
        """The style and the scripts."""
        for name in STATIC:
            self._out.write(name, (files("reports") / "static" / name).read_text(encoding="utf-8"))


@cache
def program() -> str:
    """The hash of everything that makes a page what it is: our code, our templates, our tables."""
    digest = blake2b(digest_size=16)
    for room in ("reports", "diffs", "parsers"):
        root = Path(str(files(room)))
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def named(regime: str) -> str:
    """A regime's name inside a sentence."""
    return shown(regime_name(regime))


def called(regime: str) -> str:
    """A regime's name as a heading has it."""
    name = named(regime)
    return name[0].upper() + name[1:]


def clipped(text: str) -> str:
    """*text* as one line of a list."""
    return text if len(text) <= _LINE else text[: _LINE - 1] + "…"


def when(value: datetime | None) -> str:
    """A moment for a reader."""
    return value.strftime("%-d %B %Y, %H:%M UTC") if value else "never"


def day(value: date | datetime | None) -> str:
    """A day for a reader."""
    return f"{value.day} {value.strftime('%B %Y')}" if value else ""


def change_row(change: Change) -> tuple[object, ...]:
    """A change as a row of `CHANGE_COLUMNS`."""
    return (
        change.observed_at, change.regime, change.severity, change.kind, change.subject, change.plenary, change.prior,
        change.status, say(change), change.url, change.key,
    )  # fmt: skip


CHANGE_COLUMNS = (
    "seen", "regime", "severity", "kind", "subject", "plenary", "prior", "status", "sentence", "source", "key",
)  # fmt: skip
