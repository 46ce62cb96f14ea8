"""Addresses of this app: neutral words, no names, no content."""

from django.urls import URLPattern, path

from portaal.views import (
    afspraken,
    deur,
    documenten,
    inzage,
    kwijt,
    logboek,
    plan,
    profiel,
    stappen,
    toegang,
)

app_name = "portaal"

_ITEM = (("stap", {"soort": "stap"}), ("doel", {"soort": "doel"}))

urlpatterns: list[URLPattern] = [
    path("clienten/<int:pk>/portaal/", toegang.toegang, name="toegang"),
    path("clienten/<int:pk>/portaal/intrekken/", toegang.intrekken, name="intrekken"),
    path("mijn/", plan.start, name="start"),
    path("mijn/d/<str:token>/", deur.link, name="link"),
    path("mijn/code/", deur.code, name="code"),
    path("mijn/kwijt/", kwijt.kwijt, name="kwijt"),
    path("mijn/kwijt/gevraagd/", kwijt.gevraagd, name="gevraagd"),
    path("mijn/taal/", deur.taal, name="taal"),
    path("mijn/uit/", deur.uit, name="uit"),
    path("mijn/weg/", deur.weg, name="weg"),
    path("mijn/nieuw/", plan.nieuw, name="nieuw"),
    path("mijn/gedaan/", plan.gedaan, name="gedaan"),
    path("mijn/akkoord/", plan.akkoord, name="akkoord"),
    path("mijn/niet-akkoord/", plan.niet_akkoord, name="niet_akkoord"),
    path("mijn/versie/", plan.versie, name="versie"),
    path("mijn/versie/<int:nummer>/", plan.oude_versie, name="oude_versie"),
    path("mijn/afspraken/", afspraken.lijst, name="afspraken"),
    path("mijn/afspraken/<int:pk>/", afspraken.toon, name="afspraak"),
    path("mijn/afspraken/<int:pk>/afzeggen/", afspraken.afzeggen, name="afzeggen"),
    path("mijn/punten/<int:pk>/weg/", afspraken.punt_weg, name="punt_weg"),
    path("mijn/logboek/", logboek.logboek, name="logboek"),
    path("mijn/documenten/", documenten.documenten, name="documenten"),
    path("mijn/documenten/plan.pdf", documenten.plan_pdf, name="plan_pdf"),
    path("mijn/documenten/plan-<int:nummer>.pdf", documenten.versie_pdf, name="versie_pdf"),
    path("mijn/documenten/contract-<int:pk>.pdf", documenten.contract_pdf, name="contract_pdf"),
    path("mijn/gegevens/", profiel.gegevens, name="gegevens"),
    path("mijn/gegevens/wijzig/", profiel.wijzig, name="gegevens_wijzig"),
    path("mijn/gegevens/fout/", profiel.klopt_niet, name="klopt_niet"),
    path("mijn/inzage/", inzage.inzage, name="inzage"),
    path("mijn/gedeeld/", inzage.gedeeld, name="gedeeld"),
]

for naam, welk in _ITEM:
    urlpatterns += [
        path(f"mijn/{naam}/nieuw/", stappen.voorstel, welk, name=f"{naam}_nieuw"),
        path(f"mijn/{naam}/<int:pk>/", stappen.toon, welk, name=naam),
        path(f"mijn/{naam}/<int:pk>/ja/", stappen.ja, welk, name=f"{naam}_ja"),
        path(f"mijn/{naam}/<int:pk>/dag/", stappen.dag, welk, name=f"{naam}_dag"),
        path(f"mijn/{naam}/<int:pk>/nee/", stappen.nee, welk, name=f"{naam}_nee"),
        path(f"mijn/{naam}/<int:pk>/klaar/", stappen.klaar, welk, name=f"{naam}_klaar"),
        path(f"mijn/{naam}/<int:pk>/open/", stappen.weer_open, welk, name=f"{naam}_open"),
        path(f"mijn/{naam}/<int:pk>/laten/", stappen.laten, welk, name=f"{naam}_laten"),
        path(f"mijn/{naam}/<int:pk>/wijzig/", stappen.wijzig, welk, name=f"{naam}_wijzig"),
        path(f"mijn/{naam}/<int:pk>/weg/", stappen.weg, welk, name=f"{naam}_weg"),
    ]
