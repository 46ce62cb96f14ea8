"""The one door to the function of the database that takes words out of a text and its trail."""

from django.db import connection

MARK = "[weggelaten]"


def take_out(*, tabel: str, rij_id: int, kolom: str, passage: str, reden: str) -> int:
    """Replace the passage in the row and in everything the trail keeps of it; return how often.

    The scope of the transaction says whose row it may be and who does it. The database allows
    only texts that a migration named (`kern.db.tenancy.Redactable`).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT toegang_redigeer(%s, %s, %s, %s, %s)", [tabel, rij_id, kolom, passage, reden]
        )
        return int(cursor.fetchone()[0])
