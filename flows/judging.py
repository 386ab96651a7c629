"""What an answer is worth: the page, read, or what stands in its place. It asks no store, so that any process can."""

from __future__ import annotations

from msgspec import Struct

from fetchers.result import FetchResult
from fetchers.verdict import Kind as VerdictKind
from fetchers.verdict import Verdict, classify, classify_build, ends_early
from parsers.document import Document
from parsers.errors import ParseError
from parsers.parsed import Parsed
from parsers.regime import RegimeProfile
from parsers.substance import says_something


class Answer(Struct, frozen=True):
    """What came for a page of a regime, and what the page said and sent before, where it is known."""

    result: FetchResult
    regime: RegimeProfile
    said_before: str | None = None
    sent_before: bytes | None = None


def judge(answer: Answer) -> Parsed | Verdict:
    """The page, read; or what stands in its place."""
    # Who has this done by another process need not load what reads.
    from parsers.parse import parse_document
    from parsers.read import read_document

    result = answer.result
    body = result.body or b""
    try:
        document = read_document(body, url=result.final_url, content_type=result.content_type)
    except ParseError as error:
        built = classify_build(body, result.headers)
        return Verdict(VerdictKind.UNREADABLE, str(error)) if built.good else built
    verdict = classify_page(result, document, answer.regime, answer.said_before)
    if not verdict.good:
        return verdict
    if answer.sent_before is not None and document.format == "html" and ends_early(body, answer.sent_before):
        return Verdict(VerdictKind.TRUNCATED, "the page stops before its end, as it did not before")
    return parse_document(document, regime=answer.regime, url=result.final_url)


def classify_answer(result: FetchResult, document: Document, previous_text: str | None = None) -> Verdict:
    """What an answer is that could be read: by how it is built, and by the words of what stands in a page's place."""
    built = classify_build(result.body or b"", result.headers, text=document.text)
    if not built.good:
        return built
    return classify(status=result.status, title=document.title, text=document.text, previous_text=previous_text)


def classify_page(
    result: FetchResult, document: Document, regime: RegimeProfile, previous_text: str | None = None
) -> Verdict:
    """The same of a page that is to say something of the regime."""
    verdict = classify_answer(result, document, previous_text)
    if verdict.good and not says_something(document, regime):
        return Verdict(VerdictKind.EMPTY, "it names no place, no day and nothing that the regime is about")
    return verdict
