"""A regime told as sentences for the page: each fact with its article and how sure we are of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ocop.regime.states import CONSEQUENCE_NAMES, COUNTING_WORDS, LEVEL_NAMES, STEP_KIND_NAMES, STEP_ROLES

CODE_WORDS = {
    "{province}": "(mã tỉnh)",
    "{district}": "(mã huyện)",
    "{commune}": "(mã xã)",
    "{seq}": "(số thứ tự)",
    "{year}": "(năm)",
}


class Fact(NamedTuple):
    """One fact: what it is about, what the law says, where, and the mark (V, S, R, U) of our reading."""

    about: str
    says: str
    article: str = ""
    mark: str = ""
    note: str = ""


class Section(NamedTuple):
    """Facts under one heading."""

    title: str
    facts: list[Fact]


def sections_of(content: Mapping[str, Any]) -> list[Section]:
    """The facts of a regime file under their headings, in the order of the trade; empty headings left out."""
    told = (
        ("Mức sao", _stars),
        ("Cấp đánh giá và công nhận", _levels),
        ("Kết quả dẫn đến việc gì", _consequences),
        ("Các bước trước phiên họp Hội đồng", _intake),
        ("Loại hồ sơ", _kinds),
        ("Thay đổi phải nêu so với lần được công nhận", _updates),
        ("Nếm mẫu mã hóa", _tasting),
        ("Biểu mẫu", _forms),
        ("Số phiếu nhận hồ sơ", _receipts),
        ("Hồ sơ chuyển lên cấp trên", _forward),
        ("Đợt đánh giá trong năm", _batches),
        ("Giấy chứng nhận và mã sản phẩm", _certificate),
        ("Thời hạn", _limits),
        ("Chuyển tiếp", _transitions),
    )
    sections = [Section(title, list(facts(content))) for title, facts in told]
    return [section for section in sections if section.facts]


def _fact(row: Mapping[str, Any], about: str, says: str) -> Fact:
    return Fact(about, says, row.get("article", ""), row.get("mark", ""), row.get("note", ""))


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _stars(content: Mapping[str, Any]) -> Iterator[Fact]:
    bands = content["stars"]
    for band, above in zip(bands, [*bands[1:], None], strict=True):
        top = f"đến dưới {above['from']} điểm" if above else "đến 100 điểm"
        yield _fact(band, f"{band['star']} sao", f"điểm trung bình từ {band['from']} {top}")


def _levels(content: Mapping[str, Any]) -> Iterator[Fact]:
    for level in content["levels"]:
        stars = ", ".join(f"{star} sao" for star in level["recognises"])
        says = [
            level["council"],
            f"công nhận {stars} ({level['authority']})" if stars else "không công nhận sao",
        ]
        if level["forward"]:
            to = LEVEL_NAMES[level["forward"]["to"]]
            says.append(f"từ {level['forward']['from']} điểm thì chuyển lên {to}")
        yield _fact(level, _sentence(level["name"]), "; ".join(says))


def _consequences(content: Mapping[str, Any]) -> Iterator[Fact]:
    for row in content.get("consequences", ()):
        yield _fact(row, CONSEQUENCE_NAMES[row["code"]], row["name"])


def _clock(days: int, counting: str) -> str:
    return f"{days} {COUNTING_WORDS[counting]}"


def _intake(content: Mapping[str, Any]) -> Iterator[Fact]:
    forms = {form["code"]: form["name"] for form in content["forms"]}
    for step in content["intake"]:
        says = [f"{STEP_ROLES[step['by']]} {LEVEL_NAMES[step['at']]} {STEP_KIND_NAMES[step['kind']]}"]
        if step["clock"]:
            says.append(f"trong {_clock(step['clock']['days'], step['clock']['counting'])}")
        if step["contents"]:
            says.append("nội dung: " + "; ".join(row["name"] for row in step["contents"]))
        if step["form"]:
            says.append(forms[step["form"]])
        yield _fact(step, step["name"], ". ".join(_sentence(part) for part in says))
    first = LEVEL_NAMES[content["first_council"]]
    yield Fact("Hội đồng đầu tiên", f"Hội đồng {first}")


def _kinds(content: Mapping[str, Any]) -> Iterator[Fact]:
    for kind in content["dossier_kinds"]:
        says = (
            "phải nêu thay đổi so với lần được công nhận" if kind["changes_required"] else "hồ sơ đầu tiên của sản phẩm"
        )
        if kind.get("window"):
            window = next(row for row in content["windows"] if row["code"] == kind["window"])
            says += (
                f"; nộp từ {window['days_before_expiry_from']} đến {window['days_before_expiry_to']} ngày "
                "trước khi giấy chứng nhận hết hạn"
            )
        yield _fact(kind, kind["name"], says)


def _updates(content: Mapping[str, Any]) -> Iterator[Fact]:
    for update in content.get("updates", ()):
        yield _fact(update, update["name"], "")


def _tasting(content: Mapping[str, Any]) -> Iterator[Fact]:
    for row in content.get("tasting", ()):
        yield _fact(row, f"Nhóm tiêu chí {row['group']}", f"bộ tiêu chí số {', '.join(map(str, row['sets']))}")


def _forms(content: Mapping[str, Any]) -> Iterator[Fact]:
    for form in content["forms"]:
        yield _fact(form, form["name"], "")


def _receipts(content: Mapping[str, Any]) -> Iterator[Fact]:
    for receipt in content.get("receipts", ()):
        yield _fact(receipt, receipt["name"], _shaped(receipt["number"]))


def _shaped(pattern: str) -> str:
    """A pattern with its fields in words."""
    words = re.sub(r"{seq:\d+d}", "{seq}", pattern)
    for field, said in CODE_WORDS.items():
        words = words.replace(field, said)
    return words


def _forward(content: Mapping[str, Any]) -> Iterator[Fact]:
    for part in content["forward_parts"]:
        yield _fact(part, part["name"], "khi có" if part.get("optional") else "bắt buộc")
    samples = content["samples"]
    none = ", ".join(str(number) for number in samples["except_sets"])
    says = f"{samples['count']} mẫu" + (f"; bộ tiêu chí số {none} không nộp mẫu" if none else "")
    yield _fact(samples, "Sản phẩm mẫu", says)


def _batches(content: Mapping[str, Any]) -> Iterator[Fact]:
    for batch in content["batches"]:
        says = []
        if batch["submit_before"]:
            says.append(f"nhận hồ sơ trước {batch['submit_before']}")
        if batch["finish_before"]:
            says.append(f"đánh giá xong trước {batch['finish_before']}")
        yield _fact(batch, f"{batch['name']} {LEVEL_NAMES[batch['level']]}", ", ".join(says))


def _certificate(content: Mapping[str, Any]) -> Iterator[Fact]:
    certificate = content["certificate"]
    yield _fact(certificate, certificate["name"], f"có giá trị {certificate['valid_months']} tháng")
    yield Fact("Mã sản phẩm", _shaped(certificate["product_code"]), mark=certificate.get("product_code_mark", ""))
    number = certificate["number"].replace("{seq:02d}", "số thứ tự").replace("{year}", "năm")
    yield Fact("Số giấy chứng nhận", number, mark=certificate.get("number_mark", ""))
    for window in content["windows"]:
        opens, closes = window["days_before_expiry_from"], window["days_before_expiry_to"]
        end = f"đến {closes} ngày" if closes else "đến ngày hết hạn"
        yield _fact(window, window["name"], f"từ {opens} ngày trước khi hết hạn {end}")


def _limits(content: Mapping[str, Any]) -> Iterator[Fact]:
    for limit in content.get("clocks", ()):
        yield _fact(limit, limit["name"], f"{_clock(limit['days'], limit['counting'])} kể từ {limit['since']}")


def _transitions(content: Mapping[str, Any]) -> Iterator[Fact]:
    for limit in content.get("transitions", ()):
        says = f"không quá {_clock(limit['days'], limit['counting'])} kể từ {limit['since']}"
        yield _fact(limit, limit["name"], says)
