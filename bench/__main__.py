"""`python -m bench [maak|signalen|schermen|plan] [--json]`: make the data set and measure."""

import argparse
import json
import sys
from datetime import date

from bench.omgeving import machine, prepare


def main() -> int:
    """Measure what is asked for; everything when nothing is named."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("wat", nargs="*", default=["maak", "signalen", "schermen", "plan"])
    parser.add_argument("--clienten", type=int, default=250_000)
    parser.add_argument("--logboek", type=float, default=4.0, help="entries per client")
    parser.add_argument("--stappen", type=float, default=10.6, help="steps of a plan per client")
    parser.add_argument("--op", type=date.fromisoformat, default=None, help="the day of the set")
    parser.add_argument("--opnieuw", action="store_true", help="make the set again")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    toegang = prepare()
    from django.utils import timezone

    from bench import planblad, schermen, signalen, vlaanderen
    from bench.tabel import table

    on = options.op or timezone.localdate()
    omvang = vlaanderen.Omvang(options.clienten, options.logboek, options.stappen)
    seconds = vlaanderen.ensure(toegang, omvang, on=on, again=options.opnieuw)
    answer: dict[str, object] = {"machine": machine(), "dag": on.isoformat()}
    answer["maak"] = vlaanderen.sizes(toegang) | {"seconden": seconds and round(seconds, 1)}
    if "signalen" in options.wat:
        answer["signalen"] = signalen.measure(toegang, on=on)
    if "schermen" in options.wat:
        answer["schermen"] = schermen.measure(on=on)
    if "plan" in options.wat:
        answer["plan"] = planblad.measure(on=on)
    print(json.dumps(answer, indent=2) if options.json else table(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
