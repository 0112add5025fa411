"""Logs: JSON lines on standard output, each with the id of the request that caused it."""

from __future__ import annotations

import logging
import logging.config
import re
import uuid
from typing import Any

import structlog

_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{8,80}")


def configure_logs(service: str, level: str = "INFO") -> None:
    """Send every log line of the process, ours and libraries', to standard output as JSON."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        _name_the_service(service),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    }
    handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {"out": handler},
            "root": {"handlers": ["out"], "level": level},
            # it would say at every question for readiness which store it met
            "loggers": {"alembic.runtime.migration": {"level": "WARNING"}},
        }
    )


def get_logger(name: str) -> Any:
    """A logger whose lines are a constant event and fields: `log.info("reservation_confirmed", id=…)`."""
    return structlog.stdlib.get_logger(name)


def bind_request_id(request_id: str | None = None) -> str:
    """Start a new log context with this request id, or with a new one where it is missing or malformed."""
    valid = request_id if request_id and _REQUEST_ID.fullmatch(request_id) else uuid.uuid4().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=valid)
    return valid


def current_request_id() -> str | None:
    """The request id of the present log context, or None outside of requests and jobs."""
    return structlog.contextvars.get_contextvars().get("request_id")


def clear_request_id() -> None:
    """Leave the log context: what is logged next belongs to no request."""
    structlog.contextvars.clear_contextvars()


def _name_the_service(service: str) -> Any:
    def add(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event["service"] = service
        return event

    return add
