"""Country groups of a state's export law that follow the regimes, as a table declares them."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct

from parsers.countries import display_name
from reports.errors import BadTable


class Footnote(Struct, frozen=True, forbid_unknown_fields=True):
    """States that a group leaves out although they belong to the regime, and where that is said."""

    countries: tuple[str, ...]
    why: str


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """A column of the table: the regime that it follows, the states it lists, those it leaves out and says so, and
    those of which the table says nothing."""

    id: str
    title: str
    regime: str
    countries: tuple[str, ...]
    exceptions: tuple[Footnote, ...] = ()
    undeclared: tuple[str, ...] = ()


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """The declared groups, with where they come from, the day as of which they hold, and how that was checked."""

    name: str
    source: str
    as_of: date
    checked: str
    groups: tuple[Group, ...]
    url: str | None = None


_decoder = msgspec.json.Decoder(Table)


def packaged() -> Table:
    """The table that comes with the program."""
    name = "country_groups.yaml"
    return _table((files("reports") / "data" / name).read_text(encoding="utf-8"), name)


def table_from(path: Path) -> Table:
    """The table of a file. Raises `BadTable`."""
    try:
        return _table(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadTable(f"{path}: cannot be read ({error}); name a YAML file of country groups") from error


def _table(text: str, name: str) -> Table:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        table = _decoder.decode(msgspec.json.encode(YAML(typ="safe", pure=True).load(text)))
    except (YAMLError, msgspec.MsgspecError, TypeError) as error:
        raise BadTable(f"{name}: is no table of country groups ({error}); see docs/reports.md") from error
    for group in table.groups:
        excepted = [code for exception in group.exceptions for code in exception.countries]
        told = [*group.countries, *excepted, *group.undeclared]
        if twice := sorted({code for code in told if told.count(code) > 1}):
            raise BadTable(f"{name}: {group.id} names {', '.join(twice)} twice; a state stands in one list of a group")
        if unknown := sorted({code for code in told if display_name(code) == code}):
            raise BadTable(f"{name}: {group.id} names {', '.join(unknown)}, no code of a state; write ISO 3166 alpha-2")
    return table
