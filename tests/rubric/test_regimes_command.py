"""`ocop regimes list | check [PATH] | load`."""

import shutil

import pytest
from django.core.management import call_command

from ocop.regime.rulebook import BOOK


def test_check_tells_per_regime_and_in_all_how_many_sets_add_up(capsys):
    call_command("regimes", "check")
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [
        "qd1048-2019: 26 bộ tiêu chí: 21 đủ điểm, 5 chưa đủ (chỉ để đọc)",
        "qd148-2023: 26 bộ tiêu chí: 23 đủ điểm, 3 chưa đủ (chỉ để đọc)",
        "qd26-2026: 26 bộ tiêu chí: 26 đủ điểm, 0 chưa đủ (chỉ để đọc)",
        "78 bộ tiêu chí: 70 đủ điểm, 8 chưa đủ (chỉ để đọc)",
    ]
    assert captured.err == ""


def test_check_prints_every_problem_and_exits_1(tmp_path, capsys):
    shutil.copytree(BOOK / "qd26-2026", tmp_path / "qd26-2026")
    file = next((tmp_path / "qd26-2026" / "sets").glob("06-*.yaml"))
    broken = file.read_text(encoding="utf-8").replace("points: 3", "points: 30", 1) + "colour: red\n"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("regimes", "check", str(tmp_path))
    captured = capsys.readouterr()
    assert ended.value.code == 1
    assert captured.out == ""
    assert f"{file}: colour: khóa lạ" in captured.err
    assert f"{file}: parts[0].groups[0].criteria[0]." in captured.err


def test_list_names_the_regimes(capsys):
    call_command("regimes", "list")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["qd26-2026", "qd148-2023", "qd1048-2019"]
    assert "đến hết 20/07/2026" in lines[1]


@pytest.mark.django_db
def test_load_finds_nothing_new_where_the_book_is_published(capsys, nothing_written):
    call_command("regimes", "load")
    assert capsys.readouterr().out == "Không có gì mới để công bố.\n"
