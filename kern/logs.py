"""Structured logs: one JSON line an event, without personal data."""

import json
import logging
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

# What Celery puts in its lines beside the name of the task: texts of errors, answers, arguments.
_UNTOLD = frozenset({"exc", "traceback", "return_value", "args", "kwargs"})

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonFormatter(logging.Formatter):
    """Moment, level, logger, message and request id; of an error only class and place.

    The text of an exception may quote a row ("Key (insz)=(…)"), so it never reaches the log.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if current := request_id.get():
            line["request"] = current
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            places = []
            while trace is not None:
                code = trace.tb_frame.f_code
                places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            line["trace"] = places[-12:]
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    if isinstance(record.args, Mapping):
        told = {key: "…" if key in _UNTOLD else value for key, value in record.args.items()}
        return str(record.msg) % told
    if record.exc_info and record.name.startswith("django.security"):
        # The message is the text of the refusal itself; the class of the error says enough.
        return "refused"
    return str(record.msg) if record.exc_info else record.getMessage()
