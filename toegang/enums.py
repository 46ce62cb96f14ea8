"""Roles and the grounds on which a file is opened."""

from django.db.models import TextChoices


class Rol(TextChoices):
    """What a person is at a bestuur (design: people and what they may do)."""

    MAATSCHAPPELIJK_WERKER = "maatschappelijk_werker", "Maatschappelijk werker"
    TRAJECTBEGELEIDER = "trajectbegeleider", "Trajectbegeleider"
    LEIDINGGEVENDE = "leidinggevende", "Leidinggevende"
    ONTHAAL = "onthaal", "Onthaal"
    BEHEERDER = "beheerder", "Beheerder"
    TOEZICHTHOUDER = "toezichthouder", "Toezichthouder (DPO)"


class Grond(TextChoices):
    """Why somebody could open a client's file."""

    EIGEN_CLIENT = "eigen_client", "Eigen cliënt"
    LEIDING = "leiding", "Leidinggevende"
    REDEN = "reden", "Opgegeven reden"
    ONTHAAL = "onthaal", "Onthaal"
    LIJST = "lijst", "Op een lijst"
