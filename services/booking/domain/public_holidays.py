"""The public holidays of a country or of a part of it, and the working days that they leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

from services.booking.domain.texts import Texts

_SATURDAY = 5
_ENGLISH = "en_US"


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The holidays of `country` (ISO 3166-1 alpha-2), with those of `subdivision` where one is given.

    Without a country there are none. An unknown country or subdivision is a ValueError.
    """

    country: str | None = None
    subdivision: str | None = None

    def __post_init__(self) -> None:
        if self.country is None:
            return
        known = holidays.list_supported_countries()
        if self.country not in known:
            raise ValueError(f"no public holidays are known for the country {self.country}")
        if self.subdivision is not None and self.subdivision not in known[self.country]:
            raise ValueError(f"{self.country} has no part called {self.subdivision}")

    def names_on(self, day: date) -> Texts:
        """The names of the holiday on `day`, by language; none on an ordinary day."""
        if self.country is None:
            return {}
        return _holidays_of(self.country, self.subdivision, day.year).get(day, {})

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a Monday to Friday without a public holiday."""
        return day.weekday() < _SATURDAY and not self.names_on(day)


@lru_cache(maxsize=512)
def _holidays_of(country: str, subdivision: str | None, year: int) -> Mapping[date, Texts]:
    """One year's holidays as plain dicts: the library's own objects change while they are read."""
    names: dict[date, dict[str, str]] = {}
    for locale in holidays.list_localized_countries().get(country, [_ENGLISH]):
        found = holidays.country_holidays(country, subdiv=subdivision, years=year, language=locale)
        for day, name in found.items():
            names.setdefault(day, {})[locale.partition("_")[0]] = name
    return names
