"""Publishing the rule book: once, again, changed, refused; and what is published can never be altered.

Every test database holds the shipped book from the start; the tests that publish do so under a regime of their own.
"""

import shutil

import pytest
import yaml
from django.db import DatabaseError, connection, transaction

from ocop.core.errors import Refused
from ocop.regime import queries as regimes
from ocop.regime.models import RegimeVersion
from ocop.regime.rulebook import BOOK, codes, fingerprint, load_yaml, read_regime
from ocop.rubric import queries
from ocop.rubric.actions import RuleBookRefused, publish_rulebook
from ocop.rubric.models import CriteriaSetVersion
from ocop.rubric.rulebook import read_set, set_files

pytestmark = pytest.mark.django_db
CODE = "qd99-2099"


@pytest.fixture
def book(tmp_path):
    """A rule book of one regime with two sets, not published yet."""
    folder = tmp_path / "book" / CODE
    (folder / "sets").mkdir(parents=True)
    regime = load_yaml(BOOK / "qd26-2026" / "regime.yaml") | {"code": CODE, "set_count": 2, "tasting": []}
    write(folder / "regime.yaml", regime)
    for number in (1, 2):
        source = set_files("qd26-2026")[number]
        write(folder / "sets" / source.name, load_yaml(source) | {"regime": CODE})
    return tmp_path / "book"


@pytest.fixture
def measured(book):
    """The same book with measures for its two sets."""
    folder = book / CODE / "measures"
    folder.mkdir()
    for source in (BOOK / "qd26-2026" / "measures").glob("*.yaml"):
        content = load_yaml(source) | {"regime": CODE}
        for key in ("measures", "unmeasurable"):
            rows = [
                row | {"places": [place for place in row["places"] if place.startswith(("1:", "2:"))]}
                for row in content.get(key, ())
            ]
            content[key] = [row for row in rows if row["places"]]
        write(folder / source.name, content)
    return book


def write(path, mapping):
    path.write_text(yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False), encoding="utf-8")


def file_of(book, number):
    return next((book / CODE / "sets").glob(f"{number:02d}-*.yaml"))


def change(book, number, **values):
    write(file_of(book, number), load_yaml(file_of(book, number)) | values)


def versions(number):
    rows = CriteriaSetVersion.objects.filter(regime_code=CODE, set_no=number).order_by("version")
    return [row.version for row in rows]


def test_a_new_book_is_published_whole_and_the_second_time_nothing_is_new(book, at):
    first = publish_rulebook(book=book, by=None, at=at)
    assert ([row.code for row in first.regimes], [row.set_no for row in first.sets]) == ([CODE], [1, 2])
    again = publish_rulebook(book=book, by=None, at=at)
    assert (again.regimes, again.sets) == ((), ())
    assert (versions(1), versions(2)) == ([1], [1])


def test_a_folder_layout_or_comment_makes_no_new_version(book, at):
    publish_rulebook(book=book, by=None, at=at)
    file = file_of(book, 1)
    file.write_text("# đã rà soát\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    shutil.move(file, file.with_name("01-ten-khac.yaml"))
    assert publish_rulebook(book=book, by=None, at=at).sets == ()


def test_a_changed_set_becomes_a_new_version_and_the_old_one_stays(book, at):
    publish_rulebook(book=book, by=None, at=at)
    old = queries.current_set(CODE, 1)
    change(book, 1, note="Đã đối chiếu bản ký")
    publication = publish_rulebook(book=book, by=None, at=at)
    assert (publication.regimes, [row.set_no for row in publication.sets]) == ((), [1])
    assert (versions(1), versions(2)) == ([1, 2], [1])
    assert queries.current_set(CODE, 1).version == 2
    assert CriteriaSetVersion.objects.get(pk=old.pk).content == old.content


def test_an_old_content_does_not_come_back_unnoticed(book, at):
    before = load_yaml(file_of(book, 1))
    publish_rulebook(book=book, by=None, at=at)
    change(book, 1, note="Đã đối chiếu bản ký")
    publish_rulebook(book=book, by=None, at=at)
    write(file_of(book, 1), before)
    with pytest.raises(Refused, match="bản cũ"):
        publish_rulebook(book=book, by=None, at=at)
    assert versions(1) == [1, 2]


def test_with_one_problem_nothing_is_published(book, at, nothing_written):
    change(book, 2, set_no=3)
    with pytest.raises(RuleBookRefused) as refusal:
        publish_rulebook(book=book, by=None, at=at)
    assert {problem.path for problem in refusal.value.problems} == {"set_no", "set_count"}


def test_measures_are_published_a_version_for_each_set_they_concern(measured, at):
    first = publish_rulebook(book=measured, by=None, at=at)
    assert [(row.set_no, row.version) for row in first.measures] == [(1, 1), (2, 1)]
    assert publish_rulebook(book=measured, by=None, at=at).measures == ()
    file = measured / CODE / "measures" / "quality.yaml"
    content = load_yaml(file)
    content["measures"][0]["about"] = "Dinh dưỡng"  # only set 1 has the criterion
    write(file, content)
    again = publish_rulebook(book=measured, by=None, at=at)
    assert [(row.set_no, row.version) for row in again.measures] == [(1, 2)]
    assert queries.measures_of(queries.current_set(CODE, 1)).criteria["7"].about == "Dinh dưỡng"


def test_measures_with_a_fault_keep_the_whole_book_from_being_published(measured, at, nothing_written):
    (measured / CODE / "measures" / "story.yaml").unlink()
    with pytest.raises(RuleBookRefused) as refusal:
        publish_rulebook(book=measured, by=None, at=at)
    assert {problem.message for problem in refusal.value.problems} == {
        f"tiêu chí {number}:{code} chưa có cách tính, cũng chưa ghi là không đo được"
        for number in (1, 2)
        for code in ("5.1", "5.2", "5.3")
    }


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("regime_regimeversion", "published_at"),
        ("rubric_criteriasetversion", "name"),
        ("rubric_measuresversion", "set_no"),
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_a_version(table, column, nothing_written):
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="chi duoc them"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_shipped_book_stands_in_the_database_as_in_its_files():
    stored = [*RegimeVersion.objects.all(), *CriteriaSetVersion.objects.all()]
    assert len(stored) == 3 + 78
    assert all(fingerprint(row.content) == row.sha256 for row in stored)
    assert CriteriaSetVersion.objects.filter(complete=False).count() == 8
    assert queries.as_rules(queries.current_set("qd148-2023", 13)) == read_set("qd148-2023", 13)
    assert all(regimes.as_rules(regimes.current(code)) == read_regime(code) for code in codes())
