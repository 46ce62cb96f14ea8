"""What may be done, and by which role. The whole surface stands on this one page."""

from enum import StrEnum

from toegang.enums import Rol


class Permission(StrEnum):
    """An act on a noun; every view states the one it needs."""

    FRAME_USE = "frame.use"  # choose where to work, own account, help
    DAY_VIEW = "day.view"
    CLIENT_LIST = "client.list"
    CLIENT_OPEN = "client.open"
    CLIENT_REGISTER = "client.register"
    CLIENT_CHANGE = "client.change"
    CLIENT_RESTRICT = "client.restrict"
    CLIENT_TRAIL = "client.trail"
    INSZ_REVEAL = "insz.reveal"
    # Health, justice and debts; docs/beveiliging.md lists the functions (GDPR law art. 9 and 10).
    GEVOELIG_VIEW = "gevoelig.view"
    TOEWIJZING_CHANGE = "toewijzing.change"
    TRAJECT_VIEW = "traject.view"
    TRAJECT_CHANGE = "traject.change"
    PLAN_CHANGE = "plan.change"
    VERLENGING_DECIDE = "verlenging.decide"
    LOG_WRITE = "log.write"
    AFSPRAAK_MAKE = "afspraak.make"
    PORTAAL_INVITE = "portaal.invite"
    BERICHT_VIEW = "bericht.view"  # that a message did not arrive; never its words
    LOG_ASK = "log.ask"
    TEKST_REDACT = "tekst.redact"  # in what others wrote; one's own words need no more
    IMPORT_RUN = "import.run"
    WIJKWERK_VIEW = "wijkwerk.view"
    WIJKWERK_CHANGE = "wijkwerk.change"
    WIJKWERK_LIST_CHANGE = "wijkwerk.list_change"  # activities and organisers: no client in them
    VERSLAG_VIEW = "verslag.view"
    VERSLAG_MAKE = "verslag.make"
    DREMPEL_REPORT = "drempel.report"
    REGEL_VIEW = "regel.view"
    REGEL_CHANGE = "regel.change"
    SJABLOON_CHANGE = "sjabloon.change"  # templates of steps, and the bestuur's own words
    GEBRUIKER_CHANGE = "gebruiker.change"
    BESTUUR_CHANGE = "bestuur.change"  # what clients see of the bestuur
    AUDIT_VIEW = "audit.view"
    GALLERY_VIEW = "gallery.view"


_CASEWORK = frozenset(
    {
        Permission.FRAME_USE,
        Permission.DAY_VIEW,
        Permission.CLIENT_LIST,
        Permission.CLIENT_OPEN,
        Permission.CLIENT_REGISTER,
        Permission.CLIENT_CHANGE,
        Permission.CLIENT_TRAIL,
        Permission.INSZ_REVEAL,
        Permission.TRAJECT_VIEW,
        Permission.TRAJECT_CHANGE,
        Permission.PLAN_CHANGE,
        Permission.LOG_WRITE,
        Permission.AFSPRAAK_MAKE,
        Permission.PORTAAL_INVITE,
        Permission.BERICHT_VIEW,
        Permission.VERSLAG_VIEW,
        Permission.VERSLAG_MAKE,
        Permission.REGEL_VIEW,
        Permission.IMPORT_RUN,
        Permission.WIJKWERK_VIEW,
        Permission.WIJKWERK_CHANGE,
    }
)

ROLES: dict[Rol, frozenset[Permission]] = {
    Rol.MAATSCHAPPELIJK_WERKER: _CASEWORK | {Permission.GEVOELIG_VIEW},
    Rol.TRAJECTBEGELEIDER: _CASEWORK,
    Rol.LEIDINGGEVENDE: _CASEWORK
    | {
        Permission.CLIENT_RESTRICT,
        Permission.TOEWIJZING_CHANGE,
        Permission.VERLENGING_DECIDE,
        Permission.DREMPEL_REPORT,
        Permission.LOG_ASK,
        Permission.TEKST_REDACT,
        Permission.WIJKWERK_LIST_CHANGE,
    },
    Rol.ONTHAAL: frozenset(
        {
            Permission.FRAME_USE,
            Permission.CLIENT_LIST,
            Permission.CLIENT_REGISTER,
            Permission.AFSPRAAK_MAKE,
        }
    ),
    # No client content: settings, accounts and rules only.
    Rol.BEHEERDER: frozenset(
        {
            Permission.FRAME_USE,
            Permission.REGEL_VIEW,
            Permission.REGEL_CHANGE,
            Permission.SJABLOON_CHANGE,
            Permission.WIJKWERK_LIST_CHANGE,
            Permission.GEBRUIKER_CHANGE,
            Permission.BESTUUR_CHANGE,
            Permission.GALLERY_VIEW,
        }
    ),
    Rol.TOEZICHTHOUDER: frozenset(
        {
            Permission.FRAME_USE,
            Permission.CLIENT_LIST,
            Permission.CLIENT_OPEN,
            Permission.CLIENT_TRAIL,
            Permission.AUDIT_VIEW,
            Permission.REGEL_VIEW,
        }
    ),
}


def permissions_of(rollen: frozenset[Rol]) -> frozenset[Permission]:
    """Return everything these roles may do together."""
    return frozenset().union(*(ROLES[rol] for rol in rollen))


def roles_with(permission: Permission) -> list[Rol]:
    """Return the roles that hold this permission."""
    return [rol for rol, held in ROLES.items() if permission in held]
