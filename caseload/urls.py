"""Addresses of this app."""

from django.urls import URLPattern, path, re_path

from caseload.views import (
    berichten,
    delingen,
    dossier,
    importeren,
    lijsten,
    opvolging,
    selectie,
    sporen,
    vandaag,
    wijzigen,
    zoek,
)

app_name = "caseload"

urlpatterns: list[URLPattern] = [
    path("", vandaag.vandaag, name="vandaag"),
    path("berichten/", berichten.berichten, name="berichten"),
    path("zoek/", zoek.zoek, name="zoek"),
    path("zoek/suggesties/", zoek.suggesties, name="suggesties"),
    path("clienten/", lijsten.clienten, name="clienten"),
    path("clienten/nieuw/", wijzigen.registreer, name="registreer"),
    path("clienten/afdruk/", lijsten.clienten_afdruk, name="clienten_afdruk"),
    path("clienten/toewijzen/", selectie.toewijzen, name="toewijzen"),
    re_path(
        r"^clienten/export/(?P<vorm>csv|xlsx)/$", lijsten.clienten_export, name="clienten_export"
    ),
    path("trajecten/", lijsten.trajecten, name="trajecten"),
    path("trajecten/afdruk/", lijsten.trajecten_afdruk, name="trajecten_afdruk"),
    path("trajecten/verslagen/", selectie.verslagen, name="verslagen"),
    re_path(
        r"^trajecten/export/(?P<vorm>csv|xlsx)/$",
        lijsten.trajecten_export,
        name="trajecten_export",
    ),
    path("weergaven/<str:lijst>/nieuw/", selectie.weergave_nieuw, name="weergave_nieuw"),
    path("weergaven/<int:pk>/weg/", selectie.weergave_weg, name="weergave_weg"),
    path("clienten/<int:pk>/", dossier.dossier, name="dossier"),
    path("clienten/<int:pk>/gegevens/", dossier.gegevens, name="gegevens"),
    path("clienten/<int:pk>/balie/", dossier.balie, name="balie"),
    path("clienten/<int:pk>/gedeeld/", delingen.delingen, name="delingen"),
    path("clienten/<int:pk>/gedeeld/nieuw/", delingen.deling_nieuw, name="deling_nieuw"),
    path(
        "clienten/<int:pk>/gedeeld/<int:deling_pk>/einde/",
        delingen.deling_einde,
        name="deling_einde",
    ),
    path("clienten/<int:pk>/inzage/", sporen.inzage, name="inzage"),
    path("clienten/<int:pk>/historiek/", sporen.historiek, name="historiek"),
    path("clienten/<int:pk>/wijzig/", wijzigen.wijzig, name="wijzig"),
    path("clienten/<int:pk>/nummer/", wijzigen.insz, name="insz"),
    path("clienten/<int:pk>/nummer/toon/", dossier.insz_tonen, name="insz_tonen"),
    path("clienten/<int:pk>/statuut/", opvolging.statuut_nieuw, name="add_statuut"),
    path(
        "clienten/<int:pk>/statuut/<int:statuut_pk>/einde/",
        opvolging.statuut_einde,
        name="end_statuut",
    ),
    path("clienten/<int:pk>/toewijzing/", opvolging.toewijzing_nieuw, name="add_toewijzing"),
    path(
        "clienten/<int:pk>/toewijzing/<int:toewijzing_pk>/einde/",
        opvolging.toewijzing_einde,
        name="end_toewijzing",
    ),
    path("clienten/<int:pk>/vdab/", opvolging.vdab, name="vdab"),
    path("clienten/<int:pk>/afscherming/", opvolging.afschermen, name="afschermen"),
    path("clienten/<int:pk>/afscherming/op/", opvolging.vrijgeven, name="vrijgeven"),
    path("importeren/", importeren.start, name="imports"),
    path("importeren/<int:pk>/", importeren.lijst, name="import"),
    path("importeren/<int:pk>/rijen/", importeren.rijen, name="import_rijen"),
    path("importeren/<int:pk>/voortgang/", importeren.voortgang, name="import_voortgang"),
    path("importeren/<int:pk>/geweigerd.csv", importeren.geweigerd, name="import_geweigerd"),
    path("importeren/<int:pk>/overnemen/", importeren.overnemen, name="import_overnemen"),
    path("importeren/<int:pk>/stop/", importeren.stop, name="import_stop"),
    path("importeren/<int:pk>/verder/", importeren.verder, name="import_verder"),
    path("importeren/<int:pk>/terugdraaien/", importeren.terugdraaien, name="import_terugdraaien"),
    path("importeren/<int:pk>/weg/", importeren.weg, name="import_weg"),
]
