"""The edge of the system as tests set it up: what names resolve to, and where public addresses lead.

Nothing of ours is replaced: a name resolves as the test says, and what would leave this machine ends at a port of
loopback instead.
"""

from __future__ import annotations

import socket
from collections import deque

import pytest

Resolved = tuple[str, ...] | socket.gaierror


class Edge:
    """`resolves` gives each name its answers, one a question, the last for good; `leads` maps a public address to the
    port of loopback at which it is found, and an address without a port refuses."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.resolves: dict[str, deque[Resolved]] = {}
        self.leads: dict[str, int] = {}
        self.connected: list[str] = []
        self._getaddrinfo, self._connect = socket.getaddrinfo, socket.socket.connect
        edge = self

        def connect(own: socket.socket, address: tuple[str, int]) -> None:
            host = address[0]
            if host.startswith("127.") or host == "::1":
                edge._connect(own, address)
                return
            edge.connected.append(host)
            if host not in edge.leads:
                raise ConnectionRefusedError(111, "Connection refused")
            edge._connect(own, ("127.0.0.1", edge.leads[host]))

        patch.setattr(socket, "getaddrinfo", self._resolved)
        patch.setattr(socket.socket, "connect", connect)

    def name(self, name: str, *answers: Resolved) -> None:
        self.resolves[name] = deque(answers)

    def _resolved(self, host: str, port: int, *rest: object, **named: object) -> object:
        if host not in self.resolves:
            return self._getaddrinfo(host, port, *rest, **named)  # type: ignore[arg-type]
        answers = self.resolves[host]
        answer = answers.popleft() if len(answers) > 1 else answers[0]
        if isinstance(answer, socket.gaierror):
            raise answer
        # An address of version 6 is given as if it were one of version 4, so that it can end at loopback.
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]
