"""`plenarywatch diff` of what is in a store: which pages it takes, and what of their words reaches a terminal."""

from __future__ import annotations

import msgspec
import pytest

from diffs.facts import Meaning, WordingFact
from flows.showing import show_comparison
from parsers.document import Document
from reports.comparison import as_html, as_markdown
from tests.builders.comparing import a_document, a_meeting, a_record
from tests.builders.program import Program
from tests.builders.stores import a_store, observed
from tests.reports.conftest import hostile_store
from tests.reports.test_comparison_files import compared

FORMATS = ("text", "md", "html")
# An escape, its one-byte form (ECMA-48, CSI), a bell, a carriage return, and what turns the direction around.
STEERING = set("\x1b\x9b\x07\r\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _store(program: Program) -> dict[str, str]:
    return {"PLENARYWATCH_DATABASE_URL": f"sqlite:///{program.home / 'store.db'}"}


@pytest.fixture
def hostile(program: Program) -> dict[str, str]:
    program.home.mkdir()
    hostile_store(program.home).close()
    return _store(program)


@pytest.mark.fault("K24")
@pytest.mark.parametrize(
    "arguments",
    [
        *(("diff", "mtcr", "24", "25", "--format", each) for each in FORMATS),
        *(("diff", "mtcr", "r1", "r2", "--format", each) for each in FORMATS),
        ("history", "mtcr"),
        ("members", "mtcr"),
        ("plenaries", "mtcr"),
        ("records", "mtcr"),
        ("review", "list"),
        ("search", "txt"),
    ],
    ids=" ".join,
)
def test_no_word_of_a_page_steers_the_terminal(
    program: Program, hostile: dict[str, str], arguments: tuple[str, ...]
) -> None:
    ran = program(*arguments, env=hostile)
    assert (ran.code, ran.err) == (0, "")
    assert "exe" in ran.out
    assert not STEERING & set(ran.out)


def test_no_words_that_a_meaning_quotes_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A phrase of several words has between them whatever counts as white space."""
    found = compared(["They are obliged\rto report."], ["They are obliged\rto report."])
    quoted = WordingFact(Meaning.SOFTENED, 0, 0, "obliged\x85\x1b[2Jto <b>", "urged\rto")
    found = msgspec.structs.replace(found, wording=(quoted,))
    show_comparison(found)
    for said in (capsys.readouterr().out, as_markdown(found), as_html(found)):
        assert "[2Jto" in said.replace("\\", "")
        assert not {*STEERING, "\x85"} & set(said)
    assert "<b>" not in as_html(found) + as_markdown(found)


def _observed_in(program: Program, *pages: tuple[int, str, str]) -> dict[str, str]:
    """A store with these pages, each on a plenary, in a language, with its text."""
    program.home.mkdir()
    with a_store(program.home) as store, store.writing() as w:
        for ordinal, language, text in pages:
            page = Document("html", a_document(text).blocks, language=language)
            record = a_record(plenary=a_meeting(ordinal), language=language)
            observed(w, record, name=f"{ordinal}-{language}", document=page)
    return _store(program)


def test_of_the_pages_on_two_plenaries_those_in_one_language_are_compared(program: Program) -> None:
    env = _observed_in(
        program, (24, "fr", "Trente pays."), (25, "en", "Forty states met."), (25, "fr", "Quarante pays.")
    )
    ran = program("diff", "mtcr", "24", "25", env=env)
    assert "[-Trente-]{+Quarante+} pays." in ran.out
    assert "two languages" not in ran.out


@pytest.mark.parametrize("format", FORMATS)
def test_that_no_language_has_both_is_said(program: Program, format: str) -> None:
    env = _observed_in(program, (24, "fr", "Trente pays."), (25, "en", "Forty states met."))
    ran = program("diff", "mtcr", "24", "25", "--format", format, env=env)
    assert "The texts are in two languages, fr and en" in " ".join(ran.out.split())
