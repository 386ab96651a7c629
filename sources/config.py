"""The declaration of one regime, as its YAML says it. `docs/sources.md` explains every key for those who write one.

Models refuse what they do not know: a misspelt key is an error, never a default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from croniter import croniter
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    field_validator,
    model_validator,
)

from parsers.declaration import LENGTH, check_timezone, length, one_or_many
from parsers.regime import RegimeProfile
from sources.address import check_file_address, check_web_address
from sources.patterns import check_pattern
from sources.profile import profile_of

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
WebAddress = Annotated[str, AfterValidator(check_web_address)]
Pattern = Annotated[str, AfterValidator(check_pattern)]
Words = Annotated[str, Field(min_length=1, max_length=200)]
OneOrMany = Annotated[tuple[Words, ...], BeforeValidator(one_or_many)]
_LANGUAGE = re.compile(r"[a-z]{2,3}")
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class Kind(StrEnum):
    """What a source's address leads to: a list of addresses, or a document. A `page` is a
    document that is no statement of the regime's, such as background or another's report: a change of it is a signal."""

    INDEX = "index"
    STATEMENT = "statement"
    PAGE = "page"
    MEMBERS = "members"
    FEED = "feed"
    SITEMAP = "sitemap"
    FILE = "file"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _by_language(value: object) -> object:
    """Names under their languages; those that stand under none are English."""
    if not isinstance(value, str | list | tuple | dict):
        raise ValueError(f"{value!r} is no name; write names in [brackets], or a list under each language")
    names = value if isinstance(value, dict) else {"en": one_or_many(value)}
    for language in names:
        if not _LANGUAGE.fullmatch(str(language)):
            raise ValueError(f"{language!r} is no language; write its code in small letters, such as fr")
    return names


class Range(_Model):
    """How many there are to be, both ends included; a page outside it is held for review."""

    min: int = Field(default=0, ge=0)
    max: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise ValueError(f"max {self.max} is below min {self.min}; swap them")
        return self


class Expects(_Model):
    """What a healthy page of the regime states."""

    members: Range | None = None


class Schedule(_Model):
    """When the regime is watched: five cron fields, read in an IANA timezone."""

    cron: str = "0 */6 * * *"
    timezone: Annotated[str, AfterValidator(check_timezone)] = "Etc/UTC"

    @field_validator("cron")
    @classmethod
    def _cron_parses(cls, value: str) -> str:
        if len(value.split()) != 5 or not croniter.is_valid(value):
            raise ValueError(f"{value!r} is not a cron expression; write five fields, such as '0 */6 * * *'")
        return value


class MirrorsOf(_Model):
    """What a source is another copy of: a plenary by its ordinal, or another source of the regime by its id."""

    plenary: int | None = Field(default=None, ge=1, le=999)
    source: Slug | None = None

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.plenary is None) == (self.source is None):
            raise ValueError("mirrors_of takes either plenary or source; give one of the two")
        return self


class SourceConfig(_Model):
    """One declared entry point.

    `follow` and `ignore` choose among the links of an index, a feed or a sitemap. `depth` is how many levels of
    index pages are walked, `max_pages` how many pages of one paged index (or sitemaps of one tree), `max_links`
    how many documents one look may find. `rhythm` is the longest time in which the source is to answer well at
    least once (``12h``, ``3d``, ``2w``), for the blindness state. `verified` is True for an address that somebody saw
    answer with the right content, else False or ``unverified``. `selector` is a CSS selector of the part of the
    page that holds the content or the links. `note` is for people.
    """

    id: Slug
    kind: Kind
    url: str
    follow: Annotated[tuple[Pattern, ...], BeforeValidator(one_or_many)] = ()
    ignore: Annotated[tuple[Pattern, ...], BeforeValidator(one_or_many)] = ()
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    mirrors_of: MirrorsOf | None = None
    verified: bool | Literal["unverified"] = "unverified"
    selector: Words | None = None
    depth: int = Field(default=1, ge=1, le=5)
    max_pages: int = Field(default=10, ge=1, le=1000)
    max_links: int = Field(default=500, ge=1, le=50_000)
    rhythm: Annotated[str, Field(pattern=LENGTH)] | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _address_fits_kind(self) -> Self:
        check = check_file_address if self.kind is Kind.FILE else check_web_address
        check(self.url)
        return self

    @property
    def is_verified(self) -> bool:
        """Whether somebody saw the address answer with the right content."""
        return self.verified is True

    @property
    def longest_silence(self) -> timedelta | None:
        """The `rhythm` as a time, or None where the declaration leaves it out."""
        return length(self.rhythm) if self.rhythm else None

    @property
    def lists_others(self) -> bool:
        """Whether the source is a list of addresses and no document itself."""
        return self.kind in (Kind.INDEX, Kind.FEED, Kind.SITEMAP)


class RegimeConfig(_Model):
    """One regime: what it is called, what it expects, when it is watched, and where."""

    regime: Slug
    name: Words
    names: Annotated[dict[Language, OneOrMany], BeforeValidator(_by_language)] = {}
    abbreviation: Words | None = None
    homepage: WebAddress | None = None
    members_called: OneOrMany = ("members",)
    expects: Expects = Expects()
    schedule: Schedule = Schedule()
    sources: tuple[SourceConfig, ...] = Field(min_length=1)
    _beside: tuple[RegimeProfile, ...] = PrivateAttr(())

    @model_validator(mode="after")
    def _sources_agree(self) -> Self:
        ids = {source.id for source in self.sources}
        for source in self.sources:
            other = source.mirrors_of.source if source.mirrors_of else None
            if other is not None and (other not in ids or other == source.id):
                raise ValueError(f"source {source.id!r} mirrors {other!r}, which is no other source of the regime")
        return self

    def profile(self) -> RegimeProfile:
        """What the parser may know of the regime."""
        names = tuple(name for language in self.names.values() for name in language)
        extra = (*names, self.abbreviation) if self.abbreviation else names
        called = self.members_called
        return profile_of(self.regime, self.name, names=extra, members_called=called, beside=self._beside)

    def among(self, profiles: Iterable[RegimeProfile]) -> Self:
        """The regime as one that knows those *profiles* by their names, its own apart."""
        knowing = self.model_copy()
        knowing._beside = tuple(profile for profile in profiles if profile.id != self.regime)
        return knowing
