"""Every change at the client's door."""

from portaal.commands.binnen import (
    Uitslag,
    choose_language,
    end_stay,
    enter,
    log_opening,
    touch,
)

__all__ = ["Uitslag", "choose_language", "end_stay", "enter", "log_opening", "touch"]
