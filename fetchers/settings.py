"""How the fetcher behaves; a run's choices, never a page's."""

from __future__ import annotations

import os

from msgspec import Struct

from fetchers.addresses import is_web_address
from fetchers.errors import BadSetting


class FetchSettings(Struct, frozen=True, kw_only=True):
    """Times in seconds, sizes in bytes.

    `total` is the deadline of one attempt with its redirects. `pace` is the least time between two requests
    to one host. `allow_private` are hosts, or host:port, that may be reached though they are not public.
    `retry_after_cap` bounds how long a server may make us wait within a run. `proxy` is the address of a proxy
    that connects for us, `ca_bundle` a file of certificates to trust in place of the packaged ones.
    """

    contact: str = ""
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    max_bytes: int = 20 * 1024 * 1024
    max_ratio: float = 200.0
    max_hops: int = 8
    retries: int = 2
    backoff: float = 0.5
    retry_after_cap: float = 20.0
    pace: float = 1.0
    private_pace: float = 0.0
    robots: bool = True
    allow_private: frozenset[str] = frozenset()
    proxy: str = ""
    ca_bundle: str = ""

    @property
    def user_agent(self) -> str:
        """The honest name that every request carries, with whom to ask."""
        contact = f"; +{self.contact}" if self.contact else ""
        return f"Plenarywatch/0.1 (monitoring of export-control statements{contact})"


def settings_from_environment(allow_private: frozenset[str] = frozenset()) -> FetchSettings:
    """The settings, with the contact, the proxy and the certificates of ``PLENARYWATCH_CONTACT``,
    ``PLENARYWATCH_PROXY`` and ``PLENARYWATCH_CA_BUNDLE``.

    Raises `BadSetting` for a proxy that is no address or certificates that are not there.
    """
    proxy = os.environ.get("PLENARYWATCH_PROXY", "")
    if proxy and not is_web_address(proxy):
        raise BadSetting("PLENARYWATCH_PROXY: not a web address; give one such as http://proxy.example:3128")
    bundle = os.environ.get("PLENARYWATCH_CA_BUNDLE", "")
    if bundle and not os.path.isfile(bundle):
        raise BadSetting(f"PLENARYWATCH_CA_BUNDLE: no file {bundle}; give one of certificates in PEM form")
    return FetchSettings(
        contact=os.environ.get("PLENARYWATCH_CONTACT", ""), allow_private=allow_private, proxy=proxy, ca_bundle=bundle
    )
