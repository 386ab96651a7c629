"""Debian's Chromium, quiet and offline, for tests that read pages as a person does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
_OPTIONS = [*_QUIET.split(), "--disable-component-update", "--disable-sync"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for a module's tests: no longer, for its driver's loop would stand in the way of other tests'."""
    found = shutil.which("chromium")
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no chromium; apt-get install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=_OPTIONS)
        yield browser
        browser.close()


class Watched:
    """What a page said on its console, threw or asked for; `outside` are the requests that left *folder*."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self._own = (folder.as_uri(), "data:", "blob:")
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))
        page.on("request", lambda request: self.asked.append(request.url))

    @property
    def outside(self) -> list[str]:
        return [url for url in self.asked if not url.startswith(self._own)]
