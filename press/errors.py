"""Every error that Pickup raises on purpose, as one small tree of intents.

::

    PickupError                 one line for the user: what, where, what to do; exit status 1
    ├── UsageError              the command line cannot mean anything; exit status 2
    ├── CampaignError           a mistake in the campaign file, with file:line:column
    ├── QueryError              a mistake in a search query, with its column
    ├── IndexUnavailable        the index cannot be reached now: trying again later can help
    └── IndexUnusable           the index is there and cannot serve: corrupt, newer, not writable
"""


class PickupError(Exception):
    """A mistake or misfortune that the user can act on; shown as one line, no traceback."""

    exit_status = 1


class UsageError(PickupError):
    """The command line cannot be carried out as it was given."""

    exit_status = 2


class CampaignError(PickupError):
    """A campaign file or one of its statements cannot be used."""


class QueryError(PickupError):
    """A query does not parse.

    `column` counts code points from 0 into the query.
    """

    def __init__(self, message: str, *, query: str, column: int) -> None:
        super().__init__(message)
        self.query = query
        self.column = column


class IndexUnavailable(PickupError):
    """The index does not answer now; the same call may succeed later."""


class IndexUnusable(PickupError):
    """The index answers and cannot be used: corrupt, made by a newer version, or read-only."""
