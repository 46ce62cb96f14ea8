"""The two voices of the demo: what client and OCMW say about a plan, each on its own day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from clienten.models import Client
from kern.db.scope import scope
from toegang.models import Gebruiker
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    agree_plan,
    agree_together,
    finish_item,
    leave_disagreed,
    propose_doel,
    propose_stap,
    react,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, Levensdomein, ReactieSoort, Uitvoerder
from trajecten.models import Doel, Planversie, Stap, Traject
from trajecten.queries.plan import read_plan

CLIENT = (Uitvoerder.CLIENT,)
OCMW = (Uitvoerder.OCMW,)
SAMEN = (Uitvoerder.CLIENT, Uitvoerder.MEDEWERKER)


def moment(day: date, *, hour: int = 10) -> datetime:
    """Return a moment of an ordinary working day in Brussels."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass(frozen=True, slots=True)
class Gesprek:
    """A plan in the making: days count from the day of the demo, negative is past."""

    client: Client
    by: Gebruiker
    vandaag: date
    traject: Traject | None = None

    def dag(self, dagen: int) -> date:
        """Return the day so many days from today."""
        return self.vandaag + timedelta(days=dagen)

    def op(self, dagen: int) -> datetime:
        """Return the moment so many days from today."""
        return moment(self.dag(dagen))

    def ocmw(self) -> Wie:
        """Return the voice of the OCMW."""
        return Wie.ocmw(self.by)

    def thuis(self) -> Wie:
        """Return the voice of the client through her own link."""
        return Wie.client()

    def genoteerd(self, kanaal: AkkoordKanaal = AkkoordKanaal.BUREAU) -> Wie:
        """Return the voice of the client as the worker wrote it down."""
        return Wie.client(kanaal, gebruiker=self.by)

    @contextmanager
    def spreekt(self, wie: Wie) -> Iterator[None]:
        """Let this voice act: nobody is signed in when the client uses her link."""
        with scope(
            bestuur_id=self.client.bestuur_id,
            actor_id=wie.gebruiker.pk if wie.gebruiker else None,
        ):
            yield

    def doel(self, tekst: str, *, wie: Wie, dagen: int, akkoord: Wie | None = None) -> Doel:
        """Propose a goal so many days ago; `akkoord` is the other voice saying yes."""
        gegevens = DoelGegevens(tekst=tekst, uitvoerders=CLIENT)
        with self.spreekt(wie):
            doel = propose_doel(client=self.client, gegevens=gegevens, wie=wie, at=self.op(dagen))
        if akkoord is not None:
            self.antwoord(doel, akkoord, dagen=dagen)
        return doel

    def stap(
        self,
        tekst: str,
        *,
        wie: Wie,
        dagen: int,
        tegen: int,
        akkoord: Wie | None = None,
        uitvoerders: tuple[Uitvoerder, ...] = CLIENT,
        doel: Doel | None = None,
        domein: Levensdomein = Levensdomein.WERK,
        **more: Any,
    ) -> Stap:
        """Propose a step so many days ago; `akkoord` is the other voice saying yes."""
        gegevens = PlanStapGegevens(
            tekst=tekst,
            uitvoerders=uitvoerders,
            tegen=self.dag(tegen),
            doel=doel,
            domein=domein,
            gebruiker=self.by if Uitvoerder.MEDEWERKER in uitvoerders else None,
            **more,
        )
        with self.spreekt(wie):
            stap = propose_stap(client=self.client, gegevens=gegevens, wie=wie, at=self.op(dagen))
        if akkoord is not None:
            self.antwoord(stap, akkoord, dagen=dagen)
        return stap

    def antwoord(
        self,
        item: Doel | Stap,
        wie: Wie,
        *,
        dagen: int,
        soort: ReactieSoort = ReactieSoort.AKKOORD,
        tekst: str = "",
        liever: int | None = None,
    ) -> None:
        """Answer a proposal."""
        with self.spreekt(wie):
            react(
                item=item,
                soort=soort,
                wie=wie,
                at=self.op(dagen),
                revisie=item.revisie,
                tekst=tekst,
                dag=None if liever is None else self.dag(liever),
            )

    def oneens(self, item: Doel | Stap, *, dagen: int) -> None:
        """Leave it at the disagreement."""
        with self.spreekt(self.ocmw()):
            leave_disagreed(item=item, wie=self.ocmw(), at=self.op(dagen), revisie=item.revisie)

    def gedaan(self, item: Doel | Stap, wie: Wie, *, dagen: int, woord: str = "") -> None:
        """Tick something as done."""
        with self.spreekt(wie):
            finish_item(item=item, wie=wie, at=self.op(dagen), woord=woord)

    def versie(self, wie: Wie, *, dagen: int) -> Planversie:
        """Agree, for one side, to the plan as it stands."""
        with self.spreekt(wie):
            gezien = read_plan(self.client).hash
            return agree_plan(client=self.client, wie=wie, at=self.op(dagen), gezien=gezien)

    def samen(self, kanaal: AkkoordKanaal, *, dagen: int, tolk: str = "") -> Planversie:
        """Agree for both sides: at the desk, on paper or by telephone."""
        with self.spreekt(self.ocmw()):
            return agree_together(
                client=self.client,
                by=self.by,
                at=self.op(dagen),
                gezien=read_plan(self.client).hash,
                wie=Wie.client(kanaal, gebruiker=self.by, tolk=tolk),
            )
