"""The gallery of all pieces, for who keeps the product."""

from kern import gallery as pieces
from toegang.access import requires
from toegang.permissions import Permission

gallery = requires(Permission.GALLERY_VIEW)(pieces.gallery)
