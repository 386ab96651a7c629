"""The errors of the room where everything meets.

PlenarywatchError
└── FlowsError
    ├── BadRequest      what a person asked for cannot be done as asked
    ├── RunOver         the run was broken off while this page was still being checked
    └── WorkersLost     the processes that work was given to are gone; run again, it goes on with what is left
"""

from parsers.errors import PlenarywatchError


class FlowsError(PlenarywatchError):
    """A fault of a run."""


class BadRequest(FlowsError):
    """What a person asked for cannot be done as asked."""


class RunOver(FlowsError):
    """The run was broken off; what is still under way in its threads ends here and keeps nothing."""


class WorkersLost(FlowsError):
    """The processes that work was given to are gone; run again, it goes on with what is left."""
