"""Marshmallow fields and a base schema whose messages tell the writer of a centre file what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.experimental.context import Context

MISSING = "is missing; add it"
_WORDS = {"required": MISSING, "null": "is empty; give it a value or leave the key out"}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_SLUG = 63
_MAX_TEXT = 5_000


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint such as `; did you mean “rooms”?`, or the known words where none is near."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1)
    if close:
        return f"; did you mean “{close[0]}”?"
    return f"; known here: {', '.join(known)}" if known else ""


class CentreSchema(Schema):
    """A mapping of a centre file; keys that it does not know are refused, with the nearest that it knows."""

    class Meta:
        unknown = INCLUDE  # so that the check below can tell all of them, each with its hint

    error_messages = {"type": "must be a mapping of keys and values"}

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def refuse_unknown_keys(self, _data: Any, original: Any, **_: Any) -> None:
        """Name each unknown key."""
        if not isinstance(original, Mapping):
            return
        known = [field.data_key or name for name, field in self.fields.items()]
        unknown = [key for key in original if key not in known]
        if unknown:
            raise ValidationError({key: [f"is not a known key{nearest(key, known)}"] for key in unknown})


class Word(fields.String):
    """Text in one line or several; not empty, not a number."""

    default_error_messages = {**_WORDS, "invalid": "must be text; put it in quotes"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs)).strip()
        if not text:
            raise ValidationError("is empty; write a text or leave the key out")
        if len(text) > _MAX_TEXT:
            raise ValidationError(f"is longer than {_MAX_TEXT} characters; shorten it")
        return text


class Slug(Word):
    """A name for addresses and references: small letters, digits and single hyphens."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not _SLUG.fullmatch(text) or len(text) > _MAX_SLUG:
            raise ValidationError("must be small letters, digits and hyphens, such as sala-duza")
        return text


class Whole(fields.Integer):
    """A whole number from `low` to `high`, both included."""

    default_error_messages = {**_WORDS, "invalid": "must be a whole number, without quotes"}

    def __init__(self, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(strict=True, **kwargs)
        self.low = low
        self.high = high

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        if not self.low <= value <= self.high:
            raise ValidationError(f"must be from {self.low} to {self.high}")
        return value


class YesNo(fields.Boolean):
    """true or false, and nothing that looks like it."""

    default_error_messages = {**_WORDS, "invalid": "must be true or false"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class OneOf(Word):
    """One of a few words."""

    def __init__(self, *words: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text not in self.words:
            raise ValidationError(f"must be one of: {', '.join(self.words)}")
        return text


class ListOf(fields.List):
    """A list; each item is checked by the field inside."""

    default_error_messages = {**_WORDS, "invalid": "must be a list"}


class Keyed(fields.Dict):
    """A mapping from slugs to values of one kind."""

    default_error_messages = {**_WORDS, "invalid": "must be a mapping of keys and values"}

    def __init__(self, values: fields.Field[Any], **kwargs: Any) -> None:
        super().__init__(keys=Slug(), values=values, **kwargs)


class Part(fields.Nested):
    """A mapping with a schema of its own."""

    default_error_messages = {**_WORDS, "type": "must be a mapping of keys and values"}


class TextsField(fields.Field[dict[str, str]]):
    """A text in every language of the centre: {pl: …, en: …}, or one plain text for them all."""

    default_error_messages = dict(_WORDS)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, str]:
        languages: tuple[str, ...] = Context.get()["languages"]
        if not isinstance(value, Mapping):
            text = Word().deserialize(value)
            return dict.fromkeys(languages, text)
        errors: dict[str, list[str]] = {
            key: [f"is no language of this centre{nearest(key, languages)}"]
            for key in value
            if key not in languages
        }
        texts = {}
        for language in languages:
            if language not in value:
                errors[language] = ["is missing; add the text in this language, or write one text for all"]
                continue
            try:
                texts[language] = Word().deserialize(value[language])
            except ValidationError as error:
                errors[language] = list(error.messages)
        if errors:
            raise ValidationError(errors)
        return texts
