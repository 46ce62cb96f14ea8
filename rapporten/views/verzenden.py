"""Sending a file of the archive."""

from django.http import FileResponse

from rapporten import files


def as_download(name: str, *, sha256: str, filename: str) -> FileResponse:
    """Return the file as a download; raises DomainError when it is not what it was."""
    kind = "application/zip" if filename.endswith(".zip") else "application/pdf"
    response = FileResponse(
        files.open_verified(name, sha256=sha256),
        as_attachment=True,
        filename=filename,
        content_type=kind,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
