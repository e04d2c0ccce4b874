"""« Importer un texte »: a file or what is pasted, read, shown part by part beside the document, then added to it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from atelier import realtime
from atelier.dialect import cleaned
from atelier.errors import Busy, Refusal, StorageUnavailable
from atelier.exports.files.reader import MOST_FILE_BYTES, MOST_SIGNS, Text, read_file, read_text
from atelier.exports.incoming.kinds import ACCEPTED, MARKDOWN, NotReadable
from atelier.exports.incoming.plan import NEW, NOTHING, Arrival, arrival, proposed
from atelier.exports.incoming.sentences import READ_AS, SENTENCES
from atelier.exports.operations.importing import import_parts
from atelier.exports.views.blueprint import blueprint
from atelier.exports.views.documents import ADDRESS, document_for
from atelier.house import house
from atelier.i18n import DEFAULT, translations
from atelier.later import N_
from atelier.markdown import Words, render
from atelier.minutes.access import Guest, guest_of, refusal_of_writing
from atelier.minutes.content import Content, numbered
from atelier.minutes.models import Document
from atelier.minutes.operations.writing_names import names_of
from atelier.minutes.refusals_of_writing import SENTENCES as WRITING
from atelier.people import access
from atelier.validators import whole_number

ACT = "import_text"
READ, IMPORT, BACK = "lire", "importer", "revenir"
FORM_BYTES = 5 * MOST_SIGNS  # the words of a form, as they travel
INVALID = 422
STEM = re.compile(r"i[0-9a-f]{12}")
HEADING_IN_PREVIEW = 4
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """One request about one document. `refusal`: why its text may not change now, or nothing."""

    document: Document
    guest: Guest
    address: str
    refusal: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A text that was read, as it travels from the preview to the import: `name` of its file, "" for what was pasted."""

    name: str
    text: Text
    stem: str


@blueprint.get(f"{ADDRESS}/importer")
def import_form(shelf: str, reference: str) -> AnyResponse:
    with house().database.reading() as db:
        return _form(_asked(db, shelf, reference))


@blueprint.post(f"{ADDRESS}/importer")
def import_text(shelf: str, reference: str) -> AnyResponse:
    """Read what is given and show it (`lire`), add it (`importer`), or come back to the form with what was pasted."""
    with house().database.reading() as db:
        asked = _asked(db, shelf, reference)
    request.max_content_length = MOST_FILE_BYTES + FORM_BYTES
    request.max_form_memory_size = FORM_BYTES
    try:
        act = request.form.get("act", READ)
        if asked.refusal or act == BACK:
            return _form(asked, INVALID if asked.refusal else 200, pasted=_pasted())
        if act == IMPORT:
            return _imported(asked, _brought())
        return _preview(asked, _given())
    except RequestEntityTooLarge:
        return _form(asked, 413, _sentence("too_heavy"))
    except NotReadable as error:
        return _form(asked, INVALID, _sentence(error.code, **error.params), _pasted())


# ---------------------------------------------------------------- what is given


def _given() -> Brought:
    """Read the file or the text of the form; NotReadable says why there is nothing to show."""
    file = request.files.get("file")
    pasted = request.form.get("pasted", "")
    stem = f"i{secrets.token_hex(6)}"
    if file is not None and file.filename:
        if pasted.strip():
            raise NotReadable("two_given")
        name = cleaned(re.split(r"[\\/]", file.filename)[-1])[-LONGEST_NAME:]
        return Brought(name, read_file(name, file.stream.read(MOST_FILE_BYTES + 1)), stem)
    if not pasted.strip():
        raise NotReadable("nothing_given")
    return Brought("", read_text(pasted), stem)


def _brought() -> Brought:
    """Return the text that the preview sent back: nothing of it is believed more than what anybody writes."""
    form = request.form
    pictures = whole_number(form.get("pictures", "")) or 0
    read = read_text(form.get("markdown", ""), MARKDOWN)
    stem = form.get("stem", "")
    kind = form.get("kind", "")
    return Brought(
        cleaned(form.get("name", ""))[:LONGEST_NAME],
        Text(kind if kind in READ_AS else MARKDOWN, read.markdown, cleaned(form.get("title", "")), pictures),
        stem if STEM.fullmatch(stem) else f"i{secrets.token_hex(6)}",
    )


def _pasted() -> str:
    """Return what stood in the field, or what was read of it."""
    found = request.form.get("pasted", "")
    return found or ("" if request.form.get("name") else request.form.get("markdown", ""))


def _arrival(brought: Brought) -> Arrival:
    text, untitled = brought.text, _written(N_("Texte importé"))
    found: Arrival = realtime.offload(lambda: arrival(text.markdown, text.title, untitled))
    return found


# ---------------------------------------------------------------- acts


def _imported(asked: Asked, brought: Brought) -> AnyResponse:
    found = _arrival(brought)
    targets = [request.form.get(f"part-{place}", NEW) for place in range(len(found.parts))]
    if set(targets) <= {NOTHING}:
        return _preview(asked, brought, targets, INVALID, _sentence("nothing_chosen"))
    house_ = house()
    document = asked.document
    with house_.database.reading() as db:
        names = names_of(db, document, house_.parts["live"].desk.state)
    label = N_("avant l’import de « %(name)s »") if brought.name else N_("avant l’import d’un texte collé")
    try:
        done = import_parts(
            house_.database,
            house_.parts["minutes"].rooms.open(document.id),
            document,
            asked.guest,
            found.parts,
            targets,
            _written(label) % {"name": brought.name},
            brought.stem,
            names,
            house_.clock(),
        )
    except (Busy, StorageUnavailable) as error:
        sentence = _sentence("busy") if isinstance(error, Busy) else _(WRITING["storage"])
        return _preview(asked, brought, targets, 503, sentence)
    if isinstance(done, Refusal):
        return _preview(asked, brought, targets, INVALID, _refused(done))
    house_.parts["minutes"].flag(document.id)
    return redirect(f"{asked.address}/importer?fait=importe&version={done}", 303)


# ---------------------------------------------------------------- pages


def _asked(db: Session, shelf: str, reference: str) -> Asked:
    document = document_for(db, shelf, reference, ACT)
    guest = guest_of(document)
    refusal = refusal_of_writing(document, guest, lambda _person: True)
    return Asked(document, guest, f"/{shelf}/{reference}", _refused(refusal) if refusal else "")


def _content(document: Document) -> Content:
    room = house().parts["minutes"].rooms.open(document.id)
    room.catch_up()  # what another process stored
    content: Content = room.content()
    return content


def _form(asked: Asked, status: int = 200, refusal: str = "", pasted: str = "") -> AnyResponse:
    return _page(
        "exports/import.html",
        asked,
        status,
        refusal=refusal,
        pasted=pasted,
        accepted=",".join(ACCEPTED),
        most_bytes=MOST_FILE_BYTES,
        most_signs=MOST_SIGNS,
        too_heavy=_sentence("too_heavy"),
        version=whole_number(request.args.get("version", "")) or 0,
    )


def _preview(
    asked: Asked, brought: Brought, targets: list[str] | None = None, status: int = 200, refusal: str = ""
) -> AnyResponse:
    found, content = _arrival(brought), _content(asked.document)
    chosen = targets or proposed(found.parts, content)
    words = Words(_("Notes"), _("Retour au texte"), _("Tableau"))
    drawn = realtime.offload(
        lambda: [
            render(part.body, f"part-{at}-", HEADING_IN_PREVIEW, words) for at, part in enumerate(found.parts)
        ]
    )
    return _page(
        "exports/import_preview.html",
        asked,
        status,
        refusal=refusal,
        brought=brought,
        read_as=READ_AS[brought.text.kind],
        own_title=found.title,
        parts=list(zip(found.parts, chosen, drawn, strict=True)),
        sections=list(numbered(content.sections)),
        new=NEW,
        nothing=NOTHING,
    )


def _page(template: str, asked: Asked, status: int, /, **context: Any) -> AnyResponse:
    return access.private_page(
        template,
        status,
        document=asked.document,
        guest=asked.guest,
        address=asked.address,
        at="import",
        done=request.args.get("fait", "") if request.method == "GET" else "",
        frozen=asked.refusal,
        **context,
    )


def _refused(refusal: Refusal) -> str:
    phase = refusal.params.get("phase", "")
    names = (f"open.{refusal.code}.{phase}", f"open.{refusal.code}", refusal.code)
    return _(next((WRITING[name] for name in names if name in WRITING), WRITING["fault"]))


def _sentence(code: str, **params: Any) -> str:
    known = {"megabytes": MOST_FILE_BYTES // 1_000_000, **params}
    said = {name: _number(value) if isinstance(value, int) else value for name, value in known.items()}
    return _(SENTENCES[code]) % said


def _number(value: int) -> str:
    return format_decimal(value, locale=access.locale_of_request()).replace("\u202f", "\u00a0")


def _(sentence: str) -> str:
    """Say it to whoever reads the page."""
    return translations(access.locale_of_request()).gettext(sentence)


def _written(sentence: str) -> str:
    """Say it as the document and its list of versions keep it, for everybody."""
    return translations(DEFAULT).gettext(sentence)
