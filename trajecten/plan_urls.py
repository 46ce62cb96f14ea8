"""Addresses of the worker's screens of the step plan."""

from django.urls import URLPattern, path

from trajecten.views.plan import (
    antwoorden,
    pagina,
    samen,
    scans,
    sluiten,
    versies,
    voorstellen,
)

PLAN = "clienten/<int:client_pk>/plan/"
VERSIE = f"{PLAN}versies/<int:pk>/"


def _item(soort: str) -> list[URLPattern]:
    """Return what can be done with one goal or one step."""
    base, kind = f"{PLAN}{soort}/<int:pk>/", {"soort": soort}
    return [
        path(f"{PLAN}{soort}/nieuw/", voorstellen.propose, kind, name=f"plan_propose_{soort}"),
        path(f"{base}wijzigen/", voorstellen.change, kind, name=f"plan_change_{soort}"),
        path(f"{base}antwoord/", antwoorden.react, kind, name=f"plan_react_{soort}"),
        path(f"{base}van-client/", antwoorden.note, kind, name=f"plan_note_{soort}"),
        path(f"{base}van-partner/", antwoorden.note_partner, kind, name=f"plan_partner_{soort}"),
        path(f"{base}laten/", antwoorden.leave, kind, name=f"plan_leave_{soort}"),
        path(f"{base}gedaan/", sluiten.finish, kind, name=f"plan_finish_{soort}"),
        path(f"{base}vervallen/", sluiten.drop, kind, name=f"plan_drop_{soort}"),
        path(f"{base}open/", sluiten.reopen, kind, name=f"plan_reopen_{soort}"),
    ]


urlpatterns = [
    path(PLAN, pagina.plan, name="plan"),
    *_item("doel"),
    *_item("stap"),
    path(f"{PLAN}afspraken/", voorstellen.texts, name="plan_texts"),
    path(f"{PLAN}voorleggen/", versies.put_forward, name="plan_put_forward"),
    path(f"{PLAN}akkoord/", versies.together, name="plan_together"),
    path(f"{PLAN}verschillen/", versies.differences, name="plan_differences"),
    path(f"{PLAN}versies/", versies.versions, name="plan_versions"),
    path(VERSIE, versies.version, name="plan_version"),
    path(f"{VERSIE}intrekken/", versies.withdraw, name="plan_withdraw"),
    path(f"{PLAN}akkoord/<int:pk>/blad/", scans.scan, name="plan_scan"),
    path(f"{PLAN}akkoord/<int:pk>/blad/nieuw/", scans.add_scan, name="plan_add_scan"),
    path(f"{PLAN}samen/", samen.start, name="plan_samen"),
    path(f"{PLAN}samen/vraag/<int:nr>/", samen.question, name="plan_samen_vraag"),
    path(f"{PLAN}samen/nieuw/", samen.add, name="plan_samen_nieuw"),
    path(f"{PLAN}samen/alles/", samen.whole, name="plan_samen_alles"),
    path(f"{PLAN}samen/klaar/", samen.done, name="plan_samen_klaar"),
    path(f"{PLAN}samen/stop/", samen.leave, name="plan_samen_stop"),
]
