"""What is held in memory of the records from one question to the next."""

from __future__ import annotations

from storage.corpora import Corpora
from storage.sayings import Sayings


class Learned:
    """What the records teach, and what they told; each of them is always what the store holds.

    A transaction that writes has one of its own, which outlives it only where it is kept.
    """

    def __init__(self) -> None:
        self.corpora = Corpora()
        self.sayings = Sayings()
