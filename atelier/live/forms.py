"""What may come from a client: one WTForms form per command, built from the command's own fields and one table of limits.

The same forms read the wire's JSON and plain HTML forms; a wrong type, a missing field or a text too long is a typed
refusal that names the field. Fields marked `filled()` have no form field: a client cannot give them.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form
from wtforms.validators import ValidationError

from atelier.errors import Refusal
from atelier.live.catalogue import COMMANDS
from atelier.live.messages import Command

TEXT_LIMIT = 2_000
LIMITS: Mapping[str, int] = {
    "text": TEXT_LIMIT,
    "question": 300,
    "simple_question": 300,
    "proposal": TEXT_LIMIT,
    "title": 120,
    "name": 60,
    "motive": 300,
    "label": 80,
    "sheet": 20,
    "kind": 40,
}
SHORT = 80
NUMBER_RANGE = (-1_000_000, 1_000_000_000)
JSON_LIMIT = 60_000  # characters of a nested value
DEPTH_LIMIT = 6
ACT_ID = re.compile(r"[A-Za-z0-9:_.-]{8,80}\Z")


class Wrong(ValidationError):
    """A field that does not fit; `code` goes to the wire."""

    def __init__(self, code: str) -> None:
        super().__init__(code)


class RawField(Field):
    """A field that receives JSON values as they are."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist[0] if valuelist else self.default


class TextField(RawField):
    def pre_validate(self, form: Form) -> None:
        if not isinstance(self.data, str) or "\x00" in self.data:
            raise Wrong("wrong_type")
        if len(self.data) > LIMITS.get(self.name, SHORT):
            raise Wrong("too_long")
        self.data = mended(self.data).replace("\r\n", "\n").strip()


class NumberField(RawField):
    def pre_validate(self, form: Form) -> None:
        if isinstance(self.data, str) and re.fullmatch(r"-?\d{1,9}", self.data):
            self.data = int(self.data)
        if isinstance(self.data, bool) or not isinstance(self.data, int):
            raise Wrong("wrong_type")
        if not NUMBER_RANGE[0] <= self.data <= NUMBER_RANGE[1]:
            raise Wrong("out_of_range")


class FlagField(RawField):
    def pre_validate(self, form: Form) -> None:
        if self.data in ("1", "on", "true", "0", "", "false"):
            self.data = self.data in ("1", "on", "true")
        if not isinstance(self.data, bool):
            raise Wrong("wrong_type")


class NestedField(RawField):
    """A mapping or a list of plain values, bounded in size and depth, whose texts are bounded too."""

    def pre_validate(self, form: Form) -> None:
        if not isinstance(self.data, dict | list) or not _plain_enough(self.data, DEPTH_LIMIT):
            raise Wrong("wrong_type")
        if len(json.dumps(self.data)) > JSON_LIMIT:
            raise Wrong("too_long")
        if self.name == "fields" and not _texts(self.data):
            raise Wrong("wrong_type")
        self.data = _mended_all(self.data)


class NumbersField(NestedField):
    """A list of numbers: of cards."""

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        if not isinstance(self.data, list) or any(type(item) is not int for item in self.data):
            raise Wrong("wrong_type")


class TextsField(NestedField):
    """A list of short texts: keys of clusters, of options, of colleges."""

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        if not isinstance(self.data, list) or not all(isinstance(item, str) for item in self.data):
            raise Wrong("wrong_type")


def mended(text: str) -> str:
    """Return a text that every database can keep: half an emoji, cut by a length limit, becomes U+FFFD as in browsers."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _mended_all(value: Any) -> Any:
    if isinstance(value, dict):
        return {mended(key): _mended_all(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_mended_all(item) for item in value]
    return mended(value) if isinstance(value, str) else value


def _plain_enough(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        return depth > 0 and all(
            isinstance(key, str)
            and len(key) <= SHORT
            and "\x00" not in key
            and not key.startswith("$")  # the journal's own marks (codec.py)
            and _plain_enough(item, depth - 1)
            for key, item in value.items()
        )
    if isinstance(value, list):
        return depth > 0 and len(value) <= 1_000 and all(_plain_enough(item, depth - 1) for item in value)
    if isinstance(value, str):
        return len(value) <= TEXT_LIMIT and "\x00" not in value
    if isinstance(value, int):
        return abs(value) <= NUMBER_RANGE[1]
    return value is None


def _texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


class JsonData:
    """A mapping in the shape WTForms reads."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return max(1, len(self._data))

    def getlist(self, name: str) -> list[Any]:
        return [self._data[name]] if name in self._data else []


@lru_cache(maxsize=256)
def form_for(command: type) -> type[Form]:
    """Return the form of a command."""
    fields = {
        field.name: _field_kind(str(field.type))(default=_default(field))
        for field in dataclasses.fields(command)
        if "filled" not in field.metadata
    }
    return type(f"{command.__name__}Form", (Form,), fields)


def _field_kind(annotation: str) -> type[Field]:
    if annotation.startswith("tuple["):
        return NumbersField if "int" in annotation else TextsField
    if any(word in annotation for word in ("Mapping", "tuple", "dict", "list", "Sequence")):
        return NestedField
    if "int" in annotation:
        return NumberField
    return FlagField if "bool" in annotation else TextField


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return None if field.default is dataclasses.MISSING else field.default


def parse(name: object, data: object) -> Command | Refusal:
    """Return the command that a client's `name` and `data` spell, or why they do not."""
    command = COMMANDS.get(name) if isinstance(name, str) else None
    if command is None:
        return Refusal("unknown_act")
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        return Refusal("malformed", {"fields": {}})
    form = form_for(command)(JsonData(data))
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in dataclasses.fields(command):
        if field.name not in form:
            continue
        value = data.get(field.name)
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if value is None or (value == "" and not required and field.default != ""):
            if required:
                wrong[field.name] = "missing"
            continue
        entry = form[field.name]
        if entry.validate(form):
            values[field.name] = entry.data
        else:
            wrong[field.name] = str(entry.errors[0])
    return Refusal("malformed", {"fields": wrong}) if wrong else command(**values)


def nested(form: MultiDict[str, str]) -> dict[str, Any]:
    """Turn an HTML form into the wire's JSON: `ballot[dots][o1]=2` -> `{"ballot": {"dots": {"o1": 2}}}`.

    Names ending in `[]` are lists; under `ballot`, figures are numbers and `true` is true.
    """
    result: dict[str, Any] = {}
    for name in form:
        path = re.findall(r"[^\[\]]+|\[\]", name)[: DEPTH_LIMIT + 1]
        if not path or path[0] == "[]":
            continue
        is_list = path[-1] == "[]"
        steps = path[:-1] if is_list else path
        value: Any = form.getlist(name) if is_list else form[name]
        if steps[0] in {"ballot", "paper"}:
            value = [_number(item) for item in value] if is_list else _number(value)
        place = result
        for step in steps[:-1]:
            inner = place.setdefault(step, {})
            place = inner if isinstance(inner, dict) else {}
        place[steps[-1]] = value
    return result


def _number(value: str) -> int | bool | str:
    if value in {"true", "false"}:
        return value == "true"
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else value
