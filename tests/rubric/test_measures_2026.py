"""QĐ 26/2026: fact → option at each threshold, written by hand from the law's wording, for two full sets.

Set 6 (food made from rice and cereals) and set 26 (tourism services); set 1 where it differs from set 6.
Each row: criterion, answers, papers in the wallet, and the option that the law's words give (None: none of them).
"""

from datetime import date
from fractions import Fraction

import pytest

from tests.factories.measures import shipped_measures, supported

REGIME = "qd26-2026"
HTX = {"legal_form": "cooperative"}
COMPANY = {"legal_form": "joint_stock"}
TRADEMARK = ("trademark_certificate",)
OWN_SIGN = {"origin_sign": True, "protected_sign": False}
CERTIFICATE, HACCP, BRC = "food_safety_certificate", "quality_system", "quality_system_international"


def province(part, whole=100):
    return {"source_province": part, "source_total": whole}


def contract(part, whole=100, since=None):
    return {"sales_contracted": part, "sales_total": whole} | ({"contract_since": since} if since else {})


def labour(part, whole):
    return {"workers_commune": part, "workers": whole}


def profit(earlier, before, last, **more):
    return {"profit.earlier": earlier, "profit.before": before, "profit.last": last, **more}


def label(*, complete=True, story=False, traced=False):
    return {"label_complete": complete, "label_story": story, "traceability": traced}


def market(reach, outlets=0, *, export=False, modern=False):
    return {
        "market_reach": reach,
        "outlets": outlets,
        "export_contract": export,
        "modern_channel_contract": modern,
    }


def promotion(number, web="website", fairs="international"):
    return {"promotions": number, "web_presence": web, "fairs_reach": fairs}


def story(state, leaflet=False, web=False, traced=False):
    return {"story": state, "story_leaflet": leaflet, "story_web": web, "story_traced": traced}


# The day of the tests is 01/09/2026.
SET_6 = [
    # 1.1 trong tỉnh: dưới 50 % · từ 50 % đến dưới 75 % · từ 75 % đến 100 %
    ("1.1", province(0), (), None),
    ("1.1", province(Fraction(1, 100)), (), 1),
    ("1.1", province(Fraction(4999, 100)), (), 1),
    ("1.1", province(50), (), 2),
    ("1.1", province(Fraction(7499, 100)), (), 2),
    ("1.1", province(75), (), 3),
    ("1.1", province(100), (), 3),
    # 1.2 vùng nguyên liệu được chứng nhận
    ("1.2", {}, (), 1),
    ("1.2", {}, ("area_certificate",), 2),
    ("1.2", {}, ("area_certificate_international",), 3),
    # 1.5 liên kết: từ 50 % đến dưới 75 % · trên 75 % · trên 75 % và từ 12 tháng
    ("1.5", contract(0), (), 1),
    ("1.5", contract(Fraction(4999, 100)), (), 1),
    ("1.5", contract(50), (), 2),
    ("1.5", contract(Fraction(7499, 100)), (), 2),
    ("1.5", contract(75, since=date(2020, 1, 1)), (), 2),
    ("1.5", contract(Fraction(7501, 100), since=date(2025, 9, 2)), (), 3),
    ("1.5", contract(Fraction(7501, 100), since=date(2025, 9, 1)), (), 4),
    # 1.6 môi trường: hồ sơ · và xử lý chất thải · và bao gói
    ("1.6", {}, (), None),
    ("1.6", {}, ("waste_works", "eco_packaging"), None),
    ("1.6", {}, ("environment_filing",), 1),
    ("1.6", {}, ("environment_filing", "eco_packaging"), 1),
    ("1.6", {}, ("environment_filing", "waste_works"), 2),
    ("1.6", {}, ("environment_filing", "waste_works", "eco_packaging"), 3),
    # 1.7 công nghệ bền vững
    ("1.7", {"green_technology": False}, (), 1),
    ("1.7", {"green_technology": True}, (), 2),
    # 2.1 ý tưởng: mức 4 cần dấu hiệu nguồn gốc, hoặc đã thương mại ít nhất 36 tháng
    ("2.1", {"origin_sign": False, "sold_since": date(2023, 9, 2)}, (), 3),
    ("2.1", {"origin_sign": False, "sold_since": date(2023, 9, 1)}, (), 4),
    ("2.1", {"origin_sign": True}, (), 4),
    # 2.3 nhãn
    ("2.3", label(complete=False, story=True, traced=True), (), None),
    ("2.3", label(), (), 1),
    ("2.3", label(traced=True), (), 1),
    ("2.3", label(story=True), (), 2),
    ("2.3", label(story=True, traced=True), (), 3),
    # 2.4 song ngữ
    ("2.4", {"label_bilingual": False}, (), 1),
    ("2.4", {"label_bilingual": True}, (), 2),
    # 3.1 loại hình: hộ, trang trại, tổ hợp tác · TNHH, DNTN, cổ phần < 51 % · HTX, cổ phần ≥ 51 %
    ("3.1", {"legal_form": "household"}, (), 1),
    ("3.1", {"legal_form": "farm"}, (), 1),
    ("3.1", {"legal_form": "group"}, (), 1),
    ("3.1", {"legal_form": "llc_one"}, (), 2),
    ("3.1", {"legal_form": "llc"}, (), 2),
    ("3.1", {"legal_form": "private"}, (), 2),
    ("3.1", COMPANY | {"local_capital": Fraction(5099, 100)}, (), 2),
    ("3.1", COMPANY | {"local_capital": 51}, (), 3),
    ("3.1", HTX | {"lawful_cooperative": True}, (), 3),
    ("3.1", HTX | {"lawful_cooperative": False}, (), None),
    ("3.1", {"legal_form": "association"}, (), None),
    # 3.2 người đại diện
    ("3.2", {"representative_priority": False}, (), 1),
    ("3.2", {"representative_priority": True}, (), 2),
    # 3.3 lao động trong xã: từ 25 % đến dưới 50 % · từ 50 % đến 75 % · ≥ 75 %
    ("3.3", labour(2499, 10_000), (), None),
    ("3.3", labour(25, 100), (), 1),
    ("3.3", labour(4999, 10_000), (), 1),
    ("3.3", labour(1, 2), (), 2),
    ("3.3", labour(38, 52), (), 2),
    ("3.3", labour(7499, 10_000), (), 2),
    ("3.3", labour(3, 4), (), 3),
    ("3.3", labour(4, 4), (), 3),
    # 3.4 lợi nhuận năm trước cao hơn · hai năm liên tiếp tăng; hoặc xếp loại hợp tác xã
    ("3.4", profit(10, 20, 20, legal_form="household"), (), None),
    ("3.4", profit(20, 20, 21, legal_form="household"), (), 1),
    ("3.4", profit(21, 20, 21, legal_form="household"), (), 1),
    ("3.4", profit(19, 20, 21, legal_form="household"), (), 2),
    ("3.4", profit(-30, -20, -10, legal_form="household"), (), None),
    ("3.4", profit(30, 20, 10, cooperative_rank="weak", **HTX), (), None),
    ("3.4", profit(30, 20, 10, cooperative_rank="average", **HTX), (), 1),
    ("3.4", profit(30, 20, 10, cooperative_rank="fair", **HTX), (), 2),
    ("3.4", profit(30, 20, 10, cooperative_rank="good", **HTX), (), 2),
    ("3.4", profit(10, 20, 30, cooperative_rank="unranked", **HTX), (), 2),
    ("3.4", profit(30, 20, 10, cooperative_rank="good", legal_form="household"), (), None),
    # 3.5 sở hữu trí tuệ
    ("3.5", OWN_SIGN, (), None),
    ("3.5", OWN_SIGN, ("trademark_application",), 1),
    ("3.5", {"origin_sign": False}, TRADEMARK, 1),
    ("3.5", OWN_SIGN, TRADEMARK, 2),
    ("3.5", {"origin_sign": True, "protected_sign": True}, TRADEMARK, 1),
    ("3.5", {"origin_sign": True, "protected_sign": True}, (*TRADEMARK, "protected_sign_use"), 2),
    ("3.5", OWN_SIGN, ("trademark_application", "design_patent"), 1),
    ("3.5", OWN_SIGN, (*TRADEMARK, "design_patent"), 3),
    ("3.5", OWN_SIGN, (*TRADEMARK, "invention_patent"), 3),
    ("3.5", OWN_SIGN, (*TRADEMARK, "utility_patent"), 3),
    ("3.5", OWN_SIGN, (*TRADEMARK, "copyright_certificate"), 3),
    # 4.1 thị trường: trong xã · ngoài xã dưới 5 đại lý · từ 5 đại lý · quốc tế hoặc kênh hiện đại có hợp đồng
    ("4.1", market("commune", 0), (), 1),
    ("4.1", market("district", 0), (), 2),
    ("4.1", market("province", 4), (), 2),
    ("4.1", market("province", 5), (), 3),
    ("4.1", market("abroad", 4), (), 2),
    ("4.1", market("abroad", 0, export=True), (), 4),
    ("4.1", market("commune", 0, modern=True), (), 4),
    # 4.2 người quản lý phân phối
    ("4.2", {"sales_staff": "none", "sales_software": True}, (), 1),
    ("4.2", {"sales_staff": "person", "sales_software": True}, (), 2),
    ("4.2", {"sales_staff": "team", "sales_software": False}, (), 3),
    ("4.2", {"sales_staff": "team", "sales_software": True}, (), 4),
    # 4.3 quảng bá: 0 · đến 3 · hơn 3, website và hội chợ trong tỉnh · ngoài tỉnh · quốc tế
    ("4.3", promotion(0), (), 1),
    ("4.3", promotion(1), (), 2),
    ("4.3", promotion(3), (), 2),
    ("4.3", promotion(4, "none"), (), 2),
    ("4.3", promotion(4, fairs="none"), (), 2),
    ("4.3", promotion(4, "social", "province"), (), 3),
    ("4.3", promotion(4, "social", "country"), (), 4),
    ("4.3", promotion(4, "social", "international"), (), 4),
    ("4.3", promotion(4, "social_active", "international"), (), 5),
    ("4.3", promotion(4, "website", "international"), (), 5),
    # 5.1 câu chuyện
    ("5.1", story("none"), (), 1),
    ("5.1", story("told", leaflet=True, web=True), (), 2),
    ("5.1", story("written"), (), 2),
    ("5.1", story("written", web=True), (), 2),
    ("5.1", story("written", leaflet=True), (), 3),
    ("5.1", story("written", leaflet=True, web=True), (), 4),
    ("5.1", story("written", leaflet=True, web=True, traced=True), (), 5),
    # 8 công bố chất lượng
    ("8", {"standard_level": "international"}, (), None),
    ("8", {"standard_level": "own"}, ("product_declaration",), 1),
    ("8", {"standard_level": "national"}, ("product_declaration",), 2),
    ("8", {"standard_level": "international"}, ("product_declaration",), 3),
    # 9 đảm bảo chất lượng
    ("9", {"export_papers": True}, (), None),
    ("9", {"export_papers": True}, (CERTIFICATE,), 1),
    ("9", {"export_papers": True}, ("food_safety_commitment",), None),
    ("9", {"export_papers": True}, (CERTIFICATE, HACCP), 2),
    ("9", {"export_papers": False}, (CERTIFICATE, BRC), 2),
    ("9", {"export_papers": True}, (CERTIFICATE, BRC), 3),
    # 10 hướng dẫn sử dụng
    ("10", {"usage_guide": "none"}, (), None),
    ("10", {"usage_guide": "simple"}, (), 1),
    ("10", {"usage_guide": "detailed"}, (), 2),
    # 11 thị trường toàn cầu
    ("11", {"export_reach": "none"}, (), None),
    ("11", {"export_reach": "asean"}, (), 1),
    ("11", {"export_reach": "other"}, (), 2),
    ("11", {"export_reach": "strict"}, (), 3),
]

SET_1 = [
    ("1.1", {"source_commune": Fraction(4999, 100), "source_total": 100}, (), 1),
    ("1.1", {"source_commune": 50, "source_total": 100}, (), 2),
    ("1.1", {"source_commune": Fraction(7499, 100), "source_total": 100}, (), 2),
    ("1.1", {"source_commune": 75, "source_total": 100}, (), 3),
    ("2.1", {"origin_sign": False}, (), 2),
    ("2.1", {"origin_sign": True}, (), 3),
    ("7", {"nutrition_indicators": 0}, (), 1),
    ("7", {"nutrition_indicators": 1}, (), 2),
    ("7", {"nutrition_indicators": 2}, (), 2),
    ("7", {"nutrition_indicators": 3}, (), 3),
    ("9", {"standard_level": "own"}, ("product_declaration",), 1),
    ("10", {"export_papers": False}, (CERTIFICATE,), 1),
    ("11", {"usage_guide": "detailed"}, (), 2),
    ("12", {"export_reach": "asean"}, (), 1),
]


def plain(code, *answers):
    """Rows for a criterion whose answers alone decide."""
    return [(code, facts, (), place) for facts, place in answers]


COMMUNITY, SINGLE = {"tour_provider": "community"}, {"tour_provider": "single"}


def environment(*, solution=True, works=False, selfrun=False, standard=False):
    return {
        "tour_env_solution": solution,
        "tour_env_works": works,
        "tour_env_selfrun": selfrun,
        "tour_env_standard": standard,
    }


def agents(inside, outside):
    return {"tour_agents_in": inside, "tour_agents_out": outside}


def trained(part, whole, speakers=1):
    return {"staff_trained": part, "workers": whole, "staff_foreign_language": speakers}


def online(website, booking="none", promoted=False):
    return {"tour_website": website, "tour_booking": booking, "tour_international_promotion": promoted}


def media(leaflet=False, film=False, foreign=False):
    return {"tour_leaflet": leaflet, "tour_media": film, "tour_media_foreign": foreign}


SET_26 = [
    *plain(
        "1.1",
        ({"tour_unit": False}, None),
        ({"tour_unit": True, "tour_unit_plan": False}, 1),
        ({"tour_unit": True, "tour_unit_plan": True}, 2),
    ),
    *plain(
        "1.2",
        ({"tour_rules": False}, None),
        ({"tour_rules": True, "tour_rules_assigned": False, "tour_people_share": True}, 1),
        ({"tour_rules": True, "tour_rules_assigned": True, "tour_people_share": False}, 2),
        ({"tour_rules": True, "tour_rules_assigned": True, "tour_people_share": True}, 3),
    ),
    *plain(
        "1.3",
        (environment(solution=False), None),
        (environment(), 1),
        (environment(works=True), 2),
        (environment(works=True, standard=True), 2),
        (environment(works=True, selfrun=True), 3),
        (environment(works=True, selfrun=True, standard=True), 4),
    ),
    ("1.3", environment(works=True, selfrun=True), ("environment_filing",), 4),
    *plain("1.4", ({"tour_energy": "none"}, None), ({"tour_energy": "saving"}, 1), ({"tour_energy": "reuse"}, 2)),
    *plain(
        "2.2",
        ({"tour_market_plan": False}, None),
        ({"tour_market_plan": True, "tour_market_products": False}, 1),
        ({"tour_market_plan": True, "tour_market_products": True}, 2),
    ),
    *plain(
        "2.3",
        ({"tour_heritage": "none"}, None),
        ({"tour_heritage": "activity"}, 1),
        ({"tour_heritage": "programme"}, 2),
        ({"tour_heritage": "whole"}, 3),
    ),
    # 3.1 “hoặc các đối tượng còn lại” chỉ có ở bộ này
    *plain(
        "3.1",
        ({"legal_form": "household"}, 1),
        (COMPANY | {"local_capital": 50}, 2),
        (COMPANY | {"local_capital": 51}, 3),
        (HTX | {"lawful_cooperative": True}, 3),
        (HTX | {"lawful_cooperative": False}, None),
        ({"legal_form": "association"}, 3),
    ),
    *plain("3.2", ({"representative_priority": False}, 1), ({"representative_priority": True}, 2)),
    *plain("3.3", (labour(24, 100), None), (labour(25, 100), 1), (labour(50, 100), 2), (labour(75, 100), 3)),
    *plain("3.4", (profit(3, 2, 2, legal_form="group"), None), (profit(3, 2, 3, legal_form="group"), 1)),
    *plain("3.4", (profit(1, 2, 3, legal_form="group"), 2)),
    ("3.5", OWN_SIGN, (), None),
    ("3.5", OWN_SIGN, ("trademark_application",), 1),
    ("3.5", OWN_SIGN, TRADEMARK, 2),
    ("3.5", OWN_SIGN, (*TRADEMARK, "copyright_certificate"), 3),
    # 4.1 đại diện, đại lý: có · ≥ 3 · ≥ 5, trong và ngoài tỉnh
    *plain(
        "4.1",
        (agents(0, 0), None),
        (agents(1, 0), 1),
        (agents(1, 1), 1),
        (agents(3, 0), 1),
        (agents(2, 1), 2),
        (agents(3, 1), 2),
        (agents(4, 1), 3),
        (agents(5, 0), 1),
    ),
    *plain(
        "4.2",
        ({"tour_partners": "none"}, None),
        ({"tour_partners": "province"}, 1),
        ({"tour_partners": "country"}, 2),
        ({"tour_partners": "international"}, 3),
    ),
    *plain(
        "4.3",
        ({"sales_staff": "none", "sales_software": True}, None),
        ({"sales_staff": "person", "sales_software": True}, 1),
        ({"sales_staff": "team", "sales_software": False}, 1),
        ({"sales_staff": "team", "sales_software": True}, 2),
    ),
    *plain(
        "4.4",
        (online("none", "international", True), None),
        (online("vietnamese"), 1),
        (online("vietnamese", "domestic"), 2),
        (online("vietnamese", "international", True), 3),
        (online("foreign", "international"), 3),
        (online("foreign", "international", True), 4),
    ),
    *plain(
        "4.5", (media(), None), (media(leaflet=True), 1), (media(film=True), 2), (media(film=True, foreign=True), 3)
    ),
    *plain(
        "5.1",
        ({"tour_handbook": "none"}, None),
        ({"tour_handbook": "vietnamese"}, 2),
        ({"tour_handbook": "foreign"}, 3),
    ),
    *plain(
        "5.2",
        ({"tour_story_shown": "none"}, None),
        ({"tour_story_shown": "point"}, 1),
        ({"tour_story_shown": "wide"}, 2),
    ),
    *plain("5.3", ({"new_countryside": False}, 1), ({"new_countryside": True}, 2)),
    *plain("7", ({"bright_green_clean": False}, 2), ({"bright_green_clean": True}, 3)),
    # 8 hai trường hợp: cộng đồng (1, 2) và điểm dịch vụ (3, 4)
    ("8", COMMUNITY | {"tour_licensed": False}, ("tourism_licence",), None),
    ("8", COMMUNITY | {"tour_licensed": True}, (), 1),
    ("8", COMMUNITY | {"tour_licensed": True}, ("tourism_licence",), 2),
    ("8", SINGLE | {"tour_licensed": True}, (), 3),
    ("8", SINGLE | {"tour_licensed": True}, ("tourism_licence",), 4),
    *plain(
        "9",
        (COMMUNITY | {"tour_safe": False, "tour_training": True}, None),
        (COMMUNITY | {"tour_safe": True, "tour_training": False}, 1),
        (COMMUNITY | {"tour_safe": True, "tour_training": True}, 2),
        (SINGLE | {"tour_safe": True, "tour_training": False}, 3),
        (SINGLE | {"tour_safe": True, "tour_training": True}, 4),
    ),
    *plain(
        "10",
        ({"tour_shop": "none"}, None),
        ({"tour_shop": "traditional"}, 1),
        ({"tour_shop": "ocop"}, 2),
        ({"tour_shop": "full"}, 3),
    ),
    *plain(
        "11",
        ({"tour_experience": "none"}, None),
        ({"tour_experience": "activity"}, 1),
        ({"tour_experience": "model"}, 2),
    ),
    # 12 đã đào tạo: dưới 50 % · từ 50 - 75 % · trên 75 % và có người thành thạo ngoại ngữ
    *plain(
        "12",
        (trained(0, 100), None),
        (trained(49, 100), 1),
        (trained(50, 100), 2),
        (trained(75, 100), 2),
        (trained(76, 100, speakers=0), 2),
        (trained(76, 100, speakers=1), 3),
    ),
    *plain("13", ({"tour_reviews": False}, 2), ({"tour_reviews": True}, 4)),
    *plain("14", ({"tour_reviews": False}, 2), ({"tour_reviews": True}, 3)),
    *plain(
        "15",
        (COMMUNITY | {"tour_roads": False, "tour_utilities": True, "tour_utilities_standard": True}, None),
        (COMMUNITY | {"tour_roads": True, "tour_utilities": True, "tour_utilities_standard": False}, 1),
        (COMMUNITY | {"tour_roads": True, "tour_utilities": True, "tour_utilities_standard": True}, 2),
        (SINGLE | {"tour_utilities": True, "tour_reviews": False}, 3),
        (SINGLE | {"tour_utilities": True, "tour_reviews": True}, 4),
    ),
    *plain("16", ({"tour_festivals": 0}, None), ({"tour_festivals": 1}, 1), ({"tour_festivals": 2}, 3)),
    *plain(
        "17",
        ({"tour_goods_clear": False, "tour_goods_ocop": True}, None),
        ({"tour_goods_clear": True, "tour_goods_ocop": False}, 1),
        ({"tour_goods_clear": True, "tour_goods_ocop": True}, 2),
    ),
]


@pytest.mark.parametrize(
    ("set_no", "code", "facts", "papers", "place"),
    [(number, *row) for number, rows in ((6, SET_6), (1, SET_1), (26, SET_26)) for row in rows],
)
def test_the_supported_option_is_the_one_the_law_words(set_no, code, facts, papers, place):
    found = supported(REGIME, set_no, code, facts, *papers)
    assert (found.place, found.known, found.contradictions) == (place, True, ())


@pytest.mark.parametrize(("set_no", "rows"), [(6, SET_6), (26, SET_26)])
def test_every_measurable_criterion_of_the_set_stands_in_the_table(set_no, rows):
    criteria = shipped_measures(REGIME, set_no).criteria
    assert {row[0] for row in rows} == {code for code, measure in criteria.items() if measure.measurable}


@pytest.mark.parametrize(("set_no", "rows"), [(6, SET_6), (26, SET_26)])
def test_every_option_that_can_be_reached_is_reached_in_the_table(set_no, rows):
    reached = {(row[0], row[3]) for row in rows}
    conditions = {
        code: measure.options
        for code, measure in shipped_measures(REGIME, set_no).criteria.items()
        if measure.measurable
    }
    hidden = {  # the same condition as the next option: only the council tells them apart
        (code, place)
        for code, options in conditions.items()
        for place in range(1, len(options))
        if options[place - 1] == options[place] or not getattr(options[place - 1], "parts", True)
    }
    wanted = {(code, place) for code, options in conditions.items() for place in range(1, len(options) + 1)}
    assert wanted - reached <= hidden
