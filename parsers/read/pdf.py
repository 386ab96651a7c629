"""PDF to documents, by its text layer."""

from __future__ import annotations

import re
from collections import Counter

from parsers.document import Block, Document
from parsers.errors import Damaged, NeedsOCR, TooLarge
from parsers.language import language_of
from parsers.read.blocks import about, block, check_size, clean, tie_footnotes
from parsers.read.pdf_streams import check_streams
from parsers.read.text import read_text

MAX_PAGES = 300
_MAX_TEXT = 4_000_000
_PAGE_NUMBER = re.compile(r"^\s*(?:-\s*)?(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?(?:\s*-)?\s*$", re.IGNORECASE)
_BROKEN = re.compile("[\ufffe\x02]")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[\ufffe\x02]\s*(?=[a-zà-öø-ÿа-я])")


def read_pdf(body: bytes, *, url: str | None = None) -> Document:
    """The document of a PDF, each block with its page. Lines that stand on most pages (running heads, page
    numbers) are left out, and words broken at a line's end are made whole.

    Raises `NeedsOCR` for pages that are pictures, `Damaged` for a broken or encrypted file, `TooLarge`.
    """
    import pypdfium2

    check_streams(body)
    try:
        pdf = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Damaged("the PDF is encrypted; save it without its password") from error
        raise Damaged(f"the PDF cannot be opened ({error}); fetch it again, it may be cut off") from error
    try:
        if len(pdf) > MAX_PAGES:
            raise TooLarge(f"the PDF has {len(pdf)} pages; more than {MAX_PAGES} are not read")
        pages: list[str] = []
        size = 0
        for page in pdf:
            text = _whole_words(page.get_textpage().get_text_bounded())
            size += len(text)
            if size > _MAX_TEXT:
                raise TooLarge(f"the PDF holds more than {_MAX_TEXT} characters")
            pages.append(text)
        title = (pdf.get_metadata_dict() or {}).get("Title") or None
    except pypdfium2.PdfiumError as error:
        raise Damaged(f"a page of the PDF cannot be read ({error}); fetch it again") from error
    finally:
        pdf.close()
    if sum(len(text.split()) for text in pages) < 5 * max(1, len(pages)) and size < 200:
        raise NeedsOCR(f"the PDF's {len(pages)} page(s) hold no text; run OCR over it and ingest the result")
    return _document(pages, title, url)


def _document(pages: list[str], title: str | None, url: str | None) -> Document:
    lines = [text.splitlines() for text in pages]
    repeated = Counter(clean(line) for page in lines for line in {clean(line) for line in page if line.strip()})
    furniture = {line for line, count in repeated.items() if len(pages) > 2 and count > 0.6 * len(pages)}
    found: list[Block] = []
    first: Document | None = None
    for number, page in enumerate(lines, 1):
        kept = [line for line in page if clean(line) not in furniture and not _PAGE_NUMBER.match(line)]
        if not any(line.strip() for line in kept):
            continue
        part = read_text(_unwrapped(kept), encoding="pdf")
        first = first or part
        for item in part.blocks:
            if found and _goes_on(found[-1].text, item.text) and found[-1].page == number - 1:
                joined = block(found[-1].role, f"{found[-1].text} {item.text}", page=found[-1].page)
                found[-1] = joined or found[-1]
            else:
                made = block(item.role, item.text, level=item.level, page=number, number=item.number)
                found.extend([made] if made else [])
    if not found:
        raise NeedsOCR("the PDF holds no text; run OCR over it and ingest the result")
    check_size(found)
    found = tie_footnotes(found)
    body = "\n".join(item.text for item in found)
    return Document(
        format="pdf",
        blocks=tuple(found + about(url, title=title)),
        title=(first.title if first else None) or title,
        language=language_of(body),
        encoding="pdf",
    )


def _whole_words(text: str) -> str:
    """*text* with the words made whole that were broken at a line's end, where PDFium leaves a sign of its own."""
    return _BROKEN.sub("-", _BROKEN_WORD.sub("", text))


def _unwrapped(lines: list[str]) -> str:
    """A page's lines as paragraphs parted by blank lines: a short line or a new item ends one."""
    widths = sorted(len(line.rstrip()) for line in lines if line.strip())
    wide = widths[int(len(widths) * 0.8)] if widths else 0
    done: list[str] = []
    fresh = True
    for raw in lines:
        line = raw.strip()
        if not line:
            fresh = True
            continue
        starts = fresh or bool(re.match(r"(?:[•●▪–-]|\(?\d{1,2}[.)])\s", line))
        if not starts and done:
            last = done[-1]
            if last.endswith("-") and line[:1].islower() and last[-2:-1].isalpha():
                done[-1] = last[:-1] + line
            else:
                done[-1] = f"{last} {line}"
        else:
            done.append(line)
        fresh = (len(line) < 0.75 * wide and bool(re.search(r"[.!?:]$|^[^a-z]*$", line))) or len(line) < 0.5 * wide
    return "\n\n".join(done)


def _goes_on(last: str, line: str) -> bool:
    return not re.search(r"[.!?:;]$", last) and line[:1].islower() and len(last) > 40
