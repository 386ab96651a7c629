"""One URL fetched politely and completely: archived before anything reads it, bounded in time and size."""

from __future__ import annotations

import email.utils
import logging
import random
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter

from fetchers.errors import AddressRefused
from fetchers.hosts import Pace, Robots
from fetchers.result import SECRET_HEADERS, FetchResult
from fetchers.settings import FetchSettings

_CHUNK = 16 * 1024
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# What may pass by itself: tried again within the run, a bounded number of times.
_PASSING = frozenset((429, 500, 502, 503, 504))


# What it would warn of is in the result.
logging.getLogger("requests_hardened").addHandler(logging.NullHandler())


class _Fault(Exception):
    """A fault of this attempt: its kind, one line, and whether another try may mend it."""

    def __init__(self, kind: str, line: str, *, again: bool = False) -> None:
        super().__init__(line)
        self.kind, self.line, self.again = kind, line, again


class Fetcher:
    """Fetches for one run; share it between threads, close it at the end.

    *archive* keeps a body and returns its SHA-256 before the body is given to anybody. *gate* returns when a
    host may be asked, beside the pace that this fetcher keeps by itself.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        archive: Callable[[bytes], str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        gate: Callable[[str], None] | None = None,
    ) -> None:
        self.settings = settings
        self._archive = archive
        self._clock = clock
        self._local = threading.local()
        self._sessions: list[requests.Session] = []
        self._pace = Pace(lambda host: settings.private_pace if self._is_allowed(host) else settings.pace, gate)
        self._robots = Robots(self._robots_txt, "Plenarywatch")

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> FetchResult:
        """What came of fetching *url*; with validators, a server may answer that nothing changed.

        Raises `AddressRefused` for an address that is not http or https.
        """
        if not _is_web_address(url):
            raise AddressRefused(f"{url}: not a web address; give one that begins with http:// or https://")
        begin = time.monotonic()
        deadline = begin + self.settings.total
        validators = {"If-None-Match": etag or "", "If-Modified-Since": last_modified or ""}
        headers = {name: value for name, value in validators.items() if value}
        hops: list[str] = []
        response: requests.Response | None = None
        body: bytes | None = None
        fault: _Fault | None = None
        at = url
        for attempt in range(self.settings.retries + 1):
            hops, at, fault = [], url, None
            try:
                response, at, body = self._follow(url, headers, deadline, hops)
                if response.status_code not in _PASSING or attempt == self.settings.retries:
                    break
                wait = self._retry_after(response, attempt)
            except _Fault as error:
                fault = error
                if not error.again or attempt == self.settings.retries:
                    break
                wait = self._backoff(attempt)
            if time.monotonic() + wait > deadline:
                break
            time.sleep(wait)
        elapsed = round(time.monotonic() - begin, 4)
        if fault is not None or response is None:
            fault = fault or _Fault("failed", f"{url}: no answer; try again later")
            return FetchResult(
                url=url, final_url=at, fetched_at=self._clock(), hops=tuple(hops), error=fault.line,
                error_kind=fault.kind, elapsed=elapsed,
            )  # fmt: skip
        return self._result(url, at, hops, response, body, elapsed, conditional=bool(headers))

    def _result(
        self,
        url: str,
        at: str,
        hops: list[str],
        response: requests.Response,
        body: bytes | None,
        elapsed: float,
        *,
        conditional: bool,
    ) -> FetchResult:
        status = response.status_code
        kept = {k.lower(): v for k, v in response.headers.items() if k.lower() not in SECRET_HEADERS}
        error, kind = None, None
        if status == 304 and not conditional:
            error, kind = f"{url}: answered 304 though no validator was sent; it will be asked again", "unasked_304"
        elif status >= 400:
            error, kind = (
                f"{url}: answered {status} {response.reason or ''}".rstrip() + "; check the address",
                "http_status",
            )
        elif status in (204, 206):
            error, kind = f"{url}: answered {status}, not the whole page; it will be asked again", "http_status"
        return FetchResult(
            url=url,
            final_url=at,
            fetched_at=self._clock(),
            hops=tuple(hops),
            status=status,
            headers=kept,
            content_type=kept.get("content-type"),
            body=body,
            sha256=self._archive(body) if body else None,
            error=error,
            error_kind=kind,
            elapsed=elapsed,
        )

    def _follow(
        self, url: str, headers: dict[str, str], deadline: float, hops: list[str]
    ) -> tuple[requests.Response, str, bytes | None]:
        """The answer at the end of all redirects, each hop checked like the first."""
        at = url
        while True:
            if self.settings.robots and not self._robots.allows(at):
                raise _Fault("robots", f"{at}: its robots.txt does not allow it; take the source out or ask its owner")
            self._pace.ask(_host(at), self._robots.delay(at) if self.settings.robots else 0.0)
            with self._pace.turn(_host(at)):
                response, body = self._once(at, headers, deadline)
            location = response.headers.get("Location")
            if response.status_code not in _REDIRECTS or not location:
                return response, at, body
            hops.append(at)
            target = _joined(at, location)
            if len(hops) > self.settings.max_hops or target in hops:
                raise _Fault("redirects", f"{url}: redirects without end; check the address")
            if not _is_web_address(target):
                raise _Fault("refused", f"{url}: redirects to {target[:80]!r}, which is no web address")
            at = target

    def _once(self, url: str, headers: dict[str, str], deadline: float) -> tuple[requests.Response, bytes | None]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise _Fault("timeout", f"{url}: not answered within {self.settings.total:g} s; try again later")
        session = self._session()
        try:
            response = session.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(min(self.settings.connect, left), min(self.settings.read, left)),
            )
            try:
                body = self._body(url, response, deadline) if response.status_code != 304 else None
            finally:
                response.close()
        except (InvalidIPAddress, ValueError) as error:  # A ValueError: the address, or one it redirects to, is none.
            if isinstance(error, InvalidIPAddress):
                raise _Fault(
                    "refused", f"{url}: not a public address; say --allow-private {_host(url)} if it is your own"
                ) from error
            raise _Fault("refused", f"{url}: not an address that can be fetched ({error})") from error
        except requests.exceptions.SSLError as error:
            raise _Fault("tls", f"{url}: its certificate is not valid ({_reason(error)}); check the host") from error
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ReadTimeout) as error:
            raise _Fault("timeout", f"{url}: not answered in time; try again later", again=True) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise _Fault(
                "unreachable", f"{url}: cannot be reached ({_reason(error)}); check the address and the network",
                again=True,
            ) from error  # fmt: skip
        return response, body

    def _body(self, url: str, response: requests.Response, deadline: float) -> bytes:
        """The whole body, decoded here so that size, ratio and time are bounded."""
        coding = (response.headers.get("Content-Encoding") or "").lower().strip()
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise _Fault(
                "damaged", f"{url}: compressed in a way that was not asked for ({coding[:20]}); tell its owner"
            )
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 32) if coding in ("gzip", "x-gzip", "deflate") else None
        wire = size = 0
        parts: list[bytes] = []
        for chunk in _arriving(response):
            wire += len(chunk)
            if inflate is not None:
                try:
                    packed, chunk = chunk, b""
                    while packed:
                        if inflate.eof:  # Another member of the same stream (RFC 1952, 2.2).
                            inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
                        chunk += inflate.decompress(packed, self.settings.max_bytes)
                        packed = inflate.unused_data
                except zlib.error as error:
                    raise _Fault("damaged", f"{url}: its compression is broken; try again later", again=True) from error
                if inflate.unconsumed_tail:
                    raise _Fault("too_large", f"{url}: unpacks to more than {self.settings.max_bytes} bytes")
            size += len(chunk)
            parts.append(chunk)
            if size > self.settings.max_bytes or wire > self.settings.max_bytes:
                raise _Fault("too_large", f"{url}: larger than {self.settings.max_bytes} bytes")
            if size > 1_000_000 and size > self.settings.max_ratio * max(1, wire):
                raise _Fault("too_large", f"{url}: unpacks to {size // max(1, wire)} times its size")
            if time.monotonic() > deadline:
                raise _Fault("timeout", f"{url}: not complete within {self.settings.total:g} s; try again later")
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and wire < int(length):
            raise _Fault("truncated", f"{url}: cut off after {wire} of {length} bytes; try again later", again=True)
        if inflate is not None and size and not inflate.eof:
            raise _Fault("truncated", f"{url}: cut off inside its compression; try again later", again=True)
        return b"".join(parts)

    def _retry_after(self, response: requests.Response, attempt: int) -> float:
        """How long the server asks us to wait, in either form, up to the cap; else the backoff."""
        text = response.headers.get("Retry-After", "").strip()
        if text.isdecimal():
            return min(float(text), self.settings.retry_after_cap)
        try:
            moment = email.utils.parsedate_to_datetime(text)
        except (TypeError, ValueError):
            return self._backoff(attempt)
        # A date whose zone is given as "-0000" comes without one; it is UTC (RFC 5322, 3.3).
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return min(max(0.0, (moment - datetime.now(UTC)).total_seconds()), self.settings.retry_after_cap)

    def _backoff(self, attempt: int) -> float:
        return self.settings.backoff * float(2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311 (jitter, no secret)

    def _robots_txt(self, url: str) -> tuple[int | None, bytes | None]:
        try:
            deadline = time.monotonic() + min(15.0, self.settings.total)
            with self._pace.turn(_host(url)):
                response, body = self._once(url, {}, deadline)
        except _Fault as fault:
            # A host that refuses the connection is told by the page's own fetch, in its own words.
            return (404 if fault.kind in ("unreachable", "timeout", "refused", "tls") else None), None
        return response.status_code, body

    def _is_allowed(self, host: str) -> bool:
        return host in self.settings.allow_private or host.rsplit(":", 1)[0] in self.settings.allow_private

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            # Proxies and credentials of the surroundings are not for pages of the world.
            session.trust_env = False
            session.headers.update(
                {
                    "User-Agent": self.settings.user_agent,
                    "Accept-Encoding": "gzip, deflate",
                    "Accept": "text/html,*/*;q=0.8",
                }
            )
            session.mount("http://", IPFilterAdapter(is_https_proto=False))
            session.mount("https://", IPFilterAdapter(is_https_proto=True))
            for host in self.settings.allow_private:
                for scheme in ("http", "https"):
                    session.mount(f"{scheme}://{host}", _OwnHost(host))
            self._local.session = session
            self._sessions.append(session)
        return session

    def close(self) -> None:
        """Give back all connections."""
        for session in self._sessions:
            session.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _OwnHost(HTTPAdapter):
    """Connects to one host that was allowed by name; a longer name that only begins so is refused."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self._allowed = host

    def send(self, request: requests.PreparedRequest, **options: object) -> requests.Response:  # type: ignore[override]
        host = _host(request.url or "")
        if self._allowed not in (host, host.rsplit(":", 1)[0]):
            raise InvalidIPAddress(host)
        return super().send(request, **options)  # type: ignore[arg-type]


def _arriving(response: requests.Response) -> Iterator[bytes]:
    """The body as it arrives, undecoded: no read waits for a whole chunk, so that a deadline can be kept."""
    if response.raw.chunked:
        yield from response.raw.stream(_CHUNK, decode_content=False)
        return
    while chunk := response.raw.read1(_CHUNK, decode_content=False):
        yield chunk


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _joined(base: str, target: str) -> str:
    """*target* as seen from *base*; one that is no address stays as it is."""
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def _host(url: str) -> str:
    return urlsplit(url).netloc.rsplit("@", 1)[-1].lower()


def _reason(error: BaseException) -> str:
    """The innermost cause, in a few words."""
    text = str(error)
    for cause in ("Name or service not known", "Temporary failure in name resolution", "Connection refused", "Network is unreachable",
                  "Connection reset by peer", "certificate verify failed", "No route to host", "IncompleteRead", "timed out"):  # fmt: skip
        if cause.lower() in text.lower():
            return cause.lower()
    return type(error).__name__
