"""What must be well for the gateway to be ready."""

from collections.abc import Mapping
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from services.kernel.database import Database
from services.kernel.health import Check, Fault
from services.kernel.http import HttpClient
from services.kernel.migrations import Migrations

MIGRATIONS = Path(__file__).parent / "db" / "migrations"
SECONDS = 1.0
SERVICE_SECONDS = 3.0  # a service asks its own parts first


def migrations_of(database: Database) -> Migrations:
    """The gateway's migrations, for this database."""
    return Migrations(MIGRATIONS, database)


def checks_of(database: Database, services: Mapping[str, str], redis_url: str) -> tuple[Check, ...]:
    """The store and every service (by name, its address) are needed; without Redis only limits suffer."""
    redis = Redis.from_url(
        redis_url,
        socket_timeout=SECONDS,
        socket_connect_timeout=SECONDS,
        retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
    )
    return (
        Check("database", database.ping, "Start the database, or correct GATEWAY_DATABASE_URL."),
        Check("migrations", migrations_of(database).check, "Run python -m gateway.cli migrate."),
        *(
            Check(
                name,
                _ServiceCheck(name, url),
                f"See what /readyz of the {name} service says, and its log.",
                within=SECONDS + SERVICE_SECONDS,
            )
            for name, url in services.items()
        ),
        Check(
            "redis",
            lambda: _ping(redis),
            "Start Redis or Valkey, or correct REDIS_URL; limits are counted in each process.",
            needed=False,
        ),
    )


class _ServiceCheck:
    """A service says itself whether it is ready."""

    def __init__(self, name: str, url: str) -> None:
        self._service = HttpClient(url, service=name, connect_timeout=SECONDS, read_timeout=SERVICE_SECONDS)

    def __call__(self) -> None:
        """Raise Fault with the parts that it names as away."""
        answer = self._service.send("GET", "/readyz")
        if answer.status == 200:
            return
        parts = answer.json().get("parts", []) if answer.status == 503 else []
        away = [f"{part['name']}: {part['reason']}" for part in parts if part["needed"] and not part["ok"]]
        raise Fault("; ".join(away) or f"It answers with {answer.status}.")


def _ping(redis: "Redis") -> None:
    try:
        redis.ping()
    except RedisError as error:
        raise Fault("Redis does not answer.") from error
