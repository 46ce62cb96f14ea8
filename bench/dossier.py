"""One invented client with everything that hangs on her, as lines for COPY."""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bench import plannen
from kern.periods import last_day_of_months

if TYPE_CHECKING:
    from bench.vlaanderen import Omvang

TABLES: dict[str, tuple[str, ...]] = {
    "toegang_bestuur": ("id", "naam", "nis", "kbo", "gemeente", "postcode", "telefoon"),
    "toegang_gebruiker": (
        *("id", "password", "gebruikersnaam", "voornaam", "familienaam", "email", "is_active"),
        *("is_start_password", "created_at"),
    ),
    "toegang_aanstelling": ("id", "gebruiker_id", "bestuur_id", "rol", "van", "tot"),
    "clienten_client": (
        *("id", "bestuur_id", "dossiernummer", "familienaam", "voornaam", "geboortedatum"),
        *("geslacht", "adres", "postcode", "gemeente", "telefoon", "email", "taal", "kanaal"),
        *("contactvoorkeur", "afgeschermd", "opmerking", "created_at"),
    ),
    "clienten_statuut": (
        *("id", "bestuur_id", "client_id", "soort", "categorie", "herkomst", "van", "tot"),
        "beslist_op",
    ),
    "clienten_toewijzing": (
        *("id", "bestuur_id", "client_id", "gebruiker_id", "rol", "is_spilfiguur", "van", "tot"),
        "reden",
    ),
    "clienten_vdabinschrijving": (
        *("id", "bestuur_id", "client_id", "van", "tot", "vrijstelling", "motivering"),
        *("herziening_op", "begeleider"),
    ),
    "trajecten_traject": (
        *("id", "bestuur_id", "client_id", "instrument_id", "groep", "begindatum", "uiterste_dag"),
        *("herziening_op", "einddatum", "eindreden", "eind_toelichting", "created_at"),
    ),
    "trajecten_schorsing": (
        *("id", "bestuur_id", "client_id", "traject_id", "van", "tot", "reden", "toelichting"),
    ),
    "trajecten_verlenging": (
        *("id", "bestuur_id", "client_id", "traject_id", "tot", "reden", "status"),
        *("gevraagd_door_id", "gevraagd_at", "beslissing_reden"),
    ),
    **plannen.TABLES,
    "trajecten_gpmi": (
        *("id", "bestuur_id", "client_id", "beslist_op", "ontwerp_op", "ondertekend_op"),
        "einddatum",
    ),
    "trajecten_evaluatie": (
        *("id", "bestuur_id", "client_id", "traject_id", "gpmi_id", "gehouden_op", "wijze"),
        *("verslag", "door_id"),
    ),
    "trajecten_logboekitem": (
        *("id", "bestuur_id", "client_id", "traject_id", "soort", "moment", "tekst", "auteur_id"),
        *("created_at", "revisie", "zichtbaar_client", "zichtbaar_partner"),
    ),
}
# Instrument, months until the last legal day, months until the next review.
SOORTEN: tuple[tuple[str, int | None, int | None], ...] = (
    ("twe", 24, None),
    ("wijkwerken", 12, 6),
    ("activeringstraject", 18, None),
    ("ama_welzijn", None, 12),
    ("ama_se", None, 12),
    ("opleiding", None, None),
    ("werkervaringsstage", None, None),
    ("art60", None, None),
)
GEWICHTEN = (30, 20, 8, 8, 6, 14, 4, 10)
STATUTEN = ("leefloon", "equivalent_leefloon", "werkzoekende", "nwwz", "ziekte", "artikel_60")
FAMILIENAMEN = (
    *("Peeters", "Janssens", "Maes", "Jacobs", "Willems", "Claes", "Goossens", "Wouters"),
    *("De Smet", "Vermeulen", "Kovalenko", "Haddad", "El Amrani", "Yılmaz", "Popescu", "Nowak"),
    *("Ahmadi", "Diallo", "Tesfay", "Novák", "García", "Šimić", "Nguyen", "Öztürk", "Lefèvre"),
)
VOORNAMEN = (
    *("Amina", "Olena", "Pieter", "Fatima", "Jozef", "Liesbeth", "Ahmed", "Nadia", "Tom"),
    *("Yusuf", "Maria", "Ivan", "Sofie", "Hassan", "Elif", "Bart", "Zahra", "Kofi", "Inés"),
)
TEKST = "Gesprek over het werk, de opvang van de kinderen en wat er volgende week moet gebeuren."
NULL = "\\N"


class Nummers:
    """A running key per table."""

    def __init__(self) -> None:
        self._last: defaultdict[str, int] = defaultdict(int)

    def next(self, table: str) -> int:
        """Return the next key."""
        self._last[table] += 1
        return self._last[table]


@dataclass
class Dossier:
    """Lines waiting to be sent, per table."""

    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    size: int = 0

    def add(self, table: str, *values: Any) -> None:
        """Put one row in the queue."""
        self.lines[table].append("\t".join([NULL if v is None else str(v) for v in values]))
        self.size += 1

    def flush(self, streams: Mapping[str, Any]) -> None:
        """Send what waits."""
        for table, lines in self.lines.items():
            if lines:
                streams[table].write("\n".join(lines) + "\n")
                lines.clear()
        self.size = 0


@dataclass
class Stad:
    """A bestuur with its workers."""

    pk: int
    nis: str
    gemeente: str
    postcode: str
    werkers: list[int] = field(default_factory=list)

    def write(self, dossier: Dossier, nummers: Nummers, aantal: int) -> None:
        """Write the bestuur, its workers and its leidinggevende."""
        naam = f"OCMW {self.gemeente}"
        dossier.add(
            *("toegang_bestuur", self.pk, naam, self.nis, "", self.gemeente, self.postcode, "")
        )
        for plaats in range(aantal + 1):
            pk = nummers.next("gebruiker")
            rol = "maatschappelijk_werker" if plaats else "leidinggevende"
            account = f"b{self.nis}-{plaats}"
            dossier.add(
                *("toegang_gebruiker", pk, "!", account, VOORNAMEN[pk % len(VOORNAMEN)]),
                *(FAMILIENAMEN[pk % len(FAMILIENAMEN)], f"{account}@example.org", "t", "f"),
                "2020-01-01 08:00+00",
            )
            dossier.add(
                *("toegang_aanstelling", nummers.next("aanstelling"), pk, self.pk, rol),
                *("2020-01-01", None),
            )
            if plaats:
                self.werkers.append(pk)


def make_dossier(
    dossier: Dossier,
    stad: Stad,
    nummers: Nummers,
    instrumenten: Mapping[str, tuple[int, str]],
    on: date,
    omvang: "Omvang",
    chance: random.Random,
) -> None:
    """Write one client: standing, worker, trajecten, contract, log."""
    pk = nummers.next("client")
    bekend = on - timedelta(days=int(chance.random() ** 2 * 1500) + 1)
    werker = chance.choice(stad.werkers)
    familienaam, voornaam = chance.choice(FAMILIENAMEN), chance.choice(VOORNAMEN)
    dossier.add(
        *("clienten_client", pk, stad.pk, f"{stad.nis}-{pk}", familienaam, voornaam),
        *(date(1960 + pk % 46, pk % 12 + 1, pk % 28 + 1), "mvx"[pk % 3], "Dorpsstraat 1"),
        *(stad.postcode, stad.gemeente, "", "", "nl", "telefoon", ""),
        *("t" if chance.random() < 0.005 else "f", "", f"{bekend} 09:00+00"),
    )
    rij = _Rij(dossier, stad.pk, pk, nummers)
    in_opvolging = chance.random() < 0.8
    if chance.random() < 0.94:
        rij.add(
            *("clienten_toewijzing", werker, "maatschappelijk_werker", "t", bekend),
            *(None if in_opvolging else max(bekend, on - timedelta(days=chance.randrange(60))), ""),
        )
    soort = _statuten(rij, bekend, on, in_opvolging, chance)
    if soort.endswith("leefloon"):
        _leefloon(rij, bekend, on, werker, chance)
    _trajecten(rij, instrumenten, bekend, on, in_opvolging, werker, chance)
    gemiddeld = omvang.stappen_per_client
    plannen.plan(
        rij, on, werker, chance, int(chance.expovariate(1 / gemiddeld)) if gemiddeld else 0
    )
    aantal = omvang.logboek_per_client
    for _ in range(int(chance.expovariate(1 / aantal) + 0.9) if aantal else 0):
        moment = f"{on - timedelta(days=chance.randrange(1, 700))} 10:00+00"
        rij.add(
            *("trajecten_logboekitem", None, chance.choice(("gesprek", "telefoon", "bericht"))),
            *(moment, TEKST, werker, moment, 1, "f", "f"),
        )


@dataclass
class _Rij:
    dossier: Dossier
    bestuur: int
    client: int
    nummers: Nummers

    def add(self, table: str, *values: Any) -> int:
        pk = self.nummers.next(table)
        self.dossier.add(table, pk, self.bestuur, self.client, *values)
        return pk


def _statuten(rij: _Rij, bekend: date, on: date, in_opvolging: bool, chance: random.Random) -> str:
    soort = chance.choices(STATUTEN, weights=(55, 10, 12, 8, 5, 10))[0]
    begin = bekend
    if (on - bekend).days > 400:
        knip = bekend + timedelta(days=200)
        rij.add("clienten_statuut", "werkzoekende", None, "", begin, knip, None)
        begin = knip + timedelta(days=1)
    laatste = None
    if not in_opvolging:
        laatste = max(begin, on - timedelta(days=chance.randrange(1, 60)))
    elif chance.random() < 0.06:
        laatste = max(begin, on - timedelta(days=chance.randrange(1, 40)))
    categorie = chance.randrange(1, 4) if soort == "leefloon" else None
    rij.add("clienten_statuut", soort, categorie, "", begin, laatste, begin)
    return soort if laatste is None else ""


def _leefloon(rij: _Rij, bekend: date, on: date, werker: int, chance: random.Random) -> None:
    if chance.random() < 0.93:
        rij.add("clienten_vdabinschrijving", bekend, None, "", "", None, "ocmw")
    beslist = bekend
    getekend = beslist + timedelta(days=chance.randrange(20, 90))
    if getekend >= on or chance.random() < 0.02:
        rij.add("trajecten_gpmi", beslist, None, None, None)
        return
    gpmi = rij.add("trajecten_gpmi", beslist, beslist, getekend, None)
    dag = getekend + timedelta(days=chance.randrange(60, 150))
    while dag <= on:
        wijze = chance.choice(("kantoor", "kantoor", "huisbezoek", "telefoon"))
        rij.add("trajecten_evaluatie", None, gpmi, dag, wijze, "", werker)
        dag += timedelta(days=chance.randrange(70, 150))


def _trajecten(
    rij: _Rij,
    instrumenten: Mapping[str, tuple[int, str]],
    bekend: date,
    on: date,
    in_opvolging: bool,
    werker: int,
    chance: random.Random,
) -> None:
    aantal = chance.choices((1, 2, 3, 4), weights=(20, 32, 36, 12))[0]
    einde = on - timedelta(days=chance.randrange(1, 300))
    if in_opvolging and chance.random() < 0.92:
        begin = on - timedelta(days=int(chance.random() * 700) + 1)
        _een_traject(rij, instrumenten, begin, None, on, werker, chance)
        einde = begin - timedelta(days=1)
        aantal -= 1
    for _ in range(aantal):
        begin = einde - timedelta(days=chance.randrange(60, 360))
        if begin < date(2023, 1, 1):
            return
        _een_traject(rij, instrumenten, begin, einde, on, werker, chance)
        einde = begin - timedelta(days=chance.randrange(1, 60))


def _is_over(begin: date, maanden: int, on: date) -> bool:
    return last_day_of_months(begin, maanden) < on


def _een_traject(
    rij: _Rij,
    instrumenten: Mapping[str, tuple[int, str]],
    begin: date,
    einde: date | None,
    on: date,
    werker: int,
    chance: random.Random,
) -> None:
    soort = chance.choices(SOORTEN, weights=GEWICHTEN)[0]
    while einde is None and soort[1] and _is_over(begin, soort[1], on) and chance.random() < 0.9:
        soort = chance.choices(SOORTEN, weights=GEWICHTEN)[0]
    code, maanden, herziening = soort
    instrument, groep = instrumenten[code]
    uiterste = last_day_of_months(begin, maanden) if maanden else None
    reden = "" if einde is None else "ander_traject"
    herzien_op = None
    if herziening and einde is None:
        # Most reviews are held in time, and the next day then lies ahead.
        vanaf = max(begin, on - timedelta(days=chance.randrange(herziening * 31)))
        herzien_op = last_day_of_months(vanaf, herziening)
    traject = rij.add(
        *("trajecten_traject", instrument, groep, begin, uiterste, herzien_op),
        *(einde, reden, "", f"{begin} 09:00+00"),
    )
    if einde is not None:
        if chance.random() < 0.6:
            plannen.next_step(rij, traject, on, chance, closed=True)
        return
    if chance.random() < 0.55:
        plannen.next_step(rij, traject, on, chance, closed=False)
    if chance.random() < 0.06:
        van = begin + (on - begin) // 2
        open_einde = chance.random() < 0.25
        tot = None if open_einde else van + (on - van) // 2
        rij.add("trajecten_schorsing", traject, van, tot, "ziekte", "")
    if uiterste and chance.random() < 0.02:
        rij.add(
            *("trajecten_verlenging", traject, uiterste + timedelta(days=90), "Nog niet klaar"),
            *("gevraagd", werker, f"{on - timedelta(days=3)} 09:00+00", ""),
        )
