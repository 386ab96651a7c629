"""A comparison written to a file, in any of its formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from flows.errors import BadRequest
from reports.as_docx import as_docx
from reports.as_pdf import as_pdf
from reports.comparison import Comparison, as_html, as_markdown

FILES: dict[str, Callable[[Comparison], bytes]] = {
    "json": lambda found: msgspec.json.encode(found) + b"\n",
    "md": lambda found: as_markdown(found).encode() + b"\n",
    "html": lambda found: as_html(found).encode() + b"\n",
    "docx": as_docx,
    "pdf": as_pdf,
}
# What no terminal shows.
_BINARY = ("docx", "pdf")


def check_format(chosen: str, out: Path | None) -> None:
    """Raises `BadRequest` for a format that is none, or that cannot go where it is asked to."""
    if chosen not in ("text", *FILES):
        raise BadRequest(f"--format {chosen!r}: not a format; write text, json, md, html, docx or pdf")
    if chosen in _BINARY and out is None:
        raise BadRequest(f"--format {chosen}: is no text; name the file to write with --out")
    if chosen == "text" and out is not None:
        raise BadRequest("--out: text is for a terminal; choose --format json, md, html, docx or pdf for a file")


def write_comparison(found: Comparison, chosen: str, out: Path) -> None:
    """The comparison in the file *out*. Raises `BadRequest`."""
    data = FILES[chosen](found)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise BadRequest(f"{out}: cannot be written ({error.strerror}); name another file with --out") from error
