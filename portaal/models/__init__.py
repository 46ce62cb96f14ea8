"""Links, sessions and what happened at the door."""

from portaal.models.gebruik import Portaalgebruik
from portaal.models.link import Portaallink
from portaal.models.sessie import Portaalsessie

__all__ = ["Portaalgebruik", "Portaallink", "Portaalsessie"]
