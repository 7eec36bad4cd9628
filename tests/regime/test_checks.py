"""Every broken regime file is refused with the place and, where it can be read at all, all of its faults."""

import copy

import pytest

from ocop.regime.checks import check_regime
from ocop.regime.documents import DEEPEST, read_document
from ocop.regime.rulebook import BOOK, codes, load_yaml


def qd26():
    return copy.deepcopy(load_yaml(BOOK / "qd26-2026" / "regime.yaml"))


def set_at(mapping, path, value):
    """Change what stands at a path like `levels[0].forward.to`."""
    *way, last = [int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")]
    for step in way:
        mapping = mapping[step]
    mapping[last] = value


@pytest.mark.parametrize("code", codes())
def test_shipped_regimes_are_accepted(code):
    content, problems = read_document(BOOK / code / "regime.yaml", code)
    assert problems == []
    assert check_regime(content, code) == []


BROKEN = [
    # path changed, value put there, path reported, words of the message
    ("levels[0].forward.to", "commune", "levels[0].forward.to", "không có cấp"),
    ("levels[1].forward", {"from": 90, "to": "province"}, "levels[1].forward.to", "không ở sau"),
    ("levels[1].recognises", [4, 5], "levels[1].recognises[0]", "4 sao đã do cấp “province”"),
    ("levels[0].recognises", [2, 3, 4], "levels[0].recognises[0]", "không được công nhận"),
    ("levels[0].recognises", [3], "levels[0]", "4 sao (từ 70 điểm)"),
    ("levels[0].recognises", [True], "levels[0].recognises[0]", "số nguyên"),
    ("levels[0].forward.from", 95, "levels[0]", "5 sao (từ 90 điểm)"),
    ("levels[0].forward", None, "levels[0]", "không chuyển lên"),
    ("levels[1].code", "province", "levels[1].code", "đã dùng ở levels[0].code"),
    ("levels[0].code", "region", "levels[0].code", "không thuộc"),
    ("levels[0].mark", "X", "levels[0].mark", "không thuộc: V, S, R, U"),
    ("levels", [], "levels", "rỗng"),
    ("levels", "province", "levels", "danh sách"),
    ("stars[0].from", 10, "stars[0].from", "bắt đầu từ 0"),
    ("stars[2].from", 30, "stars[2].from", "tăng dần"),
    ("stars[2].from", 50.5, "stars[2].from", "số thập phân"),
    ("stars[2].from", "50", "stars[2].from", "phải là số nguyên, đang là chữ"),
    ("stars[2].star", 4, "stars[2].star", "phải là 3 sao"),
    ("intake[0].kind", "glance", "intake[0].kind", "không thuộc: check, assessment"),
    ("intake[0].at", "village", "intake[0].at", "không thuộc"),
    ("intake[0].by", "anyone", "intake[0].by", "không thuộc"),
    ("intake[0].form", "mau-09", "intake[0].form", "không có biểu mẫu"),
    ("intake[0].contents", [], "intake[0].contents", "phải nêu nội dung"),
    ("intake[0].clock.days", -1, "intake[0].clock.days", "phải từ 1"),
    ("intake[0].clock.counting", "lunar", "intake[0].clock.counting", "không thuộc"),
    ("intake[1].code", "local_assessment", "intake[1].code", "đã dùng"),
    ("first_council", "district", "first_council", "không có cấp"),
    ("in_force.to", "2025-01-01", "in_force.to", "trước ngày có hiệu lực"),
    ("in_force.from", "22/5/2026", "in_force.from", "ngày có thật"),
    ("in_force.from", "2026-02-30", "in_force.from", "ngày có thật"),
    ("decision.issued_on", 20260522, "decision.issued_on", "ngày có thật"),
    ("schema", 2, "schema", "nhiều nhất là 1"),
    ("schema", True, "schema", "số nguyên, đang là true"),
    ("name", "  ", "name", "không được để trống"),
    ("batches[0].submit_before", "31/4", "batches[0].submit_before", "ngày/tháng có thật"),
    ("batches[0].level", "district", "batches[0].level", "không có cấp"),
    ("batches[1].number", 1, "batches[1].number", "đã ghi ở batches[0].number"),
    ("certificate.product_code", "{province}-{village}", "certificate.product_code", "không thuộc"),
    ("certificate.product_code", "{province", "certificate.product_code", "ngoặc nhọn"),
    ("windows[1].days_before_expiry_to", 200, "windows[1].days_before_expiry_to", "trước khi mở"),
    ("windows[1].late", "never", "windows[1].late", "transitions"),
    ("dossier_kinds[1].window", "never", "dossier_kinds[1].window", "windows"),
    ("transitions[0].code", "revocation", "transitions[0].code", "đã dùng ở clocks[1].code"),
    ("samples.extra", 1, "samples.extra", "khóa lạ"),
    ("levels[0].recognise", [3], "levels[0].recognise", "có phải “recognises”"),
]


@pytest.mark.parametrize(("changed", "value", "path", "words"), BROKEN)
def test_a_broken_regime_is_refused_at_its_place(changed, value, path, words):
    regime = qd26()
    set_at(regime, changed, value)
    found = {problem.path: problem.message for problem in check_regime(regime, "regime.yaml")}
    assert path in found, found
    assert words in found[path]


@pytest.mark.parametrize(
    "key", sorted(set(qd26()) - {"clocks", "transitions", "notes", "receipts", "updates", "tasting", "consequences"})
)
def test_a_missing_key_is_named(key):
    regime = qd26()
    del regime[key]
    assert (key, "thiếu khóa bắt buộc") in {(problem.path, problem.message) for problem in check_regime(regime, "x")}


def test_all_faults_are_found_not_only_the_first():
    regime = qd26()
    for path, value in (("stars[0].from", 1), ("levels[0].mark", "?"), ("colour", "red"), ("samples.count", -5)):
        set_at(regime, path, value)
    assert {problem.path for problem in check_regime(regime, "x")} == {
        "stars[0].from",
        "levels[0].mark",
        "colour",
        "samples.count",
    }


BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 9)) for letter in range(98, 107)
)


@pytest.mark.parametrize(
    ("raw", "path", "words"),
    [
        (b"", "tệp", "rỗng"),
        (b"# only a comment\n", "tệp", "rỗng"),
        (b"- a\n- b\n", "tệp", "khóa và giá trị"),
        (b"name: [1,\nother: 2\n", "dòng 3", "cú pháp"),
        (b"name: 1\n  other: 2\n", "dòng 2", "cú pháp"),
        (b"name: 'Qu\xc3\xa0\n'\nx: \xff\n", "dòng 3", "UTF-8"),
        ("tên: gạo".encode("utf-16"), "dòng 1", "UTF-8"),
        (b"code: a\nname: b\ncode: c\n", "dòng 3", "“code” viết hai lần"),
        (b"parts:\n- {code: A, code: B}\n", "dòng 2", "viết hai lần"),
        (BOMB, "dòng 1", "neo và bí danh"),
        (b"a: *nowhere\n", "dòng 1", "neo và bí danh"),
        (b"a: !!python/object/apply:os.system [ls]\n", "dòng 1", "thẻ kiểu"),
        (b"[" * 100_000, "dòng 1", f"quá {DEEPEST} lớp"),
        (b"x: " + b"9" * 9000, "tệp", "không đọc được"),
        (b"x: \x00\n", "tệp", "cú pháp"),
        (b"a: 1\n---\nb: 2\n", "dòng 2", "cú pháp"),
        (b"x" * 1_000_001, "tệp", "quá lớn"),
    ],
)
def test_a_file_that_is_not_sound_yaml_is_refused_with_its_line(tmp_path, raw, path, words):
    file = tmp_path / "regime.yaml"
    file.write_bytes(raw)
    _, problems = read_document(file, "regime.yaml")
    assert [(problem.file, problem.path) for problem in problems] == [("regime.yaml", path)]
    assert words in problems[0].message


def test_a_missing_file_is_a_problem_too(tmp_path):
    content, problems = read_document(tmp_path / "none.yaml", "none.yaml")
    assert content is None
    assert "không mở được" in problems[0].message
