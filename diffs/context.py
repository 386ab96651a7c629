"""What a comparison may know beside the new record: the regime's history, as plain values."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from diffs.facts import WordingFact
from parsers.record import Record


class Standing(Struct, frozen=True):
    """That a state is a member as known now: its name as last listed, how many times it had joined before, and the
    first day on which it is known to have been one."""

    name: str
    epoch: int = 0
    since: date | None = None


class Context(Struct, frozen=True, kw_only=True):
    """What is known when a new version of a page arrives.

    `previous` is the version before at the same address, `versions` how many there were, so that an edit made
    again after it was taken back is another edit, and `believed` how many of them are not held, so that a drift is
    told once while it lasts and again when it comes back. `same_form_apart` says that the version before differs in
    form alone (its list is a table now, its sentences are the same), `cut_off` that this one is the version before
    up to a place. `earlier` are the hashes of all texts that stood there before, `trusted` says that a person has
    looked at this version and believes it. `lists` are the lists of members that stood there before, oldest first, as
    the codes of their states; they are left out where the page lists the members known.

    `wording` is what the redline against `previous`, or of a new statement against `prior`, means. `last_said` holds
    for what statements cite, name or speak of, as "field:subject", the label of the last plenary before this one at
    which it was said. `anchored` says that as many members were once known as a page stated, so that
    those who joined and left since make the number that there must be.

    `prior` is the last statement on the plenary before this one, `same_plenary` are other pages on this plenary.
    `members` are the members as known now, `past` how often a state that is none now has been one, `joining` and
    `leaving` the states whose joining or departure is held for review. `cited` are the numbers of all resolutions the regime ever cited,
    `decided` the membership decisions already known, as "kind:country:plenary", `count` the number of members that
    was stated last on any page and `counted` how often it was another than before. `expects_min` and `expects_max` are
    the bounds on the number of members.
    """

    regime: str
    source_kind: str = "statement"
    url: str | None = None
    observed_at: datetime
    previous: Record | None = None
    previous_hash: str | None = None
    earlier: frozenset[str] = frozenset()
    lists: tuple[frozenset[str], ...] = ()
    trusted: bool = False
    versions: int = 0
    believed: int = 0
    after_hash: str | None = None
    plenary: str | None = None
    prior: Record | None = None
    prior_label: str | None = None
    plenary_known: bool = False
    is_latest: bool = True
    same_plenary: tuple[Record, ...] = ()
    members: dict[str, Standing] = {}
    past: dict[str, int] = {}
    joining: frozenset[str] = frozenset()
    leaving: frozenset[str] = frozenset()
    cited: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    count: int | None = None
    counted: int = 0
    same_form_apart: bool = False
    cut_off: bool = False
    adherents: frozenset[str] = frozenset()
    observers: frozenset[str] = frozenset()
    wording: tuple[WordingFact, ...] = ()
    last_said: dict[str, str] = {}
    anchored: bool = False
    expects_min: int | None = None
    expects_max: int | None = None
