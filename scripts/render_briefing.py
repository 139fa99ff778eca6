"""Turn office files into pictures of their pages, to be looked at; needs LibreOffice and poppler.

Install both once: apt-get install -y --no-install-recommends libreoffice-impress
libreoffice-writer libreoffice-calc poppler-utils fonts-noto-cjk
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

OFFICE: Final = (".pptx", ".docx", ".xlsx")
PIXELS: Final = "80"
"""Of an inch."""


def main(folder: Path, out: Path) -> int:
    """Render every office file and every PDF of a folder; a page each, `NAME-PAGE.png`."""
    out.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in folder.iterdir() if path.suffix in OFFICE)
    with tempfile.TemporaryDirectory() as scratch:
        printed = [_printed(path, Path(scratch)) for path in files]
        for pdf in (*printed, *sorted(folder.glob("*.pdf"))):
            _draw(pdf, out)
    return 0


def _printed(path: Path, scratch: Path) -> Path:
    """Return the PDF that LibreOffice prints of a file."""
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
    pdf = scratch / f"{path.stem}.pdf"
    return pdf.rename(scratch / f"{path.name}.pdf")


def _draw(pdf: Path, out: Path) -> None:
    target = out / pdf.name.removesuffix(".pdf")
    subprocess.run(["pdftoppm", "-r", PIXELS, "-png", str(pdf), str(target)], check=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
