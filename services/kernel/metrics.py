"""Prometheus metrics: requests by route, never by path, and whatever a service adds."""

import os
import time
from collections.abc import Callable

from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

REQUESTS = Counter("camp_http_requests", "Requests answered.", ("service", "method", "route", "status"))
SECONDS = Histogram(
    "camp_http_request_seconds",
    "Time to an answer.",
    ("service", "method", "route"),
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REFUSALS = Counter("camp_claim_refusals", "Claims that the database refused.", ("service", "code"))
FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client itself reads it

Gauges = Callable[[], dict[str, float]]
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def install_metrics(app: Flask, service: str) -> None:
    """Count and time every request of the app."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(service, method, route, str(response.status_code)).inc()
        if "started" in g:
            SECONDS.labels(service, method, route).observe(time.perf_counter() - g.started)
        return response


def metrics_response(gauges: Gauges | None = None) -> Response:
    """What this service measured, over all its processes; `gauges` are read at this moment."""
    return Response(_counted() + _gauged(gauges), content_type=CONTENT_TYPE_LATEST)


def _counted() -> bytes:
    if not os.environ.get(FOLDER):
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return generate_latest(registry)


def _gauged(gauges: Gauges | None) -> bytes:
    if gauges is None:
        return b""
    registry = CollectorRegistry()
    registry.register(_Gauges(gauges()))
    return generate_latest(registry)


class _Gauges(Collector):
    def __init__(self, values: dict[str, float]) -> None:
        self._values = values

    def collect(self):  # type: ignore[no-untyped-def]
        for name, value in self._values.items():
            yield GaugeMetricFamily(name, name.replace("_", " "), value=value)
