"""Pages read for a person: from a file, an address, or a folder of labelled ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from flows.errors import BadRequest
from flows.within import parse_within
from parsers.errors import ParseError
from parsers.evaluate import Case
from parsers.parsed import Parsed
from parsers.regime import RegimeProfile
from sources import load_regimes, profile_of


def bytes_of(path: Path) -> bytes:
    """A file's bytes. Raises `BadRequest` for one that cannot be read."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise BadRequest(f"{path}: is a folder; name the files in it") from None
    except OSError as error:
        raise BadRequest(f"{path}: cannot be read ({error.strerror}); check the path") from None


def read_page(
    page: str, profile: RegimeProfile, *, url: str | None = None, allow_private: tuple[str, ...] = ()
) -> Parsed:
    """The record of a file or of an address. Raises `BadRequest` or `ParseError` naming the page."""
    content_type = None
    if page.startswith(("http://", "https://")):
        from fetchers.fetcher import Fetcher
        from fetchers.settings import settings_from_environment

        with Fetcher(settings_from_environment(frozenset(allow_private)), archive=lambda _: "") as fetcher:
            result = fetcher.get(page)
        if result.error is not None or result.body is None:
            raise BadRequest(result.error or f"{page}: answered without a body; check the address")
        body, url, content_type = result.body, url or result.final_url, result.content_type
    else:
        body = bytes_of(Path(page))
    try:
        return parse_within(body, regime=profile, url=url, content_type=content_type)
    except ParseError as error:
        raise BadRequest(f"{page}: {error}") from error


_PAGES = (".html", ".htm", ".txt", ".md", ".pdf", ".docx")


def cases_of(folder: Path, config: Path | None) -> Iterator[Case]:
    """The labelled pages of a folder with their records: each page beside the ``.json`` of its name.

    A regime that no declaration knows is read by the general rules. Raises `BadRequest`.
    """
    if not folder.is_dir():
        raise BadRequest(f"{folder}: not a folder; name one with pages beside their .json labels")
    profiles = {c.regime: c.profile() for c in load_regimes(config)}
    labels = sorted(folder.glob("*.json"))
    if not labels:
        raise BadRequest(f"{folder}: holds no .json labels; put each beside its page")
    for file in labels:
        page = next((file.with_suffix(s) for s in _PAGES if file.with_suffix(s).exists()), None)
        if page is None:
            raise BadRequest(f"{file}: has no page beside it; put one of {', '.join(_PAGES)} there")
        try:
            label = json.loads(bytes_of(file))
        except ValueError as error:
            raise BadRequest(f"{file}: not JSON ({error}); correct it") from None
        if not isinstance(label, dict):
            raise BadRequest(f"{file}: not a JSON object; write the record's form")
        regime = str(label.get("regime") or "")
        if not regime:
            raise BadRequest(f'{file}: names no regime; add "regime"')
        profile = profiles.get(regime) or profile_of(regime, beside=profiles.values())
        try:
            parsed = parse_within(bytes_of(page), regime=profile, url=label.get("url"))
        except ParseError as error:
            raise BadRequest(f"{page}: {error}") from error
        yield Case(file.stem, parsed.record, label)
