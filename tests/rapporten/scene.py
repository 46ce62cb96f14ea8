"""One lively traject for the tests of reports: suspended, extended, evaluated, talked about."""

from datetime import date, datetime

from clienten.models import Client
from tests.factories.clienten import make_client, make_insz, make_statuut, make_toewijzing
from tests.factories.trajecten import BRUSSELS, make_logboekitem, make_stap, make_traject
from toegang.models import Bestuur, Gebruiker
from trajecten.enums import EvaluatieWijze, LogSoort, SchorsingReden, StapSoort, Uitvoerder
from trajecten.models import Evaluatie, Gpmi, Schorsing, Traject, Verlenging

NOW = datetime(2026, 11, 22, 10, 32, tzinfo=BRUSSELS)
VAN, TOT = date(2026, 6, 1), date(2026, 11, 22)

LOG = (
    (
        date(2026, 6, 9),
        LogSoort.WERKPLEKBEZOEK,
        "Bezoek aan de keuken van woonzorgcentrum De Linde. Olena werkt zelfstandig aan de koude "
        "kant en vraagt zelf naar de warme keuken.\nDe chef is tevreden over tempo en orde; "
        "overleg in het Nederlands gaat vlot als er rustig gesproken wordt.",
    ),
    (
        date(2026, 7, 1),
        LogSoort.TELEFOON,
        "Olena belt dat ze ziek is. Het attest volgt. We spreken af dat ze om de twee weken laat "
        "weten hoe het gaat.",
    ),
    (
        date(2026, 9, 28),
        LogSoort.GESPREK,
        "Terug sinds vandaag. We bekeken samen wat ze nodig heeft:\n– halve dagen in de eerste "
        "week\n– geen woensdagnamiddag, wegens de opvang van haar dochter\n"
        "– daarna opnieuw 28 uren",
    ),
    (
        date(2026, 10, 14),
        LogSoort.HUISBEZOEK,
        "De opvang op woensdag is nog niet rond. Het OCMW vraagt na bij De Zonnebloem en bij de "
        "buitenschoolse opvang van de gemeente.",
    ),
    (
        date(2026, 11, 10),
        LogSoort.GESPREK,
        "Theorie-examen rijbewijs: 38 op 50, net niet. Olena wil opnieuw proberen na de examens "
        "van haar dochter. Ze oefent verder met de app van de bibliotheek.",
    ),
)


def make_scene(bestuur: Bestuur, worker: Gebruiker, **fields) -> Traject:
    """Make the client with everything around her, and return her traject."""
    client = make_client(
        bestuur,
        insz=fields.pop("insz", make_insz(date(1992, 2, 14))),
        familienaam=fields.pop("familienaam", "Kovalenko"),
        voornaam=fields.pop("voornaam", "Olena"),
        geboortedatum=date(1992, 2, 14),
        **fields,
    )
    make_statuut(client, van=date(2025, 9, 1), categorie=2)
    make_toewijzing(client, worker, van=date(2026, 3, 2))
    traject = make_traject(
        client,
        "twe",
        begindatum=date(2026, 3, 2),
        beslist_op=date(2026, 2, 17),
        geplande_einddatum=date(2027, 12, 31),
    )
    _moves(client, traject, worker)
    for day, soort, tekst in LOG:
        moment = datetime(day.year, day.month, day.day, 10, 15, tzinfo=BRUSSELS)
        make_logboekitem(client, worker, traject=traject, soort=soort, moment=moment, tekst=tekst)
    return traject


def _moves(client: Client, traject: Traject, worker: Gebruiker) -> None:
    own = {"bestuur_id": client.bestuur_id, "client": client}
    Gpmi.objects.create(
        **own,
        beslist_op=date(2025, 9, 15),
        ontwerp_op=date(2025, 9, 18),
        ondertekend_op=date(2025, 9, 26),
    )
    Schorsing.objects.create(
        **own,
        traject=traject,
        van=date(2026, 7, 1),
        tot=date(2026, 9, 27),
        reden=SchorsingReden.ZIEKTE,
    )
    Verlenging.objects.create(
        **own,
        traject=traject,
        tot=date(2028, 6, 1),
        reden="Door de ziekte in de zomer is er te weinig tijd om in de warme keuken te leren.",
        gevraagd_door=worker,
        gevraagd_at=datetime(2026, 10, 20, 9, 0, tzinfo=BRUSSELS),
    )
    for day, wijze, haalbaar, tekst in (
        (
            date(2026, 6, 2),
            EvaluatieWijze.WERKPLEK,
            False,
            "Goede start. Taal en rijbewijs zijn de twee drempels naar werk in een gewone keuken.",
        ),
        (
            date(2026, 10, 5),
            EvaluatieWijze.KANTOOR,
            True,
            "Olena is sterker geworden op alle "
            "punten van haar plan. Met een rijbewijs kan ze solliciteren in de hele regio.",
        ),
    ):
        Evaluatie.objects.create(
            **own,
            traject=traject,
            gehouden_op=day,
            wijze=wijze,
            is_nec_haalbaar=haalbaar,
            verslag=tekst,
            door=worker,
        )
    make_stap(
        traject,
        tekst="Opnieuw theorie-examen afleggen",
        tegen=date(2027, 1, 15),
        vervolg=StapSoort.OPLEIDING,
    )
    make_stap(
        traject,
        tekst="Opvang zoeken voor woensdagnamiddag",
        tegen=date(2026, 12, 1),
        uitvoerders=[Uitvoerder.MEDEWERKER],
        gebruiker=worker,
        vervolg=StapSoort.WELZIJN,
    )
