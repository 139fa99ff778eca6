"""The app without a browser, one page at a time on the bundled study, and in Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from climrisk.domain.study import Study
from climrisk.io.study import read_study
from climrisk.paths import find_study
from climrisk.ui.history import History
from climrisk.ui.state import Session
from climrisk.workshop.store.database import ENVIRONMENT
from tests.ui.chromium import FLAGS, PATH
from tests.ui.served import Server, serving

DRAWS = 32
TIMEOUT = 120


@pytest.fixture(scope="session")
def lx() -> Study:
    """The bundled study with two of its scenarios."""
    study = read_study("lx-technology-2023")
    two = {"scenarios": ("net_zero_2050", "current_policies")}
    return study.model_copy(update={"settings": study.settings.model_copy(update=two)})


def shown(name: str) -> None:
    """Show a page as the app does."""
    from climrisk.ui import bar
    from climrisk.ui.main import page_of

    bar.show()
    page_of(name)()


@pytest.fixture
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep pages away from the database of whoever runs the tests."""
    if ENVIRONMENT not in os.environ:
        monkeypatch.setenv(ENVIRONMENT, f"sqlite:///{tmp_path / 'own.sqlite'}")


@pytest.fixture
def open_page(lx: Study, own_database: None) -> Callable[..., AppTest]:
    """Return a page that was run once."""

    def opened(name: str, study: Study | None = None, **state: Any) -> AppTest:
        app = AppTest.from_function(shown, args=(name,), default_timeout=TIMEOUT)
        used = study or lx
        folder = find_study("lx-technology-2023")
        app.session_state["climrisk"] = Session(folder, History(used, used), DRAWS, DRAWS)
        app.session_state["language"] = "en"
        for key, value in state.items():
            app.session_state[key] = value
        return app.run()

    return opened


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser that finds no host but this computer."""
    api = pytest.importorskip("playwright.sync_api")
    if not Path(PATH).exists():
        pytest.skip(f"no {PATH}")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The bundled study, served from an empty folder."""
    with serving(tmp_path_factory.mktemp("empty")) as server:
        yield server
