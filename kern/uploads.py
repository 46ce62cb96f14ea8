"""A file that is too large is cut off while it arrives, not after it filled the disk."""

from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

# A file somewhat over the limit is a mistake, and gets a page; a larger one is cut off.
DRAINED = 100 * 1024 * 1024
CHUNK = 64 * 1024


class SizeLimitHandler(FileUploadHandler):
    """Refuse a request body over the limit; `request.upload_too_large` tells the view."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        """Say no before reading when the announced length is over the limit."""
        if content_length > settings.UPLOAD_MAX_BYTES + 65_536:
            self._tell()
            if content_length <= DRAINED:
                _drain(input_data)
            return QueryDict(encoding=encoding), MultiValueDict()
        self.received = 0
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on until the limit is reached."""
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES:
            self._tell()
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
        return

    def _tell(self) -> None:
        if self.request is not None:
            self.request.upload_too_large = True  # type: ignore[attr-defined]


def _drain(body: IO[bytes]) -> None:
    """Read and forget: a browser shows our answer only after it could send everything."""
    while body.read(CHUNK):
        pass
