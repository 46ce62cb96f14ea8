"""Settings of a site in a process of its own: those of the suite, with static files as they lie."""

from activering.settings.test import *  # noqa: F403

WHITENOISE_USE_FINDERS = True
