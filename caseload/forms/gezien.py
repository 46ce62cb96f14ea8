"""What a form showed, to tell who saves second what changed in the meantime."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def prints_of(values: Mapping[str, Any]) -> str:
    """Return a print of each value shown in a form, to see later which of them changed."""
    return json.dumps({name: _print(name, value) for name, value in values.items()})


def changed_since(prints: str, values: Mapping[str, Any]) -> list[str]:
    """Return the names whose value is no longer what the form showed."""
    try:
        shown = json.loads(prints or "{}")
    except ValueError:
        return []
    if not isinstance(shown, dict):
        return []
    return [
        name
        for name, value in values.items()
        if shown.get(name, "") not in ("", _print(name, value))
    ]


def _print(name: str, value: Any) -> str:
    return hashlib.sha256(f"{name}={value}".encode()).hexdigest()[:12]


def is_untouched(prints: str, name: str, value: Any) -> bool:
    """Tell whether the value is still the one that the form showed."""
    return name not in changed_since(prints, {name: value})
