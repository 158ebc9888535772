"""What several tests share: the lexicon in a cache of the tests' own, the gold data, and `--accept`."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from flashcards.chinese import Analyser
from flashcards.lexicon import Lexicon, open_lexicon
from flashcards.links.glosses import GlossVectors
from tests.anki_collection import Anki

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"

settings.register_profile("fixed", derandomize=True, deadline=None)    # a test that failed fails again
settings.load_profile("fixed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="take the output of this run as the new golden files")


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A run neither uses nor fills the user's cache, unless CI gives it one to share with other commands."""
    os.environ.setdefault("FLASHCARDS_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def lexicon(_cache: None) -> Lexicon:
    return open_lexicon()


@pytest.fixture(scope="session")
def glosses(lexicon: Lexicon) -> GlossVectors:
    return GlossVectors(lexicon)


@pytest.fixture(scope="session")
def analyser(lexicon: Lexicon) -> Analyser:
    return Analyser(lexicon)


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    collection = Anki(tmp_path)
    yield collection
    collection.col.close()


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of the gold data that may not be committed."""
    folder = Path(os.environ.get("FLASHCARDS_GOLD", ROOT.parent / "shared" / "gold"))
    if not folder.is_dir():
        pytest.skip(f"no gold data in {folder}; set FLASHCARDS_GOLD")
    return folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI everything that tests need is installed, so nothing may skip."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
