"""Where templates, static files, migrations and catalogues are: beside the package, or inside it in a wheel."""

import json
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
PAGES = {  # page -> the modules of its code, in order, as in scripts/bundle.mjs
    "phone": ("js/app.js", "js/phone.js"),
    "desk": ("js/app.js", "js/desk.js"),
    "screen": ("js/app.js", "js/screen.js"),
    "editor": ("js/editor.js",),
}


def asset_dir(name: str) -> Path:
    """The folder `name` (`templates`, `static`, `migrations`, `locale`).

    In a checkout it stands beside `atelier/`; an installed wheel carries it in `atelier/_assets/`.
    A neighbour of the installed package in site-packages is never taken for ours.
    """
    inside = _PACKAGE / "_assets" / name
    if inside.is_dir():
        return inside
    return _PACKAGE.parent / name


def page_scripts(page: str) -> tuple[str, ...]:
    """Return the scripts of a page, as paths in `static/`: its bundle, or the modules themselves if they changed since."""
    static = asset_dir("static")
    made = static / "vendor" / "app" / "pages.json"
    if not made.is_file() or (_is_checkout(static) and _newest(static / "js") > made.stat().st_mtime):
        return PAGES[page]
    return tuple(f"vendor/{file}" for file in json.loads(made.read_text())[page])


def _is_checkout(folder: Path) -> bool:
    return folder.parent == _PACKAGE.parent


def _newest(folder: Path) -> float:
    return max(path.stat().st_mtime for path in folder.rglob("*.js"))
