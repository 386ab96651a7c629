"""What a channel says when it does not take a message."""

from __future__ import annotations

from datetime import timedelta


class NotDelivered(Exception):
    """A channel did not take a message. With `permanent`, another try would not help; `retry_after` is how
    long it asked to be left alone."""

    def __init__(self, reason: str, *, permanent: bool = False, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after = retry_after
