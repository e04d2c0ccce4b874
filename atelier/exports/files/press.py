"""A process of its own that sets `main.typ` of the folder it stands in: form, folder of fonts -> the file, on its output.

`pdf` is PDF/UA-1, tagged; `png` is one picture a page, each in base64 on a line.
"""

import base64
import sys
from typing import Any

import typst

PIXELS_PER_INCH = 192.0


def main(form: str, fonts: str) -> bytes:
    own: dict[str, Any] = {"root": ".", "font_paths": [fonts], "ignore_system_fonts": True}
    if form == "pdf":
        return bytes(typst.compile("main.typ", format="pdf", pdf_standards=["ua-1"], **own))
    made: Any = typst.compile("main.typ", format="png", ppi=PIXELS_PER_INCH, **own)
    return b"\n".join(base64.b64encode(page) for page in (made if isinstance(made, list) else [made]))


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(main(*sys.argv[1:]))
    except typst.TypstError as error:
        sys.exit(str(error))
