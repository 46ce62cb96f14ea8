"""Join tagged PDFs into one that is still tagged, so that it can be read aloud too."""

from collections.abc import Iterable
from contextlib import closing
from typing import Any, BinaryIO


def merge_pdfs(sources: Iterable[BinaryIO], *, target: BinaryIO, title: str) -> int:
    """Write the sources one after the other into the target; return the number of pages.

    The sources are opened one at a time. Their structure trees come along: page keys are
    renumbered, and all trees hang under one document.
    """
    import pikepdf

    with pikepdf.new() as merged:
        parents = pikepdf.Array()
        kids = pikepdf.Array()
        for source in sources:
            with closing(source), pikepdf.open(source) as pdf:
                _append(merged, pdf, kids=kids, parents=parents)
        _set_root(merged, kids=kids, parents=parents, title=title)
        merged.save(target)
        return len(merged.pages)


def _append(merged: Any, pdf: Any, *, kids: Any, parents: Any) -> None:
    import pikepdf

    first = len(merged.pages)
    merged.pages.extend(pdf.pages)
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    offset = int(parents[-2]) + 1 if len(parents) else 0
    tree = merged.copy_foreign(pdf.make_indirect(root))
    for page in merged.pages[first:]:
        if "/StructParents" in page.obj:
            page.obj.StructParents = int(page.obj.StructParents) + offset
        for annotation in page.obj.get("/Annots", []):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset
    for key, value in pikepdf.NumberTree(tree.ParentTree).items():
        parents.append(key + offset)
        parents.append(value)
    own = tree.K if isinstance(tree.K, pikepdf.Array) else pikepdf.Array([tree.K])
    kids.extend(own)


def _set_root(merged: Any, *, kids: Any, parents: Any, title: str) -> None:
    import pikepdf
    from pikepdf import Dictionary, Name, String

    if len(kids):
        tree = merged.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = merged.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, K=kids, P=tree)
        )
        for kid in kids:
            kid.P = document
        tree.K = document
        tree.ParentTree = merged.make_indirect(Dictionary(Nums=parents))
        tree.ParentTreeNextKey = int(parents[-2]) + 1 if len(parents) else 0
        merged.Root.StructTreeRoot = tree
        merged.Root.MarkInfo = Dictionary(Marked=True)
    merged.Root.Lang = String("nl-BE")
    merged.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with merged.open_metadata() as metadata:
        metadata["dc:title"] = title
        metadata["pdfuaid:part"] = "1"
    merged.docinfo[Name.Title] = pikepdf.String(title)
