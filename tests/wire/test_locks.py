from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from wire.locks import held

HOLDER = "import sys, time; from pathlib import Path; from wire.locks import held\nwith held(Path(sys.argv[1]), 'ians') as free: print(free, flush=True); time.sleep(60)"


def test_one_at_a_time(tmp_path: Path) -> None:
    with held(tmp_path, "ians") as first, held(tmp_path, "ians") as second, held(tmp_path, "pti") as other:
        assert (first, second, other) == (True, False, True)
    with held(tmp_path, "ians") as again:
        assert again


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    with held(tmp_path, "ians") as free:
        assert not free
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with held(tmp_path, "ians") as free:
        assert free


def test_any_name_is_a_file(tmp_path: Path) -> None:
    with held(tmp_path, "../up/and:away") as free:
        assert free
    assert len(list(tmp_path.iterdir())) == 1
