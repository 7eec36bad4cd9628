"""Every broken set file or rule book is refused with the file and the place, and all of its faults are found."""

import copy
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ocop.regime.checks import check_regime
from ocop.regime.rulebook import BOOK, codes, load_yaml
from ocop.rubric.books import read_book
from ocop.rubric.checks import check_set
from ocop.rubric.rulebook import set_files

RICE = set_files("qd26-2026")[6]
CRITERION = "parts[0].groups[0].criteria[0]"  # 1.1 Nguồn nguyên liệu: 1, 2 (mark for 3 stars) and 3 points of 3


def rice():
    return copy.deepcopy(load_yaml(RICE))


def place_of(mapping, path):
    """The container and last step of a path like `parts[0].groups[1].name`."""
    *way, last = [int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")]
    for step in way:
        mapping = mapping[step]
    return mapping, last


def changed_set(changes):
    mapping = rice()
    for path, value in changes.items():
        container, last = place_of(mapping, path)
        container[last] = value
    return mapping


def write(path: Path, mapping) -> Path:
    path.write_text(yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_the_shipped_book_is_accepted():
    book = read_book(BOOK)
    assert book.problems == []
    tally = {regime.name: [sum(read.complete for read in regime.sets), len(regime.sets)] for regime in book.regimes}
    assert tally == {"qd26-2026": [26, 26], "qd148-2023": [23, 26], "qd1048-2019": [21, 26]}


def test_the_sets_that_do_not_add_up_are_exactly_the_incomplete_ones():
    """An independent addition, straight over the files."""
    short = set()
    for code in codes():
        for number, path in set_files(code).items():
            mapping = load_yaml(path)
            parts = mapping["parts"]
            groups = [group for part in parts for group in part["groups"]]
            adds_up = (
                sum(group["max_points"] for group in groups) == 100
                and all(part["max_points"] == sum(group["max_points"] for group in part["groups"]) for part in parts)
                and all(group["max_points"] == sum(c["max_points"] for c in group["criteria"]) for group in groups)
            )
            assert adds_up == mapping["complete"]
            if not adds_up:
                short.add((code, number))
                assert mapping["missing"]
    assert short == {
        *(("qd148-2023", number) for number in (11, 12, 13)),
        *(("qd1048-2019", number) for number in (4, 7, 17, 19, 26)),
    }


FIRST_THREE = {"1.1": 2, "2.2": 2, "2.3": 1, "3.5": 1, "4.1": 2, "5.3": 1, "8": 2, "9": 1}
BROKEN = [
    # what is changed, the place reported, words of the message
    ({f"{CRITERION}.max_points": 4}, "parts[0].groups[0].max_points", "cộng lại được 19 điểm, nhóm ghi 18"),
    ({f"{CRITERION}.max_points": 4}, f"{CRITERION}.options", "thấp hơn điểm tối đa 4"),
    ({"parts[0].groups[0].max_points": 17}, "parts[0].max_points", "cộng lại được 39 điểm, phần ghi 40"),
    ({"parts[0].max_points": 41}, "parts[0].max_points", "phần A ghi 41 điểm, totals ghi 40"),
    ({"totals.A": 41}, "totals.total", "cộng lại được 101 điểm"),
    ({"totals.total": 99}, "totals.total", "phải là 100"),
    ({"totals": {"A": 40, "B": 60, "total": 100}}, "parts[2].code", "totals không có phần “C”"),
    ({"totals.D": 0}, "totals.D", "không có phần “D”"),
    ({f"{CRITERION}.options[2].points": 13}, f"{CRITERION}.options[2].points", "cao hơn điểm tối đa 3"),
    ({f"{CRITERION}.options[2].points": 2}, f"{CRITERION}.options", "phương án cao nhất 2 điểm"),
    ({f"{CRITERION}.options[0].points": -1}, f"{CRITERION}.options[0].points", "phải từ 0"),
    ({f"{CRITERION}.options[0].points": 0.5}, f"{CRITERION}.options[0].points", "số thập phân"),
    ({f"{CRITERION}.options[0].points": True}, f"{CRITERION}.options[0].points", "số nguyên, đang là true"),
    ({f"{CRITERION}.options[0].points": "1"}, f"{CRITERION}.options[0].points", "số nguyên, đang là chữ"),
    ({f"{CRITERION}.options[0].points": None}, f"{CRITERION}.options[0].points", "đang là trống"),
    ({f"{CRITERION}.options": []}, f"{CRITERION}.options", "không được rỗng"),
    ({f"{CRITERION}.options": None}, f"{CRITERION}.options", "phải là danh sách"),
    ({f"{CRITERION}.options[0].label": ""}, f"{CRITERION}.options[0].label", "để trống"),
    ({f"{CRITERION}.code": "1.2"}, "parts[0].groups[0].criteria[1].code", "mã tiêu chí “1.2” đã dùng"),
    ({f"{CRITERION}.code": "9"}, "parts[2].groups[3].criteria[0].code", f"đã dùng ở {CRITERION}.code"),
    ({f"{CRITERION}.code": 1.1}, f"{CRITERION}.code", "phải là chữ"),
    ({"parts[1].groups[0].code": "1"}, "parts[1].groups[0].code", "mã nhóm “1” đã dùng"),
    ({"parts[1].code": "A"}, "parts[1].code", "mã phần “A” đã dùng"),
    ({f"{CRITERION}.options[0].min_for_star": 2}, f"{CRITERION}.options[0].min_for_star", "phải từ 3"),
    ({f"{CRITERION}.options[0].min_for_star": 6}, f"{CRITERION}.options[0].min_for_star", "nhiều nhất là 5"),
    ({f"{CRITERION}.options[0].min_for_star": 4}, f"{CRITERION}.options[1].min_for_star", "ít hơn 3 sao"),
    ({f"{CRITERION}.options[2].min_for_star": 3}, f"{CRITERION}.options[2].min_for_star", "đã đánh dấu"),
    ({f"{CRITERION}.gating_rule": "zero_points_stops"}, f"{CRITERION}.gating_rule", "không thuộc"),
    (
        {f"{CRITERION}.gating": False, f"{CRITERION}.gating_rule": "zero_points_stops_evaluation"},
        f"{CRITERION}.gating_rule",
        "phải là true",
    ),
    ({f"{CRITERION}.weight": 2}, f"{CRITERION}.weight", "khóa lạ"),
    ({f"{CRITERION}.options[0].point": 2}, f"{CRITERION}.options[0].point", "có phải “points”"),
    ({f"{CRITERION}.parent": {"code": "1.0", "name": "x", "max_points": 9}}, "parts[0].groups[0].criteria", "mục 1.0"),
    ({"suspect": [{"criterion": "7.7", "note": "x"}]}, "suspect[0].criterion", "không có tiêu chí “7.7”"),
    ({"suspect": [{"criterion": "1.1", "option": 9, "note": "x"}]}, "suspect[0].option", "không có phương án 9"),
    ({"suspect": [{"note": "x"}]}, "suspect[0]", "phải nêu criterion hoặc where"),
    (
        {"corrections": [{"criterion": "0.1", "source_value": 3, "used_value": 3, "reason": "x"}]},
        "corrections[0].criterion",
        "không có tiêu chí “0.1”",
    ),
    (
        {"corrections": [{"criterion": "1.1", "option": 1, "source_value": 13, "used_value": 3, "reason": "x"}]},
        "corrections[0].used_value",
        "đang có 1",
    ),
    ({"star_minimums": {3: FIRST_THREE | {"1.1": 1}}}, "star_minimums.3.1.1", "theo dấu sao là 2 điểm"),
    ({"star_minimums": {3: FIRST_THREE | {"1.1": 7}}}, "star_minimums.3.1.1", "phương án cao nhất chỉ 3"),
    ({"star_minimums": {3: FIRST_THREE | {"1.9": 1}}}, "star_minimums.3.1.9", "không có tiêu chí"),
    ({"star_minimums": {3: FIRST_THREE | {"1.2": 1}}}, "star_minimums.3.1.2", "không có tối thiểu"),
    ({"star_minimums": {3: {}}}, "star_minimums.3.1.1", "thiếu tối thiểu 2 điểm"),
    ({"star_minimums": {3: FIRST_THREE}}, "star_minimums.4", "thiếu mức 4 sao"),
    ({"star_minimums": {2: {"1.1": 1}}}, "star_minimums.2", "3..5"),
    ({"star_minimums": []}, "star_minimums", "khóa và giá trị"),
    ({"criteria_count": 31}, "criteria_count", "đếm được 32"),
    ({"complete": False}, "missing", "phải ghi thiếu gì"),
    ({"missing": ["x"]}, "missing", "không có missing"),
    ({"complete": "yes"}, "complete", "true hoặc false"),
    ({"set_no": "6"}, "set_no", "số nguyên"),
    ({"effective_from": "2026-13-01"}, "effective_from", "ngày có thật"),
    ({"parts": []}, "parts", "không được rỗng"),
    ({"parts": {"A": 1}}, "parts", "phải là danh sách"),
    ({"parts[0]": "A"}, "parts[0]", "khóa và giá trị"),
    ({"parts[0].groups[0].criteria": []}, "parts[0].groups[0].criteria", "không được rỗng"),
    ({"totals": None}, "totals", "khóa và giá trị"),
    ({"managing_ministry": "Bộ Y tế"}, "managing_ministry", "danh sách"),
]


@pytest.mark.parametrize(("changes", "path", "words"), BROKEN)
def test_a_broken_set_file_is_refused_at_its_place(tmp_path, changes, path, words):
    file = write(tmp_path / "06-che-bien.yaml", changed_set(changes))
    problems = read_book(file).problems
    at_place = [problem.message for problem in problems if problem.path == path]
    assert any(words in message for message in at_place), problems
    assert {problem.file for problem in problems} == {str(file)}


@pytest.mark.parametrize(
    "path",
    [
        *("code", "set_no", "name", "sector", "group", "totals", "totals.total", "source", "confidence", "parts"),
        *("parts[0].name", "parts[0].max_points", "parts[0].groups", "parts[0].groups[0].code"),
        *(f"{CRITERION}.name", f"{CRITERION}.max_points", f"{CRITERION}.options", f"{CRITERION}.options[0].points"),
    ],
)
def test_a_missing_key_is_named(path):
    mapping = rice()
    container, last = place_of(mapping, path)
    del container[last]
    assert (path, "thiếu khóa bắt buộc") in {(problem.path, problem.message) for problem in check_set(mapping, "x")}


def test_all_faults_are_found_not_only_the_first():
    mapping = changed_set(
        {
            f"{CRITERION}.options[0].points": 9,
            "parts[1].groups[0].max_points": 14,
            "colour": "red",
            "suspect": [{"criterion": "0", "note": "x"}],
        }
    )
    assert {problem.path for problem in check_set(mapping, "x")} == {
        f"{CRITERION}.options[0].points",
        "parts[1].groups[0].max_points",
        "parts[1].max_points",
        "colour",
        "suspect[0].criterion",
    }


def test_a_doubted_criterion_may_lack_its_best_option():
    short = {f"{CRITERION}.options[2].points": 2}
    assert check_set(changed_set(short), "x")
    assert check_set(changed_set({**short, "suspect": [{"criterion": "1.1", "note": "Bản in thiếu"}]}), "x") == []


def test_right_derived_values_are_accepted():
    four = FIRST_THREE | {
        "1.5": 2, "1.6": 1, "2.1": 3, "2.3": 3, "3.4": 2, "3.5": 2, "4.1": 3, "5.1": 5,
        "6.1": 3, "6.4": 2, "6.5": 2, "7": 3, "9": 3,
    }  # fmt: skip
    five = four | {"1.5": 3, "4.1": 5, "6.4": 3, "6.5": 3, "7": 5}
    assert (
        check_set(changed_set({"criteria_count": 32, "star_minimums": {3: FIRST_THREE, 4: four, 5: five}}), "x") == []
    )


def test_a_set_on_its_own_may_leave_out_what_the_book_requires():
    mapping = rice()
    for key in ("schema", "regime", "complete"):
        del mapping[key]
    assert check_set(mapping, "x") == []
    in_book = check_set(mapping, "x", regime={"code": "qd26-2026"})
    assert {problem.path for problem in in_book} == {"schema", "regime", "complete"}


@pytest.fixture
def book(tmp_path):
    """A copy of the book's regime in force."""
    root = tmp_path / "book"
    shutil.copytree(BOOK / "qd26-2026", root / "qd26-2026")
    return root


def change(file: Path, **values):
    mapping = load_yaml(file)
    mapping.update(values)
    write(file, mapping)


def the_file(book: Path, number: int) -> Path:
    return next((book / "qd26-2026" / "sets").glob(f"{number:02d}-*.yaml"))


def problems_of(path: Path) -> dict[tuple[str, str], str]:
    return {(Path(problem.file).name, problem.path): problem.message for problem in read_book(path).problems}


def test_a_copy_of_the_book_is_accepted_as_book_regime_folder_and_sets_folder(book):
    for path in (book, book / "qd26-2026", book / "qd26-2026" / "sets"):
        assert read_book(path).problems == []
        assert len(read_book(path).sets) == 26


def test_a_regime_must_hold_every_set_from_1_to_n(book):
    the_file(book, 7).unlink()
    assert problems_of(book) == {("regime.yaml", "set_count"): "thiếu bộ tiêu chí số 7 trong 26 bộ"}


def test_a_set_number_used_twice_is_refused(book):
    change(the_file(book, 7), set_no=6)
    found = problems_of(book)
    name = the_file(book, 7).name
    assert (name, "set_no") in found
    assert ("regime.yaml", "set_count") in found


def test_a_set_code_used_twice_is_refused(book):
    change(the_file(book, 7), code="QD26-06")
    assert "đã dùng ở" in problems_of(book)[the_file(book, 7).name, "code"]


def test_a_set_of_another_regime_or_other_dates_is_refused(book):
    change(the_file(book, 7), regime="qd148-2023", effective_from="2023-02-24", effective_to="2026-07-21")
    assert {path for _, path in problems_of(book)} == {"regime", "effective_from", "effective_to"}


def test_two_regimes_of_one_code_are_refused(book):
    shutil.copytree(book / "qd26-2026", book / "qd27-2027")
    messages = [problem.message for problem in read_book(book).problems]
    assert any("đã dùng ở" in message for message in messages)
    assert any("thư mục là “qd27-2027”" in message for message in messages)


def test_a_folder_of_sets_passes_over_its_index(book):
    sets = book / "qd26-2026" / "sets"
    (sets / "index.yaml").write_text("sets: []\n", encoding="utf-8")
    assert read_book(sets).problems == []


def test_a_broken_file_does_not_hide_the_faults_of_the_others(book):
    the_file(book, 3).write_text("code: [1,\n", encoding="utf-8")
    change(the_file(book, 5), name="")
    files = {Path(problem.file).name for problem in read_book(book).problems}
    assert files == {the_file(book, 3).name, the_file(book, 5).name, "regime.yaml"}  # and set 3 is missing


def test_a_path_without_a_rule_book_is_a_problem(tmp_path):
    assert "không có tệp" in read_book(tmp_path).problems[0].message
    assert "không có tệp" in read_book(tmp_path / "none").problems[0].message
    assert "không mở được" in read_book(tmp_path / ("x" * 300)).problems[0].message


JUNK = st.sampled_from([None, True, -1, 0, 3, 0.5, "", "x", [], [None], [[]], {}, {"a": 1}, {1: []}, "30/4", 10**30])


def walk(value, way=()):
    """The ways to every value inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield (*way, step)
        yield from walk(item, (*way, step))


SOUND = {"set": rice(), "regime": load_yaml(BOOK / "qd26-2026" / "regime.yaml")}
WAYS = {kind: list(walk(mapping)) for kind, mapping in SOUND.items()}


@given(st.sampled_from(["set", "regime"]), st.data())
def test_whatever_stands_in_a_file_the_answer_is_problems_never_an_exception(kind, data):
    mapping = copy.deepcopy(SOUND[kind])
    for way in data.draw(st.lists(st.sampled_from(WAYS[kind]), min_size=1, max_size=3)):
        inner = mapping
        try:
            for step in way[:-1]:
                inner = inner[step]
            inner[way[-1]] = data.draw(JUNK)
        except (TypeError, IndexError, KeyError):
            continue  # an earlier change took this place away
    problems = check_set(mapping, "x", regime=SOUND["regime"]) if kind == "set" else check_regime(mapping, "x")
    assert all(problem.path and problem.message for problem in problems)
