"""The catalogues hold exactly the sentences of the code, and English is complete."""

import subprocess
import sys
from pathlib import Path
from string import Formatter

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/qcdc.po"))

every_catalogue = pytest.mark.parametrize(
    "path", CATALOGUES, ids=[path.parent.parent.name for path in CATALOGUES]
)


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every sentence that the code passes through gettext, by the mapping of `make translate`."""
    target = tmp_path_factory.mktemp("extracted") / "qcdc.pot"
    command = ["pybabel", "--quiet", "extract", "--mapping-file", "babel.cfg", "--output-file"]
    program = str(Path(sys.executable).with_name(command[0]))
    subprocess.run([program, *command[1:], str(target), "."], cwd=ROOT, check=True)
    return {entry.msgid for entry in polib.pofile(str(target))}


@every_catalogue
def test_a_catalogue_holds_exactly_the_sentences_of_the_code(
    path: Path, sentences: set[str]
) -> None:
    """Stale after a changed sentence; `make translate` brings it up to date."""
    held = {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete}
    assert {"missing": sentences - held, "gone": held - sentences} == {
        "missing": set(),
        "gone": set(),
    }


@every_catalogue
def test_a_catalogue_is_complete(path: Path) -> None:
    """No sentence without a translation, none marked fuzzy."""
    catalogue = polib.pofile(str(path))
    unfinished = [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]
    assert [entry.msgid for entry in unfinished] == []


@every_catalogue
def test_a_translation_has_the_fields_of_its_sentence(path: Path) -> None:
    """A field that one side lacks would lose a name or a number, or stop the page."""
    for entry in polib.pofile(str(path)).translated_entries():
        for translation in [entry.msgstr, *entry.msgstr_plural.values()]:
            if translation:
                assert fields(translation) <= fields(entry.msgid) | fields(entry.msgid_plural), (
                    entry.msgid
                )
                assert fields(entry.msgid) <= fields(translation), entry.msgid


def fields(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
