"""Bytes to text. The order of the decision is recorded with the document."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# Bidirectional controls, zero-width characters and the rest that a reader never sees.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\ud800-\udfff]"
)
_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
# The others in UTF-8: an expression that begins with fixed bytes takes a tenth of what `_UNSEEN` takes.
_UNSEEN_BYTES = (
    re.compile(rb"\xe2\x80[\x8b-\x8f\xaa-\xae]"),
    re.compile(rb"\xe2\x81[\xa0-\xa9]"),
    re.compile(rb"\xef(?:\xbb\xbf|\xbf\xbe)"),
)
# What UTF-8 looks like when it was read as cp1252 or Latin-1.
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf¡-ÿ€-™]|â€|Å[\u0080-¿]|Ð[\u0080-¿]|Â[\u00a0-¿]")
# The first letter of each of these in UTF-8.
_MOJIBAKE_BYTES = re.compile(rb"\xc3[\x82\x83\x85\x90\xa2]")
# Halves of UTF-16 pairs, each written as if it were a character of UTF-8.
_HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
# Control characters that no text holds.
_ODD = bytes(byte for byte in range(1, 32) if byte not in b"\t\n\r\f\x1b")
# Characters up to which mojibake is looked for: the repair takes seconds for a megabyte.
_REPAIRED = 500_000


def looks_binary(body: bytes) -> bool:
    """Whether *body* is no text in any encoding that pages are in."""
    if body.startswith(tuple(bom for bom, _ in _BOMS)):
        return False
    sample = body[:8192]
    zeros = sample.count(0)
    # A stray zero is dropped from a page's text; it does not make a page a program.
    odd = len(sample) - len(sample.translate(None, _ODD)) + (zeros if zeros > len(sample) * 0.2 else 0)
    # UTF-16 without a mark has a zero in every other place; a stray zero in a page is only dropped.
    utf16 = zeros > len(sample) * 0.3 and not 0.1 < sample[1::2].count(0) / zeros < 0.9
    return not utf16 and odd > max(16, len(sample) * 0.05)


def decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The text of *body* and how it was decided: by its mark, then the header, the page's own meta, valid
    UTF-8, and last by statistics. A declared encoding that the bytes contradict is passed over."""
    text, how = _decode(body, content_type)
    plain = body.isascii()
    utf8 = how.startswith("utf-8")
    if not (plain or utf8) or _holds_unseen(body, plain):
        text = _UNSEEN.sub("", text)
    if not plain and len(text) <= _REPAIRED and (_MOJIBAKE_BYTES.search(body) or not utf8) and _MOJIBAKE.search(text):
        import ftfy

        repaired = ftfy.fix_encoding(text)
        if repaired != text:
            return repaired, how + ", mojibake repaired"
    return text, how


def _holds_unseen(body: bytes, plain: bool) -> bool:
    """Whether the text of *body*, in UTF-8, holds a character that no reader sees."""
    if len(body.translate(None, _CONTROLS)) < len(body):
        return True
    return not plain and any(unseen.search(body) for unseen in _UNSEEN_BYTES)


def _decode(body: bytes, content_type: str | None) -> tuple[str, str]:
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace"), f"{name} (byte order mark)"
    declared: list[tuple[str, str]] = []
    if content_type and (match := _HEADER.search(content_type)):
        declared.append((match[1], "header"))
    if meta := _META.search(body[:4096]):
        declared.append((meta[1].decode("ascii", "replace"), "meta"))
    sample = body[:4096]
    if len(sample) > 8 and sample.count(0) > len(sample) * 0.3:
        declared.insert(0, ("utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be", "zero bytes"))
    else:
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            if _HALVES.search(body) and (whole := _paired(body)) is not None:
                return whole, "utf-8 (halves of pairs mended)"
        else:
            # Bytes that are valid UTF-8 and not plain ASCII are UTF-8, whatever is declared.
            if not body.isascii() or not declared:
                return text, "utf-8 (valid)"
    for name, who in declared:
        # What calls itself Latin-1 is cp1252 on the web (WHATWG Encoding Standard).
        known = "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
        try:
            return body.decode(known), f"{known.lower()} ({who})"
        except (LookupError, UnicodeDecodeError):
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(body[:65536]).best()
    name = best.encoding if best else "cp1252"
    return body.decode(name, "replace"), f"{name} (statistics)"


def _paired(body: bytes) -> str | None:
    """The text of UTF-8 in which halves of UTF-16 pairs stand: two make a character, one alone makes none."""
    try:
        halves = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
