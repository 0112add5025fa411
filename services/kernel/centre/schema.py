"""The common part of a centre file: what belongs to no service alone."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields, validate

from services.kernel.centre.fields import (
    MISSING,
    CentreSchema,
    ListOf,
    OneOf,
    Part,
    Slug,
    TextsField,
    Word,
    YesNo,
    nearest,
)
from services.kernel.languages import LANGUAGES


def _check_time_zone(name: str) -> None:
    zones = available_timezones()
    if name not in zones:
        close = get_close_matches(name, zones, n=1)
        raise ValidationError(
            f"is no time zone{nearest(name, close)}" if close else "is no time zone, such as Europe/Warsaw"
        )


def _check_languages(languages: list[str]) -> None:
    if not languages:
        raise ValidationError(f"must name at least one of: {', '.join(LANGUAGES)}")
    if len(set(languages)) < len(languages):
        raise ValidationError("names a language twice; leave one out")


class ContactSchema(CentreSchema):
    """How people reach the centre."""

    name = TextsField(required=True)
    email = Word(required=True, validate=validate.Email(error="must be an e-mail address"))
    phone = Word(
        load_default="",
        validate=validate.Regexp(
            r"\+?[0-9][0-9 ()-]{2,24}\Z", error="must be a phone number, such as +48 61 000 00 00"
        ),
    )
    address = Word(load_default="")
    url = Word(
        load_default="",
        validate=validate.URL(
            schemes={"http", "https"}, require_tld=False, error="must start with https:// or http://"
        ),
    )


class CommonSchema(CentreSchema):
    """The top of the file; `sections` are the keys that services read."""

    slug = Slug(required=True)
    demo = YesNo(load_default=False)
    name = TextsField(required=True)
    time_zone = Word(required=True, validate=_check_time_zone)
    languages = ListOf(OneOf(*LANGUAGES), required=True, validate=_check_languages)
    country = Word(
        load_default=None, validate=validate.Regexp(r"[A-Z]{2}\Z", error="must be two capitals, such as PL")
    )
    subdivision = Word(load_default=None)
    contact = Part(ContactSchema, required=True)


def common_schema(sections: Iterable[str]) -> CommonSchema:
    """The schema of a file in which each of `sections` must be there."""
    raw: dict[str, fields.Field[Any]] = {
        name: fields.Raw(required=True, error_messages={"required": MISSING, "null": "is empty; fill it in"})
        for name in sections
    }
    return CommonSchema.from_dict(raw)()  # type: ignore[return-value]
