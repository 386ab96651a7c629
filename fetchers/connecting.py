"""Where it may connect: to public addresses alone, each checked after it was resolved and before it is connected to."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.cookiejar import DefaultCookiePolicy
from ipaddress import ip_address
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter import InvalidIPAddress, filter_host
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.poolmanager import ProxyManager

from fetchers.addresses import host_of
from fetchers.cutoff import Cutoff
from fetchers.settings import FetchSettings

# What it would warn of is in the result.
logging.getLogger("requests_hardened").addHandler(logging.NullHandler())


# So often (seconds) it is looked whether there is still time for a name server's answer.
_GLANCE = 0.1

_Connect: TypeAlias = Callable[[HTTPConnection], socket.socket]
_Found: TypeAlias = list[tuple[socket.AddressFamily, str]]


class NotPublic(Exception):
    """An address that is not public and was not allowed. No OSError, which would pass for a fault of the network."""


_CAUSES = (
    "Name or service not known", "Temporary failure in name resolution", "No address associated with hostname",
    "Connection refused", "Network is unreachable", "Connection reset by peer", "No route to host", "IncompleteRead",
    "407 Proxy Authentication Required", "certificate has expired", "self-signed certificate", "Hostname mismatch",
    "certificate verify failed", "timed out",
)  # fmt: skip


def open_session(settings: FetchSettings, cutoff: Cutoff) -> requests.Session:
    """A session of one thread that connects as *settings* allow, in the time that *cutoff* leaves."""
    session = requests.Session()
    # Proxies and credentials of the surroundings are not for pages of the world.
    session.trust_env = False
    session.headers.update(
        {"User-Agent": settings.user_agent, "Accept-Encoding": "gzip, deflate", "Accept": "text/html,*/*;q=0.8"}
    )
    # What a page answers does not hang on what was asked before it.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    if settings.ca_bundle:
        session.verify = settings.ca_bundle
    if settings.proxy:
        session.proxies = {"http": settings.proxy, "https": settings.proxy}
    for scheme in ("http", "https"):
        session.mount(f"{scheme}://", _PublicHosts(cutoff))
        for host in settings.allow_private:
            session.mount(f"{scheme}://{host}", _OwnHost(host, cutoff))
    return session


def reason(error: BaseException) -> str:
    """The innermost cause, in a few words."""
    text = str(error).lower()
    return next((cause.lower() for cause in _CAUSES if cause.lower() in text), type(error).__name__)


def _resolved(name: str, port: int, cutoff: Cutoff) -> _Found:
    """What *name* resolves to, in the resolver's order. The system's resolver cannot be interrupted, and takes as long
    as a name server lets it: it is asked in a thread of its own for all but an address, which needs no name server."""
    name = name.strip("[]")
    if _is_address(name):
        return _asked(name, port)
    found: _Found = []
    failed: list[Exception] = []
    done = threading.Event()

    def resolve() -> None:
        try:
            found.extend(_asked(name, port))
        except (OSError, ValueError) as error:  # UnicodeError for a name that can be none.
            failed.append(error)
        finally:
            done.set()

    threading.Thread(target=resolve, daemon=True).start()
    while not done.wait(_GLANCE):
        cutoff.check()
    if failed:
        raise failed[0]
    return found


def _asked(name: str, port: int) -> _Found:
    answers = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((family, str(where[0])) for family, *_, where in answers))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _public(name: str, found: _Found) -> _Found:
    """The addresses *found* of *name*. Raises `NotPublic` when one of them is not public."""
    try:
        return [(family, filter_host(address, 0, allow_loopback=False).strip("[]")) for family, address in found]
    except InvalidIPAddress as error:
        raise NotPublic(name) from error


def _connected(connection: HTTPConnection, cutoff: Cutoff, *, public: bool) -> socket.socket:
    """A socket to the first address of the connection's host that answers; to *public* ones alone."""
    name, port = connection._dns_host, connection.port or connection.default_port
    try:
        found = _resolved(name, port, cutoff)
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error
    fault: HTTPError = NewConnectionError(connection, "No address associated with hostname")
    for family, address in _public(name, found) if public else found:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            cutoff.opened(connection, sock)
            sock.settimeout(min(cast(float, connection.timeout), cutoff.left()))
            sock.connect((address, port))
        except TimeoutError:
            sock.close()
            fault = ConnectTimeoutError(connection, f"Connection to {address} timed out")
        except OSError as error:
            sock.close()
            fault = NewConnectionError(connection, str(error))
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise fault


class _Connection(HTTPConnection):
    def __init__(self, connect: _Connect, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._connect = connect

    def _new_conn(self) -> socket.socket:
        return self._connect(self)


class _SecureConnection(HTTPSConnection):
    def __init__(self, connect: _Connect, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._connect = connect

    def _new_conn(self) -> socket.socket:
        return self._connect(self)


def _pools(connect: _Connect) -> dict[str, Any]:
    """The makers of pools by scheme, whose connections connect by *connect*."""

    def pool(
        kind: type[HTTPConnectionPool], own: type[HTTPConnection], *args: Any, **options: Any
    ) -> HTTPConnectionPool:
        made = kind(*args, **options)
        made.ConnectionCls = partial(own, connect)  # type: ignore[assignment,arg-type]
        return made

    return {
        "http": partial(pool, HTTPConnectionPool, _Connection),
        "https": partial(pool, HTTPSConnectionPool, _SecureConnection),
    }


class _Hosts(HTTPAdapter):
    """Connects within the time that *cutoff* leaves; to *public* addresses alone, each of which it has just checked."""

    def __init__(self, cutoff: Cutoff, *, public: bool) -> None:
        self._cutoff, self._public = cutoff, public
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        connect = partial(_connected, cutoff=self._cutoff, public=self._public)
        self.poolmanager.pool_classes_by_scheme = _pools(connect)

    def proxy_manager_for(self, *args: Any, **options: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(*args, **options)
        manager.pool_classes_by_scheme = _pools(partial(_connected, cutoff=self._cutoff, public=False))
        return manager


class _PublicHosts(_Hosts):
    """Connects to public addresses, and only to those it has just checked."""

    def __init__(self, cutoff: Cutoff) -> None:
        super().__init__(cutoff, public=True)

    def send(self, request: requests.PreparedRequest, *args: object, **options: object) -> requests.Response:
        if options.get("proxies"):
            # The proxy resolves the name; one that is not public where we stand is not asked of it.
            name = urlsplit(request.url or "").hostname or ""
            with suppress(socket.gaierror):
                _public(name, _resolved(name, 443, self._cutoff))
        return super().send(request, *args, **options)  # type: ignore[arg-type]


class _OwnHost(_Hosts):
    """Connects to one host that was allowed by name; a longer name that only begins so is refused."""

    def __init__(self, host: str, cutoff: Cutoff) -> None:
        super().__init__(cutoff, public=False)
        self._allowed = host

    def send(self, request: requests.PreparedRequest, *args: object, **options: object) -> requests.Response:
        host = host_of(request.url or "")
        if self._allowed not in (host, host.rsplit(":", 1)[0]):
            raise NotPublic(host)
        return super().send(request, *args, **{**options, "proxies": None})  # type: ignore[arg-type]
