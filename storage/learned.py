"""What is held in memory of the records from one question to the next."""

from __future__ import annotations

from storage.alterations import Held
from storage.corpora import Taught
from storage.sayings import Sayings


class Learned:
    """What the records teach, and what they told.

    A transaction that writes has one of its own, which outlives it only where it is kept.
    """

    def __init__(self) -> None:
        self.corpora = Held(Taught)
        self.sayings = Held(Sayings)
