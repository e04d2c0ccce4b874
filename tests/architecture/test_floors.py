"""Who may know whom: the order of capabilities, the floors inside each, and what the pure floor stays clear of."""

from __future__ import annotations

import ast

from tests.architecture.source import Import, all_imports, imports_in, imports_of, own_modules, text_of

CAPABILITIES = ["people", "programme", "workshops", "live", "minutes", "forum", "exports"]
HOUSE = {
    "__main__", "app", "backup", "cli", "demonstration", "health", "rehearsal", "schema", "starting", "tables",
}  # fmt: skip

# The name of a file, or of the folder it grew into, says its floor. Any other name is a rule: the strictest floor.
DOORS, ACTS, ROWS, RULES = 4, 3, 2, 1
FLOORS = {
    "views": DOORS, "sockets": DOORS, "forms": DOORS, "ticker": DOORS, "service": DOORS, "wording": DOORS,
    "operations": ACTS, "desk": ACTS, "broadcast": ACTS, "room": ACTS, "access": ACTS, "nudges": ACTS,
    "rooms": ACTS, "replica": ACTS, "signals": ACTS, "company": ACTS,
    "effects": ACTS, "filling": ACTS, "mail": ACTS, "presence": ACTS, "purge": ACTS, "purging": ACTS,
    "followers": ACTS, "follower": ACTS, "recording": ACTS, "continuing": ACTS, "files": ACTS,
    "models": ROWS, "queries": ROWS, "store": ROWS, "ballot_box": ROWS, "credentials": ROWS, "seals": ROWS,
}  # fmt: skip

# A rule is a function of its arguments: no web, no rows, no clock, no chance, no machine, no translated text.
KEPT_FROM_RULES = {
    "alembic", "babel", "eventlet", "flask", "flask_babel", "flask_limiter", "flask_socketio", "flask_wtf", "gettext",
    "jinja2", "logging", "os", "pathlib", "psycopg", "redis", "requests", "secrets", "socket", "socketio", "sqlalchemy",
    "structlog", "subprocess", "threading", "time", "uuid", "werkzeug", "wtforms",
    "atelier.assets", "atelier.clock", "atelier.db", "atelier.drawing", "atelier.house", "atelier.i18n",
    "atelier.realtime", "atelier.security", "atelier.settings",
}  # fmt: skip

# Libraries that one file knows, so that they can be changed there.
KNOWN_BY = {
    "eventlet": {"wsgi", "atelier.realtime"},
    "flask_socketio": {"wsgi", "atelier.realtime"},
    "pycrdt": {"atelier.minutes.document"},
    "nh3": {"atelier.markdown"},
    "markdown_it": {"atelier.markdown"},
}


def capability_of(module: str) -> str | None:
    """`atelier.live.rules.voting` -> `live`; None for the ground and the house."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in CAPABILITIES else None


def floor_of(module: str) -> int:
    """The floor inside a capability: of the file, or of the folder that a file grew into."""
    parts = module.split(".")
    return FLOORS.get(parts[2], RULES) if len(parts) > 2 else RULES


def is_house(module: str) -> bool:
    return module == "wsgi" or (module.startswith("atelier.") and module.split(".")[1] in HOUSE)


def is_ours(module: str) -> bool:
    return module.split(".")[0] in {"atelier", "wsgi"}


def is_under(module: str, family: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in family)


def climbs(found: Import) -> bool:
    """Whether an import goes up: to a later capability, to another's door, or to a higher floor of its own."""
    here, there = capability_of(found.importer), capability_of(found.imported)
    if is_house(found.importer) or not is_ours(found.imported):
        return False
    if is_house(found.imported):
        return True
    if there is None:
        return False
    if here is None:
        return True
    if here == there:
        return floor_of(found.imported) > floor_of(found.importer)
    earlier = CAPABILITIES.index(there) < CAPABILITIES.index(here)
    return (
        not earlier
        or floor_of(found.imported) == DOORS
        or floor_of(found.importer) < floor_of(found.imported)
    )


def imports_written(importer: str, *lines: str) -> list[Import]:
    modules = {
        "atelier.live.rules.voting",
        "atelier.live.desk",
        "atelier.people.views",
        "atelier.people.access",
    }
    return list(imports_in(importer, ast.parse("\n".join(lines)), modules))


def test_climbs_tells_up_from_down() -> None:
    def verdicts(importer: str, *lines: str) -> list[bool]:
        return [climbs(found) for found in imports_written(importer, *lines)]

    assert (
        verdicts("atelier.live.views", "from atelier.live import desk", "import atelier.live.rules.voting")
        == [False] * 2
    )
    assert verdicts("atelier.live.rules.voting", "from atelier.live.desk import perform") == [True]
    assert verdicts("atelier.people.operations", "from atelier.live.store import rows") == [True]
    assert verdicts("atelier.live.views", "from atelier.people.views import page") == [True]
    assert verdicts("atelier.live.views", "from atelier.people import access") == [False]
    assert verdicts("atelier.live.models", "from atelier.people.access import who") == [True]
    assert verdicts("atelier.db", "from atelier.people.models import Account") == [True]
    assert verdicts("atelier.live.desk", "from atelier.app import create_app") == [True]
    assert verdicts("atelier.app", "from atelier.live.views import pages") == [False]


def test_every_import_goes_down() -> None:
    assert [str(found) for found in all_imports() if climbs(found)] == []


def test_every_package_has_its_place_in_the_order() -> None:
    packages = {name.split(".")[1] for name, path in own_modules().items() if len(path.parts) > 2}
    assert packages - set(CAPABILITIES) - HOUSE == set()


def test_rules_are_functions_of_their_arguments() -> None:
    rules = [name for name in own_modules() if capability_of(name) and floor_of(name) == RULES]
    impure = [
        str(found)
        for name in rules
        for found in imports_of(name)
        if is_under(found.imported, KEPT_FROM_RULES)
    ]
    assert "atelier.live.engine" in rules
    assert impure == []


def test_rules_never_ask_the_time() -> None:
    asking = {"now", "utcnow", "today"}
    rules = [name for name in own_modules() if capability_of(name) and floor_of(name) == RULES]
    calls = [
        f"{name}:{node.lineno} {ast.unparse(node.func)}()"
        for name in rules
        for node in ast.walk(ast.parse(text_of(own_modules()[name])))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asking
    ]
    assert calls == []


def test_a_replaceable_library_is_known_by_one_file() -> None:
    strangers = [
        str(found)
        for found in all_imports()
        for library, known_by in KNOWN_BY.items()
        if is_under(found.imported, {library}) and found.importer not in known_by
    ]
    assert strangers == []


def test_importing_the_package_loads_nothing() -> None:
    assert text_of(own_modules()["atelier"]).strip() == ""


def test_modules_never_import_in_a_circle() -> None:
    edges = {
        name: {
            found.imported
            for found in imports_of(name)
            if not found.for_types_only and is_ours(found.imported)
        }
        for name in own_modules()
    }
    assert [f"{name} reaches itself" for name in edges if name in reached_from(name, edges)] == []


def reached_from(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges.get(name, ()))
    return seen
