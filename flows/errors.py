"""The errors of the room where everything meets.

PlenarywatchError
└── FlowsError
    ├── BadRequest      what a person asked for cannot be done as asked
    ├── SourceFailed    a source could not be read to the end; the run says so and goes on with the others
    └── WorkersLost     the processes that work was given to are gone; run again, it goes on with what is left
"""

from parsers.errors import PlenarywatchError


class FlowsError(PlenarywatchError):
    """A fault of a run."""


class BadRequest(FlowsError):
    """What a person asked for cannot be done as asked."""


class SourceFailed(FlowsError):
    """A source could not be read to the end; the run says so and goes on with the others."""


class WorkersLost(FlowsError):
    """The processes that work was given to are gone; run again, it goes on with what is left."""
