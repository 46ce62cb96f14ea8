"""Files are written whole or not at all, and sent only as they were written."""

import hashlib
import os
import time
from contextlib import closing

import pytest

from kern.errors import DomainError
from rapporten import files

HERE = {"bestuur_id": 7, "kind": "verslagen", "key": 12, "suffix": ".pdf"}


def written(folder) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_file_gets_a_random_name_under_its_bestuur(archive_folder):
    one = files.keep(lambda target: target.write(b"inhoud"), **HERE)
    two = files.keep(lambda target: target.write(b"inhoud"), **HERE)
    assert one.name != two.name
    assert one.name.startswith("7/verslagen/12-")
    assert one.size == 6
    assert one.sha256 == two.sha256 == hashlib.sha256(b"inhoud").hexdigest()
    assert (archive_folder / one.name).stat().st_mode & 0o777 == 0o600
    assert written(archive_folder) == sorted([one.name, two.name])


def test_a_writer_that_fails_leaves_nothing(archive_folder):
    def half(target):
        target.write(b"de eerste helft")
        raise OSError("schijf vol")

    with pytest.raises(OSError, match="schijf vol"):
        files.keep(half, **HERE)
    assert written(archive_folder) == []


def test_what_a_killed_writer_left_is_swept_after_an_hour(archive_folder):
    kept = files.keep(lambda target: target.write(b"heel"), **HERE)
    folder = archive_folder / "7/verslagen"
    old, new = folder / "13-aa.pdf.deel", folder / "14-bb.pdf.deel"
    old.write_bytes(b"%PDF-1.7 half")
    new.write_bytes(b"%PDF-1.7 half")
    hours_ago = time.time() - 2 * files.ABANDONED_AFTER_SECONDS
    os.utime(old, (hours_ago, hours_ago))
    os.utime(new, (time.time(), time.time()))
    assert files.sweep(bestuur_id=7, kind="verslagen") == 1
    assert written(archive_folder) == sorted([kept.name, "7/verslagen/14-bb.pdf.deel"])


def test_earlier_attempts_of_one_key_are_forgotten_and_no_others(archive_folder):
    files.keep(lambda target: target.write(b"poging 1"), **HERE)
    other = files.keep(lambda target: target.write(b"ander"), **{**HERE, "key": 112})
    files.forget_attempts(bestuur_id=7, kind="verslagen", key=12)
    assert written(archive_folder) == [other.name]


def test_only_what_is_unchanged_opens(archive_folder):
    kept = files.keep(lambda target: target.write(b"inhoud"), **HERE)
    with closing(files.open_verified(kept.name, sha256=kept.sha256)) as source:
        assert source.read() == b"inhoud"
    (archive_folder / kept.name).write_bytes(b"anders")
    with pytest.raises(DomainError, match="niet meer wat het was"):
        files.open_verified(kept.name, sha256=kept.sha256)
    files.forget(kept.name)
    with pytest.raises(DomainError, match="niet meer te vinden"):
        files.open_verified(kept.name, sha256=kept.sha256)
