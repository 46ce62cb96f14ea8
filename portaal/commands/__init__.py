"""Every change at the client's door."""

from portaal.commands.binnen import (
    Uitslag,
    choose_language,
    end_stay,
    enter,
    log_opening,
    touch,
)
from portaal.commands.codes import send_confirmation
from portaal.commands.kwijt import ask_lost_link
from portaal.commands.links import give_link, revoke_links

__all__ = [
    "Uitslag",
    "ask_lost_link",
    "choose_language",
    "end_stay",
    "enter",
    "give_link",
    "log_opening",
    "revoke_links",
    "send_confirmation",
    "touch",
]
