"""Lists in pages and in sentences: who is a member, who an observer, who an adherent, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from parsers.parse import parse
from parsers.record import Record
from parsers.regime import RegimeProfile
from tests.builders.pages import REGIMES
from tests.builders.said import INVENTED

HERE = Path(__file__).parent / "lists"
PAGES = YAML(typ="safe").load((HERE / "pages.yaml").read_text("utf-8"))
SENTENCES = YAML(typ="safe").load((HERE / "sentences.yaml").read_text("utf-8"))
FIELDS = ("members", "observers", "adherents", "odd")
OTHERS = {
    "lda": INVENTED,
    "psi": RegimeProfile("psi", "Proliferation Security Initiative", ("Proliferation Security Initiative", "PSI"), ("participants",)),
    "kp": RegimeProfile("kp", "Kimberley Process", ("Kimberley Process", "KP"), ("Participants",)),
    "egmont": RegimeProfile("egmont", "Egmont Group", ("Egmont Group",), ("members",)),
}  # fmt: skip


def record_of(body: str, regime: str, *, html: bool) -> Record:
    profile = REGIMES.get(regime) or OTHERS[regime]
    if html:
        body = f"<html><head><title>{profile.name}</title></head><body><main>{body}</main></body></html>"
    return parse(body.encode(), regime=profile, content_type="text/html" if html else "text/plain").record


def stated(record: Record) -> dict[str, list[str]]:
    return {
        "members": [m.country or f"?{m.name}" for m in record.members],
        "observers": sorted(p.country or p.name for p in record.observers),
        "adherents": [p.country or p.name for p in record.adherents],
        "odd": [i.code.value for i in record.inconsistencies],
    }


def right(values: Mapping[str, str]) -> dict[str, list[str]]:
    said = {field: _split(values.get(field, "")) for field in FIELDS[:3]}
    return said | {"observers": sorted(said["observers"]), "odd": values.get("odd", "").split()}


def _split(said: str) -> list[str]:
    """Codes parted by blanks; names that hold blanks parted by commas or in quotes."""
    found: list[str] = []
    for part in said.split(", "):
        if re.search(r"[a-z]", part) and not re.search(r"\?", part):
            code = re.match(r"(?:[A-Z]{2} )+", part)
            found += (code.group().split() if code else []) + [part[code.end() if code else 0 :]]
        else:
            found += [a or b for a, b in re.findall(r'"([^"]+)"|(\S+)', part)]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_a_page_lists_these_and_no_others(page: Mapping[str, str]) -> None:
    html = page.get("html")
    assert stated(record_of(html or page["text"], page["regime"], html=html is not None)) == right(page)


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row[0][:40])
def test_a_sentence_lists_these_and_no_others(row: tuple[str, str, Mapping[str, str]]) -> None:
    text, regime, values = row
    assert stated(record_of(text, regime, html=False)) == right(values)
