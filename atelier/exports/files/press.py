"""A process of its own that sets `main.typ` of the folder it stands in: form, folder of fonts -> the file, on its output."""

import sys

import typst

PIXELS_PER_INCH = 192.0

if __name__ == "__main__":
    try:
        if sys.argv[1] == "pdf":
            made = typst.compile(
                "main.typ", root=".", format="pdf", ignore_system_fonts=True, pdf_standards=["ua-1"]
            )
        else:
            made = typst.compile(
                "main.typ", root=".", format="png", ignore_system_fonts=True, ppi=PIXELS_PER_INCH
            )
    except typst.TypstError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(made)
