"""Where it may connect: to public addresses alone, each checked after it was resolved and before it is connected to."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests_hardened.ip_filter import InvalidIPAddress, filter_host
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from fetchers.addresses import host_of
from fetchers.settings import FetchSettings

# What it would warn of is in the result.
logging.getLogger("requests_hardened").addHandler(logging.NullHandler())


class NotPublic(Exception):
    """An address that is not public and was not allowed. No OSError, which would pass for a fault of the network."""


_CAUSES = (
    "Name or service not known", "Temporary failure in name resolution", "No address associated with hostname",
    "Connection refused", "Network is unreachable", "Connection reset by peer", "No route to host", "IncompleteRead",
    "407 Proxy Authentication Required", "certificate has expired", "self-signed certificate", "Hostname mismatch",
    "certificate verify failed", "timed out",
)  # fmt: skip


def open_session(settings: FetchSettings) -> requests.Session:
    """A session of one thread that connects as *settings* allow."""
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
        session.mount(f"{scheme}://", _PublicHosts())
        for host in settings.allow_private:
            session.mount(f"{scheme}://{host}", _OwnHost(host))
    return session


def reason(error: BaseException) -> str:
    """The innermost cause, in a few words."""
    text = str(error).lower()
    return next((cause.lower() for cause in _CAUSES if cause.lower() in text), type(error).__name__)


def _public_addresses(name: str, port: int) -> tuple[str, ...]:
    """What *name* resolves to, in the resolver's order. Raises `NotPublic` when one of them is not public."""
    found = socket.getaddrinfo(name.strip("[]"), port, type=socket.SOCK_STREAM)
    addresses = dict.fromkeys(str(where[0]) for *_, where in found)
    try:
        return tuple(filter_host(address, port, allow_loopback=False).strip("[]") for address in addresses)
    except InvalidIPAddress as error:
        raise NotPublic(name) from error


def _connected(connection: HTTPConnection, connect: Callable[[], socket.socket]) -> socket.socket:
    """A socket to the first public address of the connection's host that answers."""
    name = connection._dns_host
    try:
        addresses = _public_addresses(name, connection.port or connection.default_port)
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from error
    try:
        for last, address in enumerate(addresses, 1 - len(addresses)):
            connection._dns_host = address
            try:
                return connect()
            except (NewConnectionError, ConnectTimeoutError):
                if not last:
                    raise
        raise NewConnectionError(connection, "No address associated with hostname")
    finally:
        connection._dns_host = name


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self, super()._new_conn)


class _PublicSecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self, super()._new_conn)


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicSecurePool(HTTPSConnectionPool):
    ConnectionCls = _PublicSecureConnection


class _PublicHosts(HTTPAdapter):
    """Connects to public addresses, and only to those it has just checked."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicSecurePool}

    def send(self, request: requests.PreparedRequest, *args: object, **options: object) -> requests.Response:
        if options.get("proxies"):
            # The proxy resolves the name; one that is not public where we stand is not asked of it.
            with suppress(socket.gaierror):
                _public_addresses(urlsplit(request.url or "").hostname or "", 443)
        return super().send(request, *args, **options)  # type: ignore[arg-type]


class _OwnHost(HTTPAdapter):
    """Connects to one host that was allowed by name; a longer name that only begins so is refused."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self._allowed = host

    def send(self, request: requests.PreparedRequest, *args: object, **options: object) -> requests.Response:
        host = host_of(request.url or "")
        if self._allowed not in (host, host.rsplit(":", 1)[0]):
            raise NotPublic(host)
        return super().send(request, *args, **{**options, "proxies": None})  # type: ignore[arg-type]
