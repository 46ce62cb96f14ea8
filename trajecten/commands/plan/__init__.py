"""What client and OCMW do with the plan; each act says whose voice it is."""

from trajecten.commands.plan.afsluiten import drop_item, finish_item, reopen_item
from trajecten.commands.plan.antwoorden import leave_disagreed, react
from trajecten.commands.plan.gegevens import DoelGegevens, PlanStapGegevens, PlanTeksten
from trajecten.commands.plan.slot import PlanChanged, lock_plan
from trajecten.commands.plan.versies import (
    Scan,
    add_scan,
    agree_plan,
    agree_together,
    withdraw_versie,
)
from trajecten.commands.plan.voorstellen import (
    change_doel,
    change_stap,
    propose_doel,
    propose_stap,
    write_plan_teksten,
)

__all__ = [
    "DoelGegevens",
    "PlanChanged",
    "PlanStapGegevens",
    "PlanTeksten",
    "Scan",
    "add_scan",
    "agree_plan",
    "agree_together",
    "change_doel",
    "change_stap",
    "drop_item",
    "finish_item",
    "leave_disagreed",
    "lock_plan",
    "propose_doel",
    "propose_stap",
    "react",
    "reopen_item",
    "withdraw_versie",
    "write_plan_teksten",
]
