"""One round of signals in a process of its own, so that its peak memory is its own too."""

import json
import resource
import sys
import time
from datetime import date

from bench.omgeving import cpu_seconds, prepare


def main() -> None:
    """Do the round of a day and print what it took."""
    prepare()
    from django.utils import timezone

    from toegang.scope import each_bestuur
    from trajecten.signalen.ronde import run_round

    start = _peak()
    cpu_began = cpu_seconds()
    began = time.perf_counter()
    on = date.fromisoformat(sys.argv[1])
    beurten = list(run_round(list(each_bestuur()), on=on, at=timezone.now(), again=True))
    seconds = time.perf_counter() - began
    cpu_ended = cpu_seconds()
    cpu = None if cpu_began is None or cpu_ended is None else round(cpu_ended - cpu_began, 2)
    tellingen = [beurt.telling for beurt in beurten if beurt.telling]
    print(
        json.dumps(
            {
                "seconden": round(seconds, 2),
                "processor_seconden": cpu,
                "besturen": len(tellingen),
                "clienten": sum(telling.clienten for telling in tellingen),
                "signalen": sum(telling.signalen for telling in tellingen),
                "geschreven": sum(telling.gewijzigd for telling in tellingen),
                "geheugen_begin_mb": start,
                "geheugen_piek_mb": _peak(),
            }
        )
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
