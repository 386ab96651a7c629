"""Each host at its own pace, and what its robots.txt allows (RFC 9309)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from fetchers.fault import Deadline, Fault
from fetchers.fetcher import Fetcher
from fetchers.hosts import Pace, Robots
from tests.builders.fetching import a_fetcher
from tests.builders.web import Asked, Site, a_site

PAGE = b"<html><body><p>The partners met in plenary.</p></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as served:
        served.answers["/"] = served.answers["/open"] = lambda asked: asked.say(200, PAGE)
        yield served


def _kind(site: Site, path: str = "/") -> str | None:
    with a_fetcher(robots=True) as fetcher:
        return fetcher.get(site.url(path)).error_kind


def _robots(site: Site, text: str, path: str = "/robots.txt") -> None:
    site.answers[path] = lambda asked: asked.say(200, text.encode())


def test_robots_that_disallow_are_obeyed(site: Site) -> None:
    _robots(site, "User-agent: *\nDisallow: /private\n")
    assert (_kind(site, "/private"), _kind(site, "/open")) == ("robots", None)
    assert "/private" not in site.paths()


def test_a_redirect_into_what_robots_disallow_is_not_followed(site: Site) -> None:
    _robots(site, "User-agent: Plenarywatch\nDisallow: /private\n")
    site.answers["/"] = lambda asked: asked.say(302, Location="/private")
    assert _kind(site) == "robots"
    assert "/private" not in site.paths()


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_robots_allows_all(site: Site, status: int) -> None:
    site.answers["/robots.txt"] = lambda asked: asked.say(status)
    assert _kind(site) is None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_whose_robots_fail_allows_nothing(site: Site, status: int) -> None:
    site.answers["/robots.txt"] = lambda asked: asked.say(status)
    assert _kind(site) == "robots"
    assert "/" not in site.paths()


def test_a_host_whose_robots_cannot_be_had_is_told_as_what_it_is(site: Site) -> None:
    def hang_up(asked: Asked) -> None:
        asked.close_connection = True

    site.answers["/robots.txt"] = hang_up
    assert _kind(site) == "unreachable"
    assert "/" not in site.paths()


def test_robots_that_fail_once_are_asked_again(site: Site) -> None:
    def busy_once(asked: Asked) -> None:
        asked.say(503) if len(site.asked) == 1 else asked.say(200, b"User-agent: *\nAllow: /\n")

    site.answers["/robots.txt"] = busy_once
    with a_fetcher(robots=True, retries=1) as fetcher:
        assert fetcher.get(site.url("/")).body == PAGE


def test_robots_are_read_where_they_lead(site: Site) -> None:
    site.answers["/robots.txt"] = lambda asked: asked.say(301, Location="/a")
    for here, there in ("ab", "bc", "cd", "de"):
        site.answers[f"/{here}"] = lambda asked, there=there: asked.say(302, Location=f"/{there}")  # type: ignore[misc]
    _robots(site, "User-agent: *\nDisallow: /private\n", "/e")
    assert (_kind(site, "/private"), _kind(site)) == ("robots", None)


def test_robots_are_asked_for_once_a_run(site: Site) -> None:
    with a_fetcher(robots=True) as fetcher:
        for _ in range(3):
            fetcher.get(site.url("/"))
    assert site.paths().count("/robots.txt") == 1


def _waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What is slept from now on, in place of sleeping it."""
    slept: list[float] = []
    monkeypatch.setattr(Fetcher, "wait", lambda _, seconds: slept.append(seconds))
    return slept


@pytest.mark.fault("B12")
def test_a_host_that_asks_for_seconds_is_given_them_and_asked_half_as_often_since(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy_once(asked: Asked) -> None:
        asked.say(429, Retry_After="7") if len(site.asked) == 1 else asked.say(200, PAGE)

    site.answers["/"] = busy_once
    with a_fetcher(retries=1, private_pace=4.0, total=30.0) as fetcher:
        slept = _waits(monkeypatch)
        assert fetcher.get(site.url("/")).body == PAGE
        assert slept[0] == 7.0
        before = len(slept)
        fetcher.get(site.url("/"))
    # The pace of four seconds has become one of eight.
    assert 7.0 < slept[before] <= 8.0


@pytest.mark.fault("B13")
def test_a_host_that_names_a_time_is_given_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 9))

    def busy_once(asked: Asked) -> None:
        asked.say(429, Retry_After=later) if len(site.asked) == 1 else asked.say(200, PAGE)

    site.answers["/"] = busy_once
    with a_fetcher(retries=1, total=30.0) as fetcher:
        slept = _waits(monkeypatch)
        assert fetcher.get(site.url("/")).body == PAGE
    assert 6.0 < slept[0] <= 9.0


def test_waiting_for_ones_turn_does_not_count_as_the_servers_time(site: Site) -> None:
    with a_fetcher(private_pace=0.4, total=0.3) as fetcher:
        kinds = [fetcher.get(site.url("/")).error_kind for _ in range(3)]
    assert kinds == [None, None, None]


def test_a_crawl_delay_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    _robots(site, "User-agent: *\nCrawl-delay: 5\n")
    with a_fetcher(robots=True) as fetcher:
        slept = _waits(monkeypatch)
        fetcher.get(site.url("/"))
        fetcher.get(site.url("/open"))
    assert [4.0 < wait <= 5.0 for wait in slept] == [True, True]


def test_one_host_is_asked_by_one_at_a_time_and_others_beside_it() -> None:
    pace = Pace(lambda host: 0.0)
    inside: list[str] = []
    together = threading.Barrier(2, timeout=5)

    def ask(host: str) -> None:
        with pace.turn(host):
            inside.append(host)
            assert inside.count(host) == 1
            together.wait()
            inside.remove(host)

    threads = [threading.Thread(target=ask, args=(host,)) for host in ("a", "b", "a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside == []


def test_a_host_that_had_enough_is_asked_half_as_often_each_time_down_to_once_in_half_a_minute() -> None:
    slept: list[float] = []
    pace = Pace(lambda host: 4.0, sleep=slept.append)
    with pace.turn("a.example"):
        pass
    for _ in range(5):
        pace.slow_down("a.example", 0.0)
        with pace.turn("a.example"):
            pass
    assert [round(wait) for wait in slept] == [8, 16, 30, 30, 30]
    # A host whose own pace is slower yet keeps it.
    pace.ask("a.example", 45.0)
    pace.slow_down("a.example", 0.0)
    with pace.turn("a.example"):
        pass
    assert round(slept[-1]) == 45


def test_a_host_that_asks_to_be_left_alone_is_for_as_long_as_it_said_last() -> None:
    slept: list[float] = []
    pace = Pace(lambda host: 0.0, sleep=slept.append)
    pace.slow_down("a.example", 20.0)
    pace.slow_down("a.example", 5.0)
    for host in ("a.example", "b.example"):
        with pace.turn(host):
            pass
    assert [round(wait) for wait in slept] == [20]


def test_a_host_is_tried_less_often_each_time_it_fails_and_as_at_first_once_it_answers() -> None:
    pace = Pace(lambda host: 0.0)
    tries = []
    for well in (False, False, False, False, True):
        tries.append(pace.tries("a.example", 2))
        pace.ended("a.example", well=well)
    assert (tries, pace.tries("a.example", 2), pace.tries("b.example", 2)) == ([2, 1, 0, 0, 0], 2, 2)
    for failed in range(10):
        assert not pace.is_worn_out("a.example"), failed
        pace.ended("a.example", well=False)
    assert pace.is_worn_out("a.example")


def test_what_several_workers_share_is_asked_for_before_each_request_with_the_hosts_own_pace() -> None:
    asked: list[tuple[str, float]] = []
    pace = Pace(lambda host: 2.0, lambda host, seconds: asked.append((host, seconds)), lambda seconds: None)
    pace.ask("a.example", 5.0)
    pace.ask("a.example", 3.0)
    for host in ("a.example", "b.example"):
        with pace.turn(host):
            pass
    assert asked == [("a.example", 5.0), ("b.example", 2.0)]


@pytest.mark.parametrize(("says", "seconds"), [("7", 7.0), ("61", 60.0), ("0", 0.0), ("-5", 0.0), ("soon", 0.0)])
def test_a_crawl_delay_is_at_most_a_minute(says: str, seconds: float) -> None:
    text = f"User-agent: *\nCrawl-delay: {says}\n".encode()
    robots = Robots(lambda url, deadline: (200, text), "Plenarywatch")
    assert robots.delay("http://a.example/", Deadline(60.0)) == seconds


def test_a_robots_txt_is_read_to_its_first_half_megabyte() -> None:
    text = b"User-agent: *\n" + b"#" * (512 * 1024 - 14 - len(b"\nDisallow: /a\n")) + b"\nDisallow: /a\nDisallow: /b\n"
    asked: list[str] = []
    robots = Robots(lambda url, deadline: (asked.append(url), (299, text))[1], "Plenarywatch")  # type: ignore[func-returns-value]
    assert robots.delay("http://a.example/b", Deadline(60.0)) == 0.0
    with pytest.raises(Fault, match=r"robots\.txt does not allow it") as fault:
        robots.delay("http://a.example/a", Deadline(60.0))
    assert (fault.value.kind, asked) == ("robots", ["http://a.example/robots.txt"])


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, True), (204, True), (300, True), (304, True), (404, True), (428, True), (430, True), (499, True), (199, False), (429, False), (500, False), (599, False)],
)  # fmt: skip
def test_a_robots_txt_that_is_not_there_allows_all_and_one_that_fails_nothing(status: int, allowed: bool) -> None:
    robots = Robots(lambda url, deadline: (status, None), "Plenarywatch")
    if allowed:
        assert robots.delay("http://a.example/", Deadline(60.0)) == 0.0
        return
    with pytest.raises(Fault) as caught:
        robots.delay("http://a.example/", Deadline(60.0))
    assert caught.value.kind == "robots"
    assert caught.value.line == f"its robots.txt answered {status}, which forbids all; try again later"


@pytest.mark.parametrize(
    ("kind", "spent", "times"), [("timeout", 31.0, 2), ("timeout", 29.0, 1), ("unreachable", 31.0, 1), (None, 31.0, 1)]
)
def test_a_robots_txt_is_asked_for_again_where_another_page_took_its_time(
    kind: str | None, spent: float, times: int
) -> None:
    asked: list[str] = []

    def fetch(url: str, deadline: Deadline) -> tuple[int, bytes | None]:
        asked.append(url)
        if kind is not None:
            raise Fault(kind, "as it was said")
        return 404, None

    robots, deadline = Robots(fetch, "Plenarywatch"), Deadline(60.0)
    deadline.add(-spent)
    for _ in range(2):
        if kind is None:
            robots.delay("http://a.example/x", deadline)
            continue
        with pytest.raises(Fault, match=r"^as it was said$") as caught:
            robots.delay("http://a.example/x", deadline)
        assert caught.value.kind == kind
    assert asked == ["http://a.example/robots.txt"] * times
    # A scheme and a port have a robots.txt of their own.
    with suppress(Fault):
        robots.delay("https://a.example:81/", Deadline(60.0))
    assert asked[-1] == "https://a.example:81/robots.txt"


def test_a_request_that_fails_counts_for_the_pace_as_any_other() -> None:
    slept: list[float] = []
    pace = Pace(lambda host: 50.0, sleep=slept.append)
    with pytest.raises(ValueError, match="lost"), pace.turn("a.example"):
        raise ValueError("lost")
    with pace.turn("a.example"), pace.turn("b.example"):
        pass
    assert [round(wait) for wait in slept] == [50]


def test_a_robots_txt_that_is_no_text_is_read_where_it_is() -> None:
    robots = Robots(lambda url, deadline: (200, b"# \xff\xfe\nUser-agent: *\nDisallow: /a\n"), "Plenarywatch")
    assert robots.delay("http://a.example/b", Deadline(60.0)) == 0.0
    with pytest.raises(Fault, match=r"^its robots\.txt does not allow it; take the source out or ask its owner$"):
        robots.delay("http://a.example/a", Deadline(60.0))
