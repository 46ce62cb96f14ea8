"""Addresses of this app."""

from django.urls import path

from trajecten.views import (
    blad,
    concepten,
    contact,
    drempels,
    einde,
    evaluaties,
    gpmi,
    logvragen,
    redactie,
    regels,
    schorsingen,
    stappen,
    starten,
    vergelijken,
    verlengingen,
    wachten,
)

app_name = "trajecten"

TRAJECT = "trajecten/<int:pk>/"
CLIENT = "clienten/<int:client_pk>/"
VOORSTEL = "beheer/regels/voorstel/<int:pk>/"

urlpatterns = [
    path(TRAJECT, blad.traject, name="traject"),
    path(f"{TRAJECT}wat-als/", vergelijken.what_if, name="what_if"),
    path(f"{TRAJECT}verbeteren/", starten.correct, name="correct"),
    path(f"{TRAJECT}start-intrekken/", starten.withdraw_start, name="withdraw_start"),
    path(f"{TRAJECT}einde/", einde.end, name="end"),
    path(f"{TRAJECT}heropenen/", einde.reopen, name="reopen"),
    path(f"{TRAJECT}schorsing/", schorsingen.add_schorsing, name="add_schorsing"),
    path("schorsingen/<int:pk>/", schorsingen.change_schorsing, name="change_schorsing"),
    path("schorsingen/<int:pk>/terug/", schorsingen.close_schorsing, name="close_schorsing"),
    path(
        "schorsingen/<int:pk>/verwijderen/", schorsingen.remove_schorsing, name="remove_schorsing"
    ),
    path(f"{TRAJECT}verlenging/", verlengingen.request_verlenging, name="request_verlenging"),
    path(
        "verlengingen/<int:pk>/beslissen/", verlengingen.decide_verlenging, name="decide_verlenging"
    ),
    path(
        "verlengingen/<int:pk>/intrekken/",
        verlengingen.withdraw_verlenging,
        name="withdraw_verlenging",
    ),
    path(f"{TRAJECT}stap/", stappen.add_stap, name="add_stap"),
    path("stappen/<int:pk>/gedaan/", stappen.finish_stap, name="finish_stap"),
    path("stappen/<int:pk>/vervallen/", stappen.drop_stap, name="drop_stap"),
    path("stappen/<int:pk>/open/", stappen.reopen_stap, name="reopen_stap"),
    path("stappen/<int:pk>/terugnemen/", stappen.withdraw_stap, name="withdraw_stap"),
    path(f"{TRAJECT}evaluatie/", evaluaties.add_evaluatie, name="add_evaluatie"),
    path("evaluaties/<int:pk>/verwijderen/", evaluaties.remove_evaluatie, name="remove_evaluatie"),
    path(f"{CLIENT}traject/nieuw/", starten.start, name="start"),
    path(f"{CLIENT}contact/", contact.add_logboekitem, name="add_logboekitem"),
    path("logboek/<int:pk>/", contact.change_logboekitem, name="change_logboekitem"),
    path("logboek/<int:pk>/terugtrekken/", contact.withdraw_contact, name="withdraw_contact"),
    path("logboek/<int:pk>/aanvulling/", logvragen.add_aanvulling, name="add_logaanvulling"),
    path("logboek/<int:pk>/vraag/", logvragen.ask, name="ask_logvraag"),
    path("logvragen/<int:pk>/antwoord/", logvragen.answer, name="answer_logvraag"),
    path("logvragen/<int:pk>/sluiten/", logvragen.withdraw, name="withdraw_logvraag"),
    path("weglaten/<str:tekstsoort>/<int:pk>/", redactie.redactie, name="redactie"),
    path("concepten/", concepten.concepten, name="concepten"),
    path("concepten/bewaren/", concepten.save, name="save_concept"),
    path("concepten/sessie/", concepten.session, name="session"),
    path("concepten/<int:pk>/weggooien/", concepten.discard, name="discard_concept"),
    path("hulp/toetsen/", concepten.keys, name="toetsen"),
    path(f"{CLIENT}gpmi/", gpmi.gpmi, name="gpmi"),
    path("gpmi/<int:pk>/ontwerp/", gpmi.gpmi_dag, {"wat": "ontwerp"}, name="hand_over_gpmi"),
    path("gpmi/<int:pk>/handtekening/", gpmi.gpmi_dag, {"wat": "handtekening"}, name="sign_gpmi"),
    path("gpmi/<int:pk>/einde/", gpmi.gpmi_dag, {"wat": "einde"}, name="end_gpmi"),
    path("gpmi/<int:pk>/evaluatie/", gpmi.gpmi_evaluatie, name="gpmi_evaluatie"),
    path("gpmi/<int:pk>/handtekening/terugnemen/", gpmi.unsign_gpmi, name="unsign_gpmi"),
    path(f"{CLIENT}drempels/nieuw/", drempels.add_drempel, name="add_drempel"),
    path("drempels/bord/", wachten.bord, name="drempelbord"),
    path("drempels/bord/afdruk/", wachten.bord_afdruk, name="drempelbord_afdruk"),
    path("drempels/<int:pk>/", drempels.drempel, name="drempel"),
    path("drempels/<int:pk>/wijzigen/", drempels.change_drempel, name="change_drempel"),
    path("drempels/<int:pk>/oplossen/", drempels.resolve_drempel, name="resolve_drempel"),
    path("drempels/<int:pk>/heropenen/", drempels.reopen_drempel, name="reopen_drempel"),
    path("drempels/<int:pk>/tonen/", drempels.reveal_drempel, name="reveal_drempel"),
    path("drempels/<int:pk>/stappen/", wachten.block_stap, name="block_stap"),
    path("planstappen/<int:pk>/wacht/", wachten.wait_stap, name="wait_stap"),
    path("wachtende-stappen/<int:pk>/verder/", wachten.release_stap, name="release_stap"),
    path("beheer/regels/", regels.regels, name="regels"),
    path("beheer/regels/voorstel/<int:pk>/", regels.regel_voorstel, name="regel_voorstel"),
    path("beheer/regels/voorstel/<int:pk>/goedkeuren/", regels.approve_regel, name="approve_regel"),
    path(
        "beheer/regels/voorstel/<int:pk>/intrekken/", regels.withdraw_regel, name="withdraw_regel"
    ),
    path("beheer/regels/<str:code>/", regels.regel, name="regel"),
    path("beheer/regels/<str:code>/nieuw/", regels.propose_regel, name="propose_regel"),
    path("beheer/instrumenten/", regels.instrumenten, name="instrumenten"),
]
