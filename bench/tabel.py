"""Figures as readable lines."""

from collections.abc import Iterator
from typing import Any


def table(answer: dict[str, Any]) -> str:
    """Return the figures, one a line, indented by group."""
    return "\n".join(_lines(answer, 0))


def _lines(value: dict[str, Any], depth: int) -> Iterator[str]:
    width = max((len(str(key)) for key in value), default=0)
    for key, item in value.items():
        label = "  " * depth + str(key).replace("_", " ").ljust(width)
        if isinstance(item, dict) and not any(isinstance(v, dict) for v in item.values()) and depth:
            yield f"{label}  " + ", ".join(
                f"{k.replace('_', ' ')} {_text(v)}" for k, v in item.items()
            )
        elif isinstance(item, dict):
            yield label.rstrip()
            yield from _lines(item, depth + 1)
        else:
            yield f"{label}  {_text(item)}"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value is None:
        return "-"
    return f"{value:,}".replace(",", " ") if isinstance(value, int) else str(value)
