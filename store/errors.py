"""The errors of the store and the archive."""

from parsers.errors import WireError


class StoreError(WireError):
    """The database or the raw archive cannot do what was asked of it."""
