"""Make the catalogues that Django reads out of the texts that people translate.

`python -m kern.talen` does so without gettext's own programs, and only where a text is newer.
"""

import os
from pathlib import Path

import polib

FOLDER = Path(__file__).resolve().parent.parent / "locale"


def compile_all(folder: Path = FOLDER) -> list[Path]:
    """Write a `.mo` beside each `.po` that changed; return what was written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # Whole or not at all: several processes of a test run may be at it.
        half = target.with_suffix(f".{os.getpid()}")
        half.write_bytes(polib.pofile(str(source)).to_binary())
        half.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
