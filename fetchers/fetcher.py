"""One URL fetched politely and completely: archived before anything reads it, bounded in time and size."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

import requests
import urllib3

from fetchers.addresses import host_of, is_web_address, joined, without_user, words_of
from fetchers.body import read_body
from fetchers.connecting import NotPublic, open_session, reason
from fetchers.cutoff import Cutoff
from fetchers.errors import AddressRefused
from fetchers.fault import Deadline, Fault
from fetchers.hosts import Pace, Robots
from fetchers.result import SECRET_HEADERS, FetchResult
from fetchers.settings import FetchSettings

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# What may pass by itself: tried again within the run, a bounded number of times.
_PASSING = frozenset((429, 500, 502, 503, 504))
# Those by which a host says that it is asked too much.
_BUSY = frozenset((429, 503))


_RETRY = urllib3.Retry()

# Answers well, but not the page: accepted for later, none, empty, a part of it.
_NOT_WHOLE = frozenset((202, 204, 205, 206))

Answer = tuple[requests.Response, bytes | None]


class Fetcher:
    """Fetches for one run; share it between threads, close it at the end.

    *archive* keeps a body and returns its SHA-256 before the body is given to anybody. *gate* is `Pace`'s:
    it returns when a host may be asked, beside the pace that this fetcher keeps by itself.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        archive: Callable[[bytes], str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        gate: Callable[[str, float], None] | None = None,
    ) -> None:
        self.settings = settings
        self._archive = archive
        self._clock = clock
        self._local = threading.local()
        self._open: list[tuple[requests.Session, Cutoff]] = []
        self._gate = gate
        self.start_over()

    def start_over(self) -> None:
        """Begin a run: hosts that were given up have another chance, and what they allow is asked for again."""
        self._stopped = threading.Event()
        self._pace = Pace(self._least_pace, self._gate, lambda seconds: self.wait(seconds))
        self._robots = Robots(self._robots_txt, "Plenarywatch")

    def stop(self) -> None:
        """End the run: what is under way or waits for its turn, in any thread, ends at once."""
        self._stopped.set()
        for _, cutoff in list(self._open):
            cutoff.cut()

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass, or those until the run is ended."""
        self._stopped.wait(seconds)

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> FetchResult:
        """What came of fetching *url*; with validators, a server may answer that nothing changed.

        Raises `AddressRefused` for an address that is not http or https.
        """
        if not is_web_address(url):
            raise AddressRefused(f"{url}: not a web address; give one that begins with http:// or https://")
        url = without_user(url)
        begin = time.monotonic()
        validators = {"If-None-Match": etag or "", "If-Modified-Since": last_modified or ""}
        headers = {name: value for name, value in validators.items() if value}
        host = host_of(url)
        hops = [url]
        if self._pace.is_worn_out(host):
            answer: Answer | Fault = Fault(
                "host_down", "not asked, for its host failed again and again; try again later"
            )
        else:
            answer = self._asked(url, headers, hops, Deadline(self.settings.total), robots=self.settings.robots)
            passing = answer.again if isinstance(answer, Fault) else answer[0].status_code in _PASSING
            self._pace.ended(host, well=not passing)
        elapsed = round(time.monotonic() - begin, 4)
        at = hops.pop()
        if not isinstance(answer, Fault):
            return self._result(url, at, hops, *answer, elapsed, conditional=bool(headers))
        return FetchResult(
            url=url,
            final_url=at,
            fetched_at=self._clock(),
            hops=tuple(hops),
            error=f"{url}: {answer.line}" if at == url else f"{url}: leads to {at[:200]}: {answer.line}",
            error_kind=answer.kind,
            elapsed=elapsed,
        )

    def _asked(
        self, url: str, headers: dict[str, str], hops: list[str], deadline: Deadline, *, robots: bool
    ) -> Answer | Fault:
        """The answer of *url*, asked again a few times where that may help; *hops* gets the addresses of the last try,
        the one it ended at last."""
        tries = self._pace.tries(host_of(url), self.settings.retries)
        for attempt in itertools.count():
            hops[:] = [url]
            try:
                answer: Answer | Fault = self._follow(headers, deadline, hops, robots=robots)
            except Fault as fault:
                answer = fault
            response = None if isinstance(answer, Fault) else answer[0]
            again = answer.again if isinstance(answer, Fault) else answer[0].status_code in _PASSING
            if not again:
                break
            wait = self._wait(response, attempt)
            if response is not None and response.status_code in _BUSY:
                self._pace.slow_down(host_of(hops[-1]), wait)
            if attempt >= tries or wait > deadline.left():
                break
            self.wait(wait)
        return answer

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
        elif status == 407:
            error, kind = f"{url}: the proxy wants a name and a password; check PLENARYWATCH_PROXY", "proxy"
        elif status >= 400:
            error, kind = (
                f"{url}: answered {status} {words_of(response.reason or '')}".rstrip() + "; check the address",
                "http_status",
            )
        elif status in _NOT_WHOLE:
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

    def _follow(self, headers: dict[str, str], deadline: Deadline, hops: list[str], *, robots: bool) -> Answer:
        """The answer at the end of all redirects, each hop checked like the first."""
        while True:
            at = hops[-1]
            if robots:
                self._pace.ask(host_of(at), self._robots.delay(at, deadline))
            answer = self._in_turn(at, headers, deadline)
            location = answer[0].headers.get("Location")
            if answer[0].status_code not in _REDIRECTS or not location:
                return answer
            target = joined(at, location)
            if not is_web_address(target):
                raise Fault("refused", f"redirects to {target[:80]!r}, which is no web address; check the address")
            target = without_user(target)
            if len(hops) > self.settings.max_hops or target in hops:
                raise Fault("redirects", "redirects without end; check the address")
            hops.append(target)

    def _in_turn(self, url: str, headers: dict[str, str], deadline: Deadline) -> Answer:
        """One request, when it is its host's turn; the wait is not the server's."""
        begin = time.monotonic()
        with self._pace.turn(host_of(url)):
            deadline.add(time.monotonic() - begin)
            return self._once(url, headers, deadline)

    def _once(self, url: str, headers: dict[str, str], deadline: Deadline) -> Answer:
        session, cutoff = self._session()
        try:
            # What the session would merge into each request, cookies and credentials, it has none of.
            asked = requests.PreparedRequest()
            asked.prepare(method="GET", url=url, headers={**session.headers, **headers})
            with cutoff.within(deadline):
                response = session.send(
                    asked, stream=True, allow_redirects=False, timeout=(self.settings.connect, self.settings.read)
                )
                try:
                    body = read_body(response, self.settings) if response.status_code != 304 else None
                finally:
                    response.close()
        except NotPublic as error:
            raise Fault(
                "refused", f"not a public address; say --allow-private {host_of(url)} if it is your own"
            ) from error
        except ValueError as error:  # The address, or one it redirects to, is none.
            raise Fault("refused", f"not an address that can be fetched ({error}); check the address") from error
        except requests.exceptions.ProxyError as error:
            raise Fault("proxy", f"the proxy does not connect ({reason(error)}); check PLENARYWATCH_PROXY") from error
        except requests.exceptions.SSLError as error:
            raise Fault("tls", f"its certificate is not valid ({reason(error)}); check the host") from error
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ReadTimeout) as error:
            raise Fault("timeout", "not answered in time; try again later", again=True) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            line = f"cannot be reached ({reason(error)}); check the address and the network"
            raise Fault("unreachable", line, again=True) from error
        return response, body

    def _wait(self, response: requests.Response | None, attempt: int) -> float:
        """How many seconds to wait before another try: as the server asks, in either form, up to the cap; else longer
        each time, and never the same for two of us."""
        asked = response.headers.get("Retry-After") if response is not None else None
        if asked:
            try:
                return min(_RETRY.parse_retry_after(asked), self.settings.retry_after_cap)
            except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
                pass
        return self.settings.backoff * float(2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311 (jitter, no secret)

    def _robots_txt(self, url: str, deadline: Deadline) -> tuple[int, bytes | None]:
        """The status and body of a robots.txt, wherever it leads. Raises `Fault` when the host cannot be asked."""
        answer = self._asked(url, {}, [], deadline, robots=False)
        if isinstance(answer, Fault):
            raise answer
        return answer[0].status_code, answer[1]

    def _least_pace(self, host: str) -> float:
        own = {host, host.rsplit(":", 1)[0]} & self.settings.allow_private
        return self.settings.private_pace if own else self.settings.pace

    def _session(self) -> tuple[requests.Session, Cutoff]:
        own: tuple[requests.Session, Cutoff] | None = getattr(self._local, "own", None)
        if own is None:
            cutoff = Cutoff(lambda: self._stopped.is_set())
            own = self._local.own = (open_session(self.settings, cutoff), cutoff)
            self._open.append(own)
        return own

    def close(self) -> None:
        """Give back all connections."""
        for session, cutoff in self._open:
            session.close()
            cutoff.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
