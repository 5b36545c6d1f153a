"""The errors that are raised on purpose: one tree, each says what, where and what to do."""


class WireError(Exception):
    """Base of all errors raised on purpose.

    what: the fault, in one line an editor can read; where: file, URL or key; do: the remedy.
    """

    status = 1  # exit status of the command that ends with it; 2: asked wrongly

    def __init__(self, what: str, *, where: str, do: str) -> None:
        super().__init__(f"{where}: {what}; {do}")
        self.what, self.where, self.do = what, where, do

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments need help to cross the border of a process pool.
        return _rebuild, (type(self), self.what, self.where, self.do)


def _rebuild(kind: type[WireError], what: str, where: str, do: str) -> WireError:
    return kind(what, where=where, do=do)


class ParseError(WireError):
    """The document is not readable, or holds no story."""
