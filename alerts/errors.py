"""The errors of the alerting room.

PlenarywatchError
└── AlertsError
    └── ChannelInvalid   a channel's address that cannot be used
"""

from parsers.errors import PlenarywatchError


class AlertsError(PlenarywatchError):
    """A fault of rules or channels."""


class ChannelInvalid(AlertsError):
    """A channel's address that cannot be used."""
