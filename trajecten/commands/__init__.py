"""What people do with trajecten; one command an act, each whole or not at all."""

from trajecten.commands.blokkeringen import (
    Oplossing,
    block_stap,
    release_stap,
    resolve_drempel,
)
from trajecten.commands.contact import note_contact, withdraw_contact
from trajecten.commands.einde import end_traject, ended_today, reopen_traject
from trajecten.commands.evaluaties import (
    EvaluatieGegevens,
    register_evaluatie,
    remove_evaluatie,
)
from trajecten.commands.follow_up import ChangedMeanwhile, after_change, signals_later
from trajecten.commands.gegevens import EindGegevens, StapGegevens, TrajectGegevens
from trajecten.commands.gpmi import (
    end_gpmi,
    hand_over_gpmi,
    register_gpmi,
    sign_gpmi,
    unsign_gpmi,
)
from trajecten.commands.regels import (
    RegelGegevens,
    approve_regel,
    check_waarde,
    propose_regel,
    withdraw_regel,
)
from trajecten.commands.schorsingen import (
    add_schorsing,
    change_schorsing,
    check_schorsing,
    close_schorsing,
    remove_schorsing,
)
from trajecten.commands.stappen import agree_stap, withdraw_stap
from trajecten.commands.trajecten import correct_traject, start_traject, withdraw_start
from trajecten.commands.verlengingen import (
    check_verlenging,
    decide_verlenging,
    request_verlenging,
    withdraw_verlenging,
)

__all__ = [
    "ChangedMeanwhile",
    "EindGegevens",
    "EvaluatieGegevens",
    "Oplossing",
    "RegelGegevens",
    "StapGegevens",
    "TrajectGegevens",
    "add_schorsing",
    "after_change",
    "agree_stap",
    "approve_regel",
    "block_stap",
    "change_schorsing",
    "check_schorsing",
    "check_verlenging",
    "check_waarde",
    "close_schorsing",
    "correct_traject",
    "decide_verlenging",
    "end_gpmi",
    "end_traject",
    "ended_today",
    "hand_over_gpmi",
    "note_contact",
    "propose_regel",
    "register_evaluatie",
    "register_gpmi",
    "release_stap",
    "remove_evaluatie",
    "remove_schorsing",
    "reopen_traject",
    "request_verlenging",
    "resolve_drempel",
    "sign_gpmi",
    "signals_later",
    "start_traject",
    "unsign_gpmi",
    "withdraw_contact",
    "withdraw_regel",
    "withdraw_stap",
    "withdraw_start",
    "withdraw_verlenging",
]
