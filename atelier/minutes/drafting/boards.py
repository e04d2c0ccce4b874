"""Cards of boards and open questions: cluster by cluster, then those outside any, each in the part its column belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from atelier.dialect import escaped_line
from atelier.live.references import shuffled
from atelier.minutes.document_templates import Places
from atelier.minutes.drafting.cards import NBSP, card_lines, colleges_of, words_together
from atelier.minutes.drafting.material import GROUPED, INTRODUCED, LOOSE, Data, Material, Piece
from atelier.minutes.drafting.results import Results, shares_of
from atelier.speech import counted

BOARDS = frozenset({"contributions", "board", "step"})
A_WORD = 40  # characters at most: an activity that asks for words, not sentences
PROPOSING = frozenset({"quoi", "proposition", "propositions"})  # titles of columns where one proposes


def board_pieces(material: Material, results: Results) -> Iterator[Piece]:
    for key in material.settled:
        if material.activities[key]["kind"] in BOARDS and material.tops.get(key):
            yield from _board(material, results, key)


def _board(material: Material, results: Results, key: str) -> Iterator[Piece]:
    clusters = material.clusters_shown(key)
    sorted_away = {ref for cluster in clusters for ref in material.clusters[cluster]["cards"]}
    loose: dict[str, list[str]] = {}
    for ref in material.tops[key]:
        if ref not in sorted_away:
            loose.setdefault(section_of(material, key, material.cards[ref]["column"]), []).append(ref)
    homes = {cluster: cluster_section(material, cluster) for cluster in clusters}
    for section in dict.fromkeys([*homes.values(), *loose]):
        here = [cluster for cluster in clusters if homes[cluster] == section]
        yield from _in_section(material, results, key, section, here, loose.get(section, []))


def _in_section(
    material: Material,
    results: Results,
    key: str,
    section: str,
    clusters: Sequence[str],
    loose: Sequence[str],
) -> Iterator[Piece]:
    place, bare = material.place[key], section in material.template.bare
    cards = sum(len(_members(material, cluster)) for cluster in clusters) + len(loose)
    asked = introduction(material, key, cards, len(clusters), bare)
    yield Piece(section, (place, INTRODUCED, 0), f"{key}-question", asked)
    heading = "###" if bare else "####"
    for rank, cluster in enumerate(clusters):
        text = _cluster(material, results, cluster, heading)
        yield Piece(section, (place, GROUPED, rank), cluster, text)
    if loose:
        yield Piece(
            section, (place, LOOSE, 0), key, _loose(material, key, loose, heading if clusters else "")
        )


def introduction(material: Material, key: str, cards: int, clusters: int, bare: bool) -> str:
    """Return the question that was asked, and what it received here."""
    _, activity = material.speech.gettext, material.activities[key]
    sequence = material.sequences[activity["sequence"]]["title"]
    question = escaped_line(activity["question"] or sequence)
    if not bare and _asked_twice(material, activity):
        question = f"{escaped_line(sequence)}{NBSP}: {question}"
    counts = [counted(material.speech, "%(num)s carte", "%(num)s cartes", cards)]
    if clusters:
        counts.append(counted(material.speech, "%(num)s regroupement", "%(num)s regroupements", clusters))
    if bare:
        asked = _("Question posée : « %(question)s »") % {"question": question}
        return f"{asked}. {', '.join(counts)}."
    return f"### {question}\n\n{', '.join(counts)}."


def _asked_twice(material: Material, activity: Data) -> bool:
    """Tell whether two parts of the déroulé ask the same: a step of each situation of a day."""
    asked = [material.activities[key]["question"] for key in material.settled if material.tops.get(key)]
    return asked.count(activity["question"]) > 1


def _cluster(material: Material, results: Results, cluster: str, heading: str) -> str:
    _, row = material.speech.gettext, material.clusters[cluster]
    members = _members(material, cluster)
    title = escaped_line(row["title"]) or _("Regroupement sans titre")
    about = [counted(material.speech, "%(num)s carte", "%(num)s cartes", len(members))]
    about += shares_of(material, results, cluster)
    told = f"{', '.join(about)}."
    colleges = colleges_of(material, members)
    if colleges:
        carried = material.speech.ngettext(
            "Portée par : %(colleges)s.", "Portées par : %(colleges)s.", len(members)
        )
        told += " " + carried % {"colleges": colleges}
    if row["kept_back"]:
        told += " " + counted(
            material.speech,
            "%(num)s carte de ce regroupement n'est pas citée.",
            "%(num)s cartes de ce regroupement ne sont pas citées.",
            row["kept_back"],
        )
    return "\n".join([f"{heading} {title}", "", told, "", *_lines(material, row["activity"], members)])


def _members(material: Material, cluster: str) -> list[str]:
    return shuffled(material.reference, material.clusters[cluster]["cards"])


def _loose(material: Material, key: str, refs: Sequence[str], heading: str) -> str:
    lines = list(_lines(material, key, refs))
    return "\n".join(
        [f"{heading} {material.speech.gettext('Hors regroupement')}", "", *lines] if heading else lines
    )


def _lines(material: Material, key: str, refs: Sequence[str]) -> Iterator[str]:
    """Yield cards as they are told: single words on one line, each said once; under columns, in their order and with them."""
    if _is_of_words(material, key, refs):
        yield words_together(material, refs)
        return
    columns = columns_of(material.activities[key])
    told = {
        column
        for column in columns
        if columns[column]["label"] and _shares_its_section(material, key, column)
    }
    order = [*columns, ""]
    place = {
        ref: order.index(material.cards[ref]["column"])
        if material.cards[ref]["column"] in order
        else len(order)
        for ref in refs
    }
    for ref in sorted(refs, key=lambda ref: place[ref]):
        column = material.cards[ref]["column"]
        yield from card_lines(
            material, [ref], lead=escaped_line(columns[column]["label"]) if column in told else ""
        )


def _is_of_words(material: Material, key: str, refs: Sequence[str]) -> bool:
    most = material.activity(key).settings.get("max_chars") or 0
    whole = all(not material.cards[ref]["raw"] and not material.under.get(ref) for ref in refs)
    return material.activities[key]["kind"] == "contributions" and 0 < most <= A_WORD and whole


def _shares_its_section(material: Material, key: str, column: str) -> bool:
    """Tell whether the heading of a part does not say which column a card comes from."""
    here = section_of(material, key, column)
    return any(
        other != column and section_of(material, key, other) == here
        for other in columns_of(material.activities[key])
    )


# ---------------------------------------------------------------- which part


def cluster_section(material: Material, cluster: str) -> str:
    """Return the section of a cluster: of its column, else of the column of most of its cards."""
    row = material.clusters[cluster]
    columns = Counter(material.cards[ref]["column"] for ref in _members(material, cluster))
    column = row["column"] or (columns.most_common(1)[0][0] if columns else "")
    return section_of(material, row["activity"], column)


def section_of(material: Material, key: str, column: str) -> str:
    """Return the section of a column of an activity."""
    places, columns = material.template.places, columns_of(material.activities[key])
    if any(one["label"].strip().casefold() in PROPOSING for one in columns.values()):
        return places.proposals
    if column not in columns:
        return places.cards
    return _of_sign(places, columns[column]["sign"])


def _of_sign(places: Places, sign: str) -> str:
    return {"plus": places.plus, "minus": places.minus}.get(sign, places.other)


def columns_of(activity: Data) -> Mapping[str, Data]:
    return {column["key"]: column for column in activity["columns"]}
