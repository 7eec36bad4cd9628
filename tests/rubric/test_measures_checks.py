"""What `ocop regimes check` refuses in measures and in the catalogues: each fault is named at its place."""

import copy
import shutil

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ocop.regime.rulebook import BOOK, load_yaml
from ocop.rubric.books import read_book
from ocop.rubric.checks.catalogues import check_catalogues
from ocop.rubric.checks.measures import check_measures
from ocop.rubric.measures import FACTS_FILE, PAPERS_FILE

PLACE = "1:1.5"
LABELS = ("Không có liên kết", "Có hợp đồng từ 50% đến dưới 75%", "Trên 75%", "Trên 75% và từ 12 tháng")
SET = {
    "set_no": 1,
    "parts": [
        {"groups": [{"criteria": [{"code": "1.5", "options": [{"label": label, "points": 1} for label in LABELS]}]}]}
    ],
}
REGIME = {"code": "x", "set_count": 1}
SOUND = {
    "schema": 1,
    "regime": "x",
    "measures": [
        {
            "code": "contracts",
            "about": "Liên kết",
            "mark": "R",
            "places": [PLACE],
            "values": {
                "share": {"share": ["sales_contracted", "sales_total"]},
                "months": {"months_since": "contract_since"},
            },
            "options": {
                1: {},
                2: {"share": {"from": 50, "below": 75}},
                3: {"share": {"above": 75}},
                4: {"share": {"above": 75}, "months": {"from": 12}},
            },
            "seams": [{"when": {"share": {"is": 75}}, "place": 2, "says": "Luật không nói."}],
            "proof": ["linkage_contract"],
        }
    ],
}


def faults(content):
    return [problem.message for problem in check_measures([("m.yaml", content)], [SET], REGIME)]


def changed(**values):
    """The sound file with other values in its one measure; None takes a key away."""
    content = copy.deepcopy(SOUND)
    row = content["measures"][0]
    for key, value in values.items():
        if value is None:
            del row[key]
        else:
            row[key] = value
    return content


def values(*share, since="contract_since"):
    return {"values": {"share": {"share": list(share)}, "months": {"months_since": since}}}


def options(**changes):
    return {**SOUND["measures"][0]["options"], **{int(key[1:]): value for key, value in changes.items()}}


def test_the_sound_file_has_no_fault():
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"places": ["1:9.9"]}, "không có tiêu chí 1:9.9"),
        ({"places": ["2:1.5"]}, "không có tiêu chí 2:1.5"),
        ({"places": ["1.5"]}, "phải là “số bộ:mã tiêu chí”"),
        ({"places": [PLACE, PLACE]}, "đã ghi ở"),
        ({"mark": "X"}, "không thuộc"),
        ({"colour": "red"}, "khóa lạ"),
        ({"options": {1: {}, 2: {}}}, "phải ghi đủ từ 1 đến 4"),
        ({"options": options(_4={"paper": "nothing"})}, "không có loại giấy tờ “nothing”"),
        ({"options": options(_4={"nothing": True})}, "không có số liệu “nothing”"),
        ({"options": options(_4={"profit": {"above": 0}})}, "ghi thêm .last"),
        ({"options": options(_4={"traceability": {"from": 1}})}, "(yes_no) không so được"),
        ({"options": options(_4={"story": True})}, "(choice) không so được"),
        ({"options": options(_4={"story": ["sung"]})}, "(choice) không so được"),
        ({"options": options(_4={"share": True})}, "phải ghi giới hạn"),
        ({"options": options(_4={"share": {"from": 75.0}})}, "phải là số nguyên"),
        ({"options": options(_4={"share": {"over": 75}})}, "không thuộc"),
        ({"options": options(_4={"share": {"from": 50, "above": 50}})}, "giới hạn phải có"),
        ({"options": options(_4={"share": {"below": 50, "to": 50}})}, "chỉ dùng một trong"),
        ({"options": options(_4={"share": {}})}, "giới hạn phải có"),
        ({"options": options(_4="share")}, "điều kiện phải là"),
        ({"options": options(_2={"share": {"from": 50, "below": 70}})}, "nhãn phương án ở 1:1.5 không có số 70"),
        ({"options": options(_4={"share": {"above": 75}, "months": {"from": 6}})}, "không có số 6"),
        ({"seams": None}, "“share” hở ở chỗ 75"),
        ({"seams": [{"when": {"share": {"is": 70}}, "place": 2, "says": "x"}]}, "không nhãn nào ở 1:1.5 có số 70"),
        ({"seams": [{"when": {"share": {"is": 75}}, "place": 5, "says": "x"}]}, "chỉ có 4 phương án"),
        (
            {"options": options(_2={"share": {"from": 50, "to": 75}}, _3={"share": {"from": 75}}), "seams": None},
            "“share” chồng nhau ở chỗ 75",
        ),
        ({"options": options(_1={"share": {"is": 0}})}, "“share” hở ở chỗ 25"),
        (
            {
                "options": options(_1={"share": {"is": 0}}),
                "seams": [
                    {"when": {"share": {"above": 0, "below": 50}}, "place": 1, "says": "x"},
                    {"when": {"share": {"is": 75}}, "place": 2, "says": "x"},
                ],
            },
            "không phương án nào đúng khi",
        ),
        ({"values": {"share": {"share": ["sales_contracted"]}}}, "cần đúng hai số"),
        ({"values": {"share": {"quotient": ["sales_contracted", "sales_total"]}}}, "không thuộc"),
        (values("sales_total", "sales_contracted"), "phải ghi at_most"),
        (values("story", "sales_total"), "không phải một số"),
        (values("sales_contracted", "sales_total", since="workers"), "không phải một ngày"),
        ({"values": {**SOUND["measures"][0]["values"], "workers": {"sum": ["outlets", "promotions"]}}}, "trùng mã"),
        ({"proof": ["nothing"]}, "không có loại giấy tờ “nothing”"),
        ({"at_most": "x", "at_least": "y"}, "chỉ ghi một trong"),
    ],
)
def test_a_fault_is_named(change, words):
    assert any(words in message for message in faults(changed(**change)))


def test_a_file_of_another_regime_is_refused():
    assert "phải là “x”" in faults({**SOUND, "regime": "y"})


def test_a_criterion_left_out_is_named():
    assert faults({"schema": 1, "regime": "x"}) == ["tiêu chí 1:1.5 chưa có cách tính, cũng chưa ghi là không đo được"]


def test_a_criterion_both_measured_and_not_is_refused():
    content = {**SOUND, "unmeasurable": [{"reason": "x", "places": [PLACE]}]}
    assert any("đã ghi ở" in message for message in faults(content))


def test_a_changed_wording_of_the_law_is_noticed(tmp_path):
    """The day the decision is amended to 60 %, its measures no longer pass."""
    shutil.copytree(BOOK / "qd26-2026", tmp_path / "qd26-2026")
    file = next((tmp_path / "qd26-2026" / "sets").glob("06-*.yaml"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("từ 25% đến dưới 50% lao động", "từ 30% đến dưới 60% lao động"), encoding="utf-8")
    messages = [problem.message for problem in read_book(tmp_path / "qd26-2026").problems]
    assert "nhãn phương án ở 6:3.3 không có số 25" in messages
    assert "nhãn phương án ở 6:3.3 không có số 50" in messages


def test_a_file_of_measures_is_checked_with_its_regime():
    file = BOOK / "qd26-2026" / "measures" / "market.yaml"
    assert len(read_book(file).sets) == 26


JUNK = st.sampled_from(
    [None, True, -1, 3, 0.5, "", "x", "1:1.5", [], [None], [[]], {}, {"a": 1}, {1: []}, {"paper": 3}]
)


def walk(value, way=()):
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield (*way, step)
        yield from walk(item, (*way, step))


WAYS = list(walk(SOUND))


@given(st.data())
def test_whatever_stands_in_a_file_the_answer_is_problems_never_an_exception(data):
    content = copy.deepcopy(SOUND)
    for way in data.draw(st.lists(st.sampled_from(WAYS), min_size=1, max_size=3)):
        inner = content
        try:
            for step in way[:-1]:
                inner = inner[step]
            inner[way[-1]] = data.draw(JUNK)
        except (TypeError, IndexError, KeyError):
            continue  # an earlier change took this place away
    assert all(isinstance(message, str) for message in faults(content))


# The catalogues


def test_the_shipped_catalogues_are_sound():
    assert check_catalogues() == []


@pytest.mark.parametrize(
    ("code", "values", "words"),
    [
        ("workers", {"unit": "heads"}, "không thuộc"),
        ("workers", {"options": {"a": "b"}}, "câu chọn phải có options"),
        ("workers", {"negative": True}, "chỉ số tiền mới có thể âm"),
        ("workers", {"at_most": ["nothing"]}, "cùng đơn vị"),
        ("workers", {"at_most": ["revenue"]}, "cùng đơn vị"),
        ("workers", {"only_when": {"legal_form": ["bank"]}}, "với các câu trả lời đó"),
        ("workers", {"only_when": {"revenue": ["1"]}}, "với các câu trả lời đó"),
        ("legal_form", {"only_when": {"lawful_cooperative": [True]}}, "thành vòng"),
        ("workers", {"code": "revenue"}, "đã dùng ở"),
        ("workers", {"code": "số người"}, "chữ không dấu"),
    ],
)
def test_a_fault_in_the_catalogue_of_questions_is_named(code, values, words, tmp_path):
    content = load_yaml(FACTS_FILE)
    next(row for row in content["facts"] if row["code"] == code).update(values)
    file = tmp_path / "facts.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert any(words in problem.message for problem in check_catalogues(file, PAPERS_FILE))


def test_a_fault_in_the_catalogue_of_papers_is_named(tmp_path):
    content = load_yaml(PAPERS_FILE)
    content["kinds"][0].update(months=12, expires="none")
    content["kinds"].append(dict(content["kinds"][1], rows=[]))
    file = tmp_path / "paper_kinds.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    messages = [problem.message for problem in check_catalogues(FACTS_FILE, file)]
    assert "giấy không có hạn thì không ghi số tháng" in messages
    assert any("đã dùng ở" in message for message in messages)
