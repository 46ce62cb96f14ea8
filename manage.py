#!/usr/bin/env python
"""Run a management command; the database and the secrets come along by themselves."""

import os
import sys


def main() -> None:
    """Prepare the environment, then hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "activering.settings.dev")
    try:
        from activering.start.environment import prepare
        from activering.start.errors import StartError
    except ImportError as problem:
        sys.exit(f"{problem}. Draai `make setup` en gebruik .venv/bin/python manage.py.")
    try:
        if sys.argv[1:] == ["start"]:
            from activering.start.site import run

            run()
            return
        prepare(sys.argv)
    except StartError as problem:
        sys.exit(str(problem))
    from django.core.management import execute_from_command_line

    from activering.start.data import let_go

    try:
        execute_from_command_line(sys.argv)
    finally:
        # Before the embedded server stops: a pool that loses it complains on standard error.
        let_go()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
