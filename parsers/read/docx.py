"""DOCX to documents: through HTML, so that lists and tables are read by the one reader."""

from __future__ import annotations

import io
import zipfile
import zlib

from parsers.document import Document
from parsers.errors import Damaged, NotADocument, TooLarge
from parsers.read.html import read_html

_MAX_UNPACKED = 60_000_000
# The XML of a document of a hundred pages; reading it costs some 20 microseconds a tag.
_MAX_XML, _MAX_TAGS = 16_000_000, 120_000


def read_docx(body: bytes, *, url: str | None = None) -> Document:
    """The document of a Word file. Raises `NotADocument` for another kind of ZIP, `Damaged`, `TooLarge`."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if "word/document.xml" not in packed.namelist():
                raise NotADocument("the bytes are a ZIP archive, not a DOCX; unpack it and give its pages")
            if sum(info.file_size for info in packed.infolist()) > _MAX_UNPACKED:
                raise TooLarge(f"the DOCX unpacks to more than {_MAX_UNPACKED} bytes")
            _check_parts(packed)
    except zipfile.BadZipFile as error:
        raise Damaged(f"the DOCX cannot be opened ({error}); fetch it again, it may be cut off") from error
    from xml.parsers.expat import ExpatError

    import mammoth

    try:
        html = mammoth.convert_to_html(io.BytesIO(body)).value
    except (KeyError, ValueError, AttributeError, zipfile.BadZipFile, OSError, SyntaxError, ExpatError) as error:
        raise Damaged(f"the DOCX cannot be read ({error}); save it again") from error
    except RecursionError as error:
        raise TooLarge("the tags of the DOCX are nested too deep; give the page as text") from error
    document = read_html(f"<html><body><main>{html}</main></body></html>", encoding="docx", url=url)
    return Document(
        format="docx",
        blocks=document.blocks,
        title=document.title,
        language=document.language,
        encoding="docx",
        canonical=None,
    )


def _check_parts(packed: zipfile.ZipFile) -> None:
    """Raises `TooLarge` for more XML than a statement holds, `Damaged` for a part that declares entities: those of
    Word never do (ECMA-376 forbids them)."""
    size = tags = 0
    for info in packed.infolist():
        if not info.filename.endswith((".xml", ".rels")):
            continue
        size += info.file_size
        if size > _MAX_XML:
            raise TooLarge(f"the text of the DOCX unpacks to more than {_MAX_XML} bytes; give the page as text")
        try:
            # As many bytes as the directory tells: where it lies, reading on would unpack what it hides.
            with packed.open(info) as opened:
                part = opened.read(max(1, info.file_size))
        except (zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise Damaged(f"the DOCX cannot be opened ({error}); fetch it again, it may be cut off") from error
        tags += part.count(b"<")
        if tags > _MAX_TAGS:
            raise TooLarge(f"the DOCX holds more than {_MAX_TAGS} tags; give the page as text")
        if any(sign in part for sign in _DECLARES):
            raise Damaged("the DOCX declares entities, which no Word file does; save it again")


_DECLARES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
