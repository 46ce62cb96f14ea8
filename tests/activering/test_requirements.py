"""The pinned lists are whole: what is asked for, and all that comes along, with hashes."""

import re
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from activering.start.home import PROJECT

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PYPROJECT["project"]["dependencies"]
GROUPS = PYPROJECT["dependency-groups"]
LISTS = {
    "runtime": RUNTIME,
    "dev": [*RUNTIME, *GROUPS["demo"], *GROUPS["test"]],
    "lint": GROUPS["lint"],
}


def read(name):
    """Return the pins of a list and the number of hashes of each."""
    text = (PROJECT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    pins, hashes = {}, {}
    for entry in re.sub(r"\\\n\s*", " ", text).splitlines():
        spec, *digests = entry.split(" --hash=sha256:")
        requirement = Requirement(spec.strip())
        if requirement.marker is None or requirement.marker.evaluate():
            package = canonicalize_name(requirement.name)
            (version,) = requirement.specifier
            assert version.operator == "=="
            pins[package] = version.version
        hashes[requirement.name] = [re.fullmatch("[0-9a-f]{64}", part.strip()) for part in digests]
    return pins, hashes


def needed_by(requirements):
    """Return every package these requirements bring along on this machine, with its range."""
    found, todo = [], [Requirement(line) for line in requirements]
    seen = set()
    while todo:
        requirement = todo.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        found.append(requirement)
        if key in seen:
            continue
        seen.add(key)
        for line in metadata.requires(requirement.name) or []:
            child = Requirement(line)
            extras = requirement.extras or {""}
            if child.marker is None or any(child.marker.evaluate({"extra": e}) for e in extras):
                todo.append(child)
    return found


@pytest.mark.parametrize("name", LISTS)
def test_every_pin_has_hashes(name):
    _, hashes = read(name)

    assert hashes
    assert all(digests and all(digests) for digests in hashes.values())


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_a_list_holds_exactly_what_is_needed(name):
    pins, _ = read(name)
    needed = needed_by(LISTS[name])

    for requirement in needed:
        package = canonicalize_name(requirement.name)
        assert package in pins, f"{package} is not pinned; run make lock"
        assert requirement.specifier.contains(pins[package], prereleases=True), requirement
    assert set(pins) == {canonicalize_name(requirement.name) for requirement in needed}


def test_direct_requirements_of_the_linters_are_pinned():
    pins, _ = read("lint")

    for requirement in map(Requirement, LISTS["lint"]):
        pinned = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pinned), requirement


def test_installed_versions_are_the_pinned_ones():
    pins, _ = read("dev")

    assert {name: metadata.version(name) for name in pins} == pins


def test_the_lists_agree_with_each_other():
    runtime, dev, lint = (read(name)[0] for name in LISTS)

    assert dev.items() >= runtime.items()
    assert {name: dev[name] for name in lint.keys() & dev.keys()} == {
        name: lint[name] for name in lint.keys() & dev.keys()
    }


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_no_address(name):
    text = (PROJECT / f"requirements/{name}.txt").read_text(encoding="utf-8")

    assert "//" not in text
    assert not re.search(r"^\s*--(index|extra|find)", text, re.MULTILINE)
