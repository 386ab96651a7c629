"""The example pages: each is read into the record kept beside it, and so is every page that differs from it in
nothing that means anything."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import msgspec
import pytest

from parsers.evaluate import Case, score
from tests.examples.make import Text, expectation, pages, read_page
from tests.examples.mutants import RULES

PAGES = {path.name: (text, shape, path, body) for text, shape, path, body in pages()}
MUTABLE = [name for name, (_, shape, _, _) in PAGES.items() if shape != "pdf"]


@cache
def page(name: str) -> tuple[Text, Path, bytes]:
    text, _, path, body = PAGES[name]
    return text, path, path.read_bytes() if path.suffix == ".pdf" else body


def test_there_are_pages_enough() -> None:
    assert len(PAGES) >= 80
    assert {path.suffix for _, _, path, _ in PAGES.values()} == {".txt", ".html", ".pdf"}


@pytest.mark.parametrize("name", [name for name, (_, shape, _, _) in PAGES.items() if shape != "pdf"])
def test_the_page_in_the_folder_is_the_one_that_is_written(name: str) -> None:
    _, path, body = page(name)
    assert path.read_bytes() == body, f"{name} differs from its text; run python -m tests.examples.make"


@pytest.mark.parametrize("name", PAGES)
def test_the_record_is_the_reviewed_one(name: str) -> None:
    text, path, body = page(name)
    expected = path.with_suffix(".json").read_text("utf-8")
    assert expectation(text, read_page(text, body)) == expected, (
        f"{name} is read otherwise than reviewed; where the new record is right, remove its .json, run "
        "python -m tests.examples.make, and read what it wrote"
    )


def test_the_records_say_what_a_person_read_off_the_texts() -> None:
    cases = []
    for name in PAGES:
        text, _, body = page(name)
        cases.append(Case(name, read_page(text, body), {"regime": text.regime, **text.facts}))
    result = score(cases)
    assert [(m.page, m.field, m.expected, m.got) for m in result.misses] == []


def test_a_file_without_its_text_is_noticed() -> None:
    folder = next(iter(PAGES.values()))[2].parent
    found = {p.name for p in folder.iterdir() if p.suffix in (".txt", ".html", ".pdf")}
    assert found == set(PAGES)


def alike(record: object) -> object:
    """A record without its evidence, and without what quotes, dashes and blanks may look like."""
    kept = msgspec.to_builtins(record)
    kept = {key: value for key, value in kept.items() if key not in ("evidence", "parser")}
    text = json.dumps(kept, ensure_ascii=False).replace("’", "'")
    return re.sub(r"\s*[–—-]\s*", "-", text)


@pytest.mark.parametrize("name", MUTABLE)
def test_what_means_nothing_changes_nothing(name: str) -> None:
    text, _, body = page(name)
    latin = b"iso-8859-1" in body
    written = body.decode("latin-1" if latin else "utf-8").replace("iso-8859-1", "utf-8")
    before = alike(read_page(text, body))
    changed = {}
    for rule, mutate in RULES.items():
        mutant = mutate(written)
        if mutant != written:
            changed[rule] = alike(read_page(text, mutant.encode()))
    assert {rule: after for rule, after in changed.items() if after != before} == {}
    assert len(changed) >= 5
