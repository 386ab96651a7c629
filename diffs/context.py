"""What a comparison may know beside the new record: the regime's history, as plain values."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from parsers.record import Record


class Standing(Struct, frozen=True):
    """That a state is a member as known now: its name as last listed, and how many times it had joined before."""

    name: str
    epoch: int = 0


class Context(Struct, frozen=True, kw_only=True):
    """What is known when a new version of a page arrives.

    `previous` is the version before at the same address, `versions` how many there were, so that an edit made
    again after it was taken back is another edit; `prior` the last statement on the plenary before
    this one; `same_plenary` other pages on this plenary. `members` are the members as known now, `past` how
    often a state that is none now has been one. `cited` are the symbols of all resolutions the regime ever
    cited, `decided` the membership decisions already known, as "kind:country". `expects` are the bounds on
    the number of members. A `baseline` makes history and no changes.
    """

    regime: str
    source_kind: str = "statement"
    url: str | None = None
    observed_at: datetime
    baseline: bool = False
    previous: Record | None = None
    previous_hash: str | None = None
    versions: int = 0
    after_hash: str | None = None
    plenary: str | None = None
    prior: Record | None = None
    prior_label: str | None = None
    plenary_known: bool = False
    is_latest: bool = True
    same_plenary: tuple[Record, ...] = ()
    members: dict[str, Standing] = {}
    past: dict[str, int] = {}
    cited: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    adherents: frozenset[str] = frozenset()
    observers: frozenset[str] = frozenset()
    expects_min: int | None = None
    expects_max: int | None = None
