"""The errors of the project's lowest room, and the root of every other room's tree.

PlenarywatchError
├── BadRules                a file of reading rules that cannot be used
└── ParseError              bytes that cannot become a record
    ├── EmptyInput          nothing to read
    ├── NotADocument        bytes of a kind that states nothing (an image, an archive, a program)
    ├── NeedsOCR            a PDF without a text layer
    ├── Damaged             a PDF or DOCX that is cut off, encrypted or broken
    ├── TooLarge            more bytes, tags or pages than the limits allow
    ├── Unread              its reading came to no end, which says nothing of the page
    │   └── TookTooLong     it was ended at the time limit of a page
    └── BadSpan             evidence that would not stand where it says
"""


class PlenarywatchError(Exception):
    """A fault that a person can mend: the message is one line naming the thing, what is wrong and the mend."""


class BadRules(PlenarywatchError):
    """A file of reading rules with an unknown key, word or value; the message names file and line."""


class ParseError(PlenarywatchError):
    """Bytes that cannot become a record."""


class EmptyInput(ParseError):
    """Nothing to read: no bytes, or no text in them."""


class NotADocument(ParseError):
    """Bytes of a kind that states nothing: an image, an archive, a program."""


class NeedsOCR(ParseError):
    """A PDF whose pages are pictures: its text must be recognised before it can be read."""


class Damaged(ParseError):
    """A PDF or DOCX that is cut off, encrypted or broken."""


class TooLarge(ParseError):
    """More bytes, tags or pages than the limits allow."""


class Unread(ParseError):
    """A page whose reading came to no end, for want of time or memory: with more of it, it may be read."""


class TookTooLong(Unread):
    """A page whose reading was ended at its time limit."""


class BadSpan(ParseError):
    """Evidence that would not stand where it says: a fault of a reader, never of the page."""
