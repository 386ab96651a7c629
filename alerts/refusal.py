"""What a channel says when it does not take a message."""

from __future__ import annotations

from datetime import timedelta

from storage.values import OUTCOME_UNKNOWN


class NotDelivered(Exception):
    """A channel did not take a message. With `permanent`, another try would not help; `retry_after` is how
    long it asked to be left alone. `unknown` says that it may have taken the message all the same, as after a
    deadline: it is sent again under the same key."""

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: timedelta | None = None,
        unknown: bool = False,
    ) -> None:
        super().__init__(f"{OUTCOME_UNKNOWN}: {reason}" if unknown else reason)
        self.unknown = unknown
        self.permanent = permanent
        self.retry_after = retry_after
