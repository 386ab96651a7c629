"""What was saved of the web elsewhere: the records of WARC files, and pages in folders as wget lays them.

A page in a folder stands under its host and path (``wget --force-directories``), where wanted below a folder of the
time it was captured, ``20110418`` or ``20110418120000``; without one, its file's time counts.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from fetchers.addresses import is_web_address
from fetchers.captures import Capture, since_year, without_repeats
from fetchers.discover import twin_key
from fetchers.errors import BadSaved
from fetchers.result import FetchResult

WARCS = (".warc", ".warc.gz", ".arc", ".arc.gz")
# What may be a page: HTML, text, PDF, DOCX; and a name without an ending, which servers give too.
PAGES = ("", ".html", ".htm", ".xhtml", ".txt", ".md", ".pdf", ".docx")
_READABLE = ("text/html", "text/plain", "application/pdf", "application/xhtml", "application/vnd.openxml")
_TIME = re.compile(r"(?:19|20)\d{6}(?:\d{6})?")


class Saved(NamedTuple):
    """One page as it was saved: when, of which address, as what, and where its bytes are. *digest* tells its bytes
    from others; *offset* is that of its record, in bytes, or None where the file is the page itself."""

    at: datetime
    url: str
    path: Path
    offset: int | None
    digest: str
    content_type: str | None = None


class SavedPages:
    """WARC files and folders of saved pages; *archive* keeps a body of at most *most* bytes and gives its SHA-256."""

    def __init__(self, paths: Iterable[Path], *, archive: Callable[[bytes], str], most: int) -> None:
        self._archive, self._most = archive, most
        self._saved: dict[str, dict[Capture, Saved]] = {}
        for saved in saved_in(paths):
            capture = Capture(saved.at, saved.url, saved.url, saved.digest)
            self._saved.setdefault(_page(saved.url), {})[capture] = saved

    def captures_of(self, url: str, since: int | None = None) -> list[Capture]:
        return since_year(without_repeats(self._saved.get(_page(url), ())), since)

    def get(self, capture: Capture) -> FetchResult:
        saved = self._saved[_page(capture.url)][capture]
        result = FetchResult(url=capture.url, final_url=capture.original, fetched_at=capture.at, status=200)
        try:
            body = body_of(saved, self._most)
        except BadSaved as error:
            return replace(result, status=None, error=str(error), error_kind="saved")
        return replace(result, body=body, content_type=saved.content_type, sha256=self._archive(body) if body else None)


def _page(url: str) -> str:
    """What the twins of an address share, the ending that a saved page was given left aside."""
    return twin_key(url).removesuffix(".html")


def saved_in(paths: Iterable[Path]) -> list[Saved]:
    """The pages under *paths*, WARC files or folders, oldest first. Raises `BadSaved` for what cannot be read."""
    found: list[Saved] = []
    first: dict[str, Saved] = {}
    for root in paths:
        for path in files_under(root):
            if path.name.endswith(WARCS):
                found.extend(records_of(path, first))
            elif (page := _laid_by_wget(path, root)) is not None:
                found.append(page)
    return sorted(found, key=lambda saved: saved.at)


def files_under(path: Path) -> list[Path]:
    """A file, or the WARC files and pages under a folder, hidden ones left out. Raises `BadSaved`."""
    if not path.exists():
        raise BadSaved(f"{path}: is not there; check the path")
    if not path.is_dir():
        return [path]
    found = [
        file
        for file in sorted(path.rglob("*"))
        if file.is_file()
        and (file.name.endswith(WARCS) or file.suffix.lower() in PAGES)
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    ]
    if not found:
        raise BadSaved(f"{path}: holds no WARC file and no page; name a folder that does")
    return found


def records_of(path: Path, first: dict[str, Saved] | None = None) -> Iterator[Saved]:
    """The readable pages that a WARC file holds, in its order.

    A revisit stands for the bytes that it repeats; *first* remembers where each was seen, over several files. One
    whose bytes are in none of them is left out. Raises `BadSaved`.
    """
    first = {} if first is None else first
    with _opened(path) as file:
        records = ArchiveIterator(file, arc2warc=True)
        for record in records:
            saved = _saved(path, records.get_record_offset(), record)
            if saved is None:
                continue
            if record.rec_type != "revisit":
                first.setdefault(saved.digest, saved)
                yield saved
            elif (same := first.get(saved.digest)) is not None:
                yield same._replace(at=saved.at, url=saved.url)


def body_of(saved: Saved, most: int) -> bytes:
    """The bytes of a saved page, unpacked. Raises `BadSaved` for more than *most* bytes, for a record that ends early,
    and for one whose digest says that it held others."""
    with _opened(saved.path) as file:
        if saved.offset is None:
            body = file.read(most + 1)
        else:
            file.seek(saved.offset)
            record = next(ArchiveIterator(file, arc2warc=True, check_digests="raise"))
            body = record.content_stream().read(most + 1)
            if len(body) <= most and record.raw_stream.limit > 0:
                raise BadSaved(f"{saved.path}: the record of {saved.url} ends early; fetch the file again")
    if len(body) > most:
        raise BadSaved(f"{saved.path}: {saved.url} is larger than {most} bytes; look at it by hand")
    return body


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read, what is wrong with it told in one line."""
    try:
        with open(path, "rb") as file:
            yield file
    except OSError as error:
        raise BadSaved(f"{path}: cannot be read ({error.strerror or error}); check the path") from error
    except (ArchiveLoadFailed, EOFError, StopIteration, zlib.error, ValueError, AttributeError, TypeError) as error:
        line = " ".join(str(error).split()) or "it ends early"
        raise BadSaved(f"{path}: not a WARC that can be read ({line[:200]}); fetch it again") from error


def _saved(path: Path, offset: int, record: ArcWarcRecord) -> Saved | None:
    """What a record holds of a page, or None for what is no page or no answer with it."""
    headers, http = record.rec_headers, record.http_headers
    if record.rec_type not in ("response", "revisit", "resource"):
        return None
    if http is not None and record.rec_type == "response" and http.get_statuscode() != "200":
        return None
    kind = (http or headers).get_header("Content-Type")
    if record.rec_type != "revisit" and kind and not kind.lower().startswith(_READABLE):
        return None
    url, at = (headers.get_header("WARC-Target-URI") or "").strip("<>"), headers.get_header("WARC-Date")
    if not is_web_address(url):
        return None
    digest = headers.get_header("WARC-Payload-Digest") or f"{path}:{offset}"
    return Saved(_moment(at), url, path, offset, digest, kind)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _laid_by_wget(path: Path, root: Path) -> Saved | None:
    """A page in a folder by its host and path, or None where its first folder is no host."""
    parts = list(path.relative_to(root).parts if root != path else path.parts[-1:])
    told = next((part for part in parts[:2] if _TIME.fullmatch(part)), None)
    if told is not None:
        parts.remove(told)
    url = "http://" + "/".join(parts)
    if len(parts) < 2 or "." not in parts[0] or not is_web_address(url):
        return None
    status = path.stat()
    at = (
        datetime.strptime(told.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if told
        else datetime.fromtimestamp(status.st_mtime, UTC)
    )
    return Saved(at, url, path, None, f"{status.st_size}:{status.st_mtime_ns}:{path}")
