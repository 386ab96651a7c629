"""DOCX to documents: through HTML, so that lists and tables are read by the one reader."""

from __future__ import annotations

import io
import zipfile

from parsers.document import Document
from parsers.errors import Damaged, NotADocument, TooLarge
from parsers.read.html import read_html

_MAX_UNPACKED = 60_000_000


def read_docx(body: bytes, *, url: str | None = None) -> Document:
    """The document of a Word file. Raises `NotADocument` for another kind of ZIP, `Damaged`, `TooLarge`."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if "word/document.xml" not in packed.namelist():
                raise NotADocument("the bytes are a ZIP archive, not a DOCX; unpack it and give its pages")
            if sum(info.file_size for info in packed.infolist()) > _MAX_UNPACKED:
                raise TooLarge(f"the DOCX unpacks to more than {_MAX_UNPACKED} bytes")
    except zipfile.BadZipFile as error:
        raise Damaged(f"the DOCX cannot be opened ({error}); fetch it again, it may be cut off") from error
    import mammoth

    try:
        html = mammoth.convert_to_html(io.BytesIO(body)).value
    except (KeyError, ValueError, zipfile.BadZipFile, OSError, SyntaxError) as error:
        raise Damaged(f"the DOCX cannot be read ({error}); save it again") from error
    document = read_html(f"<html><body><main>{html}</main></body></html>", encoding="docx", url=url)
    return Document(
        format="docx",
        blocks=document.blocks,
        title=document.title,
        language=document.language,
        encoding="docx",
        canonical=None,
    )
