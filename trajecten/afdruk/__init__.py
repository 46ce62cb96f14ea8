"""The plan and the GPMI contract on paper: from frozen content to tagged PDF."""

from trajecten.afdruk.gpmi import gpmi_blad, gpmi_pdf
from trajecten.afdruk.plan import plan_blad, plan_pdf, versie_blad, versie_pdf

__all__ = [
    "gpmi_blad",
    "gpmi_pdf",
    "plan_blad",
    "plan_pdf",
    "versie_blad",
    "versie_pdf",
]
