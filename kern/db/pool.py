"""What happens to a connection before another request may have it."""

from typing import Any

from psycopg import Connection

_CLEAN = (
    "DISCARD TEMP",
    "UNLISTEN *",
    "SELECT pg_advisory_unlock_all(), set_config('app.bestuur', '', false), "
    "set_config('app.actor', '', false), set_config('app.handeling', '', false)",
)


def leave_nothing_behind(connection: Connection[Any]) -> None:
    """Forget scope, temporary tables and locks; the pool does this outside the request.

    Not DISCARD ALL: that would also forget the time zone, which Django sets once.
    """
    for statement in _CLEAN:
        connection.execute(statement)
    connection.commit()
