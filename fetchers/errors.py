"""The errors of the fetching room. A fault of the network is no error but a result that says what went wrong.

PlenarywatchError
└── FetchError
    ├── AddressRefused   an address that is never connected to: not http(s), or not public
    ├── BadSetting       a setting of the environment that cannot be meant
    ├── BadSaved         a saved page, WARC or folder that cannot be read
    └── NoCaptures       what a web archive answered is no list of captures, or it gave no answer
"""

from parsers.errors import PlenarywatchError


class FetchError(PlenarywatchError):
    """A request that cannot be made."""


class AddressRefused(FetchError):
    """An address that is never connected to: not http(s), or not public."""


class BadSetting(FetchError):
    """A setting of the environment that cannot be meant."""


class NoCaptures(FetchError):
    """What a web archive answered is no list of captures, or it gave no answer."""


class BadSaved(FetchError):
    """A saved page, WARC or folder that cannot be read."""
