"""Validators of forms that more than one capability needs. Sentences are translated where they are drawn."""

from __future__ import annotations

from wtforms import Field, Form
from wtforms.validators import InputRequired, Length

from atelier.later import N_


class Required(InputRequired):
    """Spaces alone are nothing."""

    def __call__(self, form: Form, field: Field) -> None:
        if isinstance(field.data, str) and not field.data.strip():
            field.raw_data = None
        super().__call__(form, field)


def at_most(length: int) -> Length:
    return Length(max=length, message=N_("Ce texte est trop long."))
