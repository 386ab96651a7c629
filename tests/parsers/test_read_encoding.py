"""How bytes become text, in an order that is recorded."""

from __future__ import annotations

import codecs

import pytest

from parsers.read.encoding import decode

WORDS = "Türkiye, Österreich and Moritán – in the chair"


@pytest.mark.parametrize(
    ("body", "header", "how"),
    [
        (codecs.BOM_UTF8 + WORDS.encode(), "text/html; charset=iso-8859-1", "utf-8-sig (byte order mark)"),
        (WORDS.encode("utf-16"), None, "utf-16 (byte order mark)"),
        (WORDS.encode(), "text/html; charset=iso-8859-1", "utf-8 (valid)"),
        (WORDS.encode("cp1252"), "text/html; charset=ISO-8859-1", "cp1252 (header)"),
        (b'<meta charset="windows-1252">' + WORDS.encode("cp1252"), None, "windows-1252 (meta)"),
        (WORDS.encode("utf-16-le"), None, "utf-16-le (zero bytes)"),
    ],
)
def test_the_decision_and_its_reason_are_recorded(body: bytes, header: str | None, how: str) -> None:
    text, said = decode(body, header)
    assert text.endswith(WORDS)
    assert said == how


def test_a_declared_encoding_nobody_knows_is_passed_over() -> None:
    assert decode("Norvège".encode(), "text/html; charset=klingon")[0] == "Norvège"


def test_mojibake_is_repaired_and_the_repair_is_recorded() -> None:
    text, how = decode("Roberto GarcÃ\xada MoritÃ¡n".encode(), None)
    assert text == "Roberto García Moritán"
    assert how.endswith("mojibake repaired")


def test_what_no_reader_sees_is_left_out() -> None:
    assert decode("Nor\u200bway\u202e and \ufeffIndia\x00".encode(), None)[0] == "Norway and India"
