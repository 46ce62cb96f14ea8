"""Settings of a laptop: the start command brings the database and the secrets along."""

from activering.settings.base import *  # noqa: F403

DEBUG = False
SHOW_GALLERY = True
