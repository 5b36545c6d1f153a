"""A lock a source, held by one run at a time; the kernel frees it when its process dies, kill -9 included."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


@contextmanager
def held(folder: Path, name: str) -> Iterator[bool]:
    """Take the lock `name` without waiting; gives whether it was free. Freed at the end of the block.

    The file stays: to delete it would let two runs lock two files of one name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"{quote(name, safe='')}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)
