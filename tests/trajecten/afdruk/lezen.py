"""Read a PDF aloud: its text in the order of its tags, as a screen reader meets it."""

import io
import re
import subprocess
from collections.abc import Iterator

import pikepdf


def read_aloud(content: bytes) -> list[str]:
    """Return each tagged piece of text behind the tag it lies in: "H1 Olena Kovalenko"."""
    tree = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    return list(_lines(tree))


def _lines(tree: str) -> Iterator[str]:
    open_tags: list[tuple[int, str]] = []
    said: list[tuple[str, str]] = []
    for line in tree.splitlines():
        depth = len(line) - len(line.lstrip())
        piece = line.strip()
        open_tags = [(at, tag) for at, tag in open_tags if at < depth]
        if found := re.fullmatch(r'"(.*)"', piece):
            said.append((_block(open_tags), found[1].strip()))
        elif piece:
            open_tags.append((depth, piece.split()[0].rstrip(":")))
    for tag, text in said:
        if text:
            yield f"{tag} {text}"


def _block(open_tags: list[tuple[int, str]]) -> str:
    return next((tag for _, tag in reversed(open_tags) if tag not in {"Span", "Strong"}), "")


def tags_of(content: bytes) -> list[str]:
    """Return every tag in order, without its text."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return list(_walk(document.Root.StructTreeRoot))


def _walk(node: object) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _walk(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from _walk(node.K)


# How high Source Sans 3 stands in its line, for each point of its size.
HEIGHT = 1.425


def words_under(points: float, content: bytes) -> list[str]:
    """Return the words printed smaller than this, in the order of the pages."""
    found = subprocess.run(
        ["pdftotext", "-bbox-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    words = re.findall(r'<word xMin="\S+" yMin="(\S+)" xMax="\S+" yMax="(\S+)">([^<]*)', found)
    small = points * HEIGHT - 0.5
    return [word for top, bottom, word in words if float(bottom) - float(top) < small]
