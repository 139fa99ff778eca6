"""Turn briefings into pictures of their pages, to be looked at.

    .venv/bin/python scripts/render_briefing.py FOLDER PICTURES

Office files are printed by LibreOffice, the HTML page by Chromium; poppler draws the pages.
Install them once: apt-get install -y --no-install-recommends libreoffice-impress
libreoffice-writer libreoffice-calc poppler-utils chromium fonts-noto-cjk
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
    """Render every briefing of a folder: a picture for each page, `NAME-PAGE.png`."""
    out.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in folder.iterdir() if path.suffix in OFFICE)
    with tempfile.TemporaryDirectory() as scratch:
        printed = [_printed(path, Path(scratch)) for path in files]
        for page in sorted(folder.glob("*.html")):
            printed.append(_browsed(page, Path(scratch)))
            _photograph(page, out)
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


def _browsed(page: Path, scratch: Path) -> Path:
    """Return the PDF that Chromium prints of a page."""
    pdf = scratch / f"{page.name}.pdf"
    _chromium(page, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    return pdf


def _photograph(page: Path, out: Path) -> None:
    """Take the page as it stands on a screen, its first 6,000 pixels."""
    picture = (out / f"{page.name}-screen.png").resolve()
    _chromium(page, "--window-size=1100,6000", f"--screenshot={picture}")


def _chromium(page: Path, *asked: str) -> None:
    quiet = ("--headless", "--disable-gpu", "--no-sandbox", "--disable-background-networking")
    wait = "--virtual-time-budget=5000"
    command = ["chromium", *quiet, wait, *asked, page.resolve().as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def _draw(pdf: Path, out: Path) -> None:
    target = out / pdf.name.removesuffix(".pdf")
    subprocess.run(["pdftoppm", "-r", PIXELS, "-png", str(pdf), str(target)], check=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
