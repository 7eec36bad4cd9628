"""Set 26: tourism services of a community, or of a single tourist site."""

from tests.rubric.tables_2023.answers import company


def community(total: int, **parts: int) -> dict:
    return {"tour_provider": "community", "tour_businesses": total, **parts}


def comfort(provider: str, *, utilities=True, roads=True, standard=False, reviews=False) -> dict:
    facts = {"tour_provider": provider, "tour_utilities": utilities, "tour_roads": roads}
    return {**facts, "tour_utilities_standard": standard, "tour_reviews": reviews}


def visits(website: str, booking: str, abroad: bool) -> dict:
    return {"tour_website": website, "tour_booking": booking, "tour_international_promotion": abroad}


SINGLE = {"tour_provider": "single"}
ENVIRONMENT = ("tour_env_solution", "tour_env_works", "tour_env_selfrun", "tour_env_standard")

TOURISM = {
    "1.a": [
        ({"tour_unit": False}, (), None),
        ({"tour_unit": True, "tour_unit_plan": False}, (), 1),
        ({"tour_unit": True, "tour_unit_plan": True}, (), 2),
    ],
    "1.b": [
        ({"tour_rules": False, "tour_people_share": True}, (), None),
        ({"tour_rules": True, "tour_rules_assigned": False, "tour_people_share": True}, (), 1),
        ({"tour_rules": True, "tour_rules_assigned": True, "tour_people_share": False}, (), 2),
        ({"tour_rules": True, "tour_rules_assigned": True, "tour_people_share": True}, (), 3),
    ],
    "1.c": [
        (dict.fromkeys(ENVIRONMENT, False), (), None),
        (dict.fromkeys(ENVIRONMENT, False) | {"tour_env_solution": True}, (), 1),
        (dict.fromkeys(ENVIRONMENT, True) | {"tour_env_selfrun": False}, (), 2),
        (dict.fromkeys(ENVIRONMENT, True) | {"tour_env_standard": False}, (), 3),
        (dict.fromkeys(ENVIRONMENT, True) | {"tour_env_standard": False}, ("environment_filing",), 4),
        (dict.fromkeys(ENVIRONMENT, True), (), 4),
    ],
    "1.d": [
        ({"tour_energy": "none"}, (), None),
        ({"tour_energy": "saving"}, (), 1),
        ({"tour_energy": "reuse"}, (), 2),
    ],
    "2.b": [
        ({"tour_market_plan": False}, (), None),
        ({"tour_market_plan": True, "tour_market_products": False}, (), 1),
        ({"tour_market_plan": True, "tour_market_products": True}, (), 2),
    ],
    "2.c": [
        ({"tour_heritage": "none"}, (), None),
        ({"tour_heritage": "activity"}, (), 1),
        ({"tour_heritage": "programme"}, (), 2),
        ({"tour_heritage": "whole"}, (), 3),
    ],
    "3.a": [
        (company("household"), (), 1),
        (company("llc"), (), 2),
        (company("joint_stock", local_capital=51), (), 3),
        (company("association"), (), None),
    ],
    "4.a": [
        ({"tour_agents_in": 0, "tour_agents_out": 0}, (), None),
        ({"tour_agents_in": 1, "tour_agents_out": 0}, (), 1),
        ({"tour_agents_in": 1, "tour_agents_out": 1}, (), 1),
        ({"tour_agents_in": 2, "tour_agents_out": 1}, (), 2),
        ({"tour_agents_in": 2, "tour_agents_out": 2}, (), 2),
        ({"tour_agents_in": 3, "tour_agents_out": 2}, (), 3),
        ({"tour_agents_in": 9, "tour_agents_out": 0}, (), 1),  # "in and outside the province"
    ],
    "4.b": [
        ({"tour_partners": "none"}, (), None),
        ({"tour_partners": "province"}, (), 1),
        ({"tour_partners": "country"}, (), 2),
        ({"tour_partners": "international"}, (), 3),
    ],
    "4.c": [
        ({"sales_staff": "none", "sales_software": True}, (), None),
        ({"sales_staff": "person", "sales_software": True}, (), 1),
        ({"sales_staff": "team", "sales_software": False}, (), 1),
        ({"sales_staff": "team", "sales_software": True}, (), 2),
    ],
    "4.d": [
        (visits("none", "international", True), (), None),
        (visits("vietnamese", "none", True), (), 1),
        (visits("vietnamese", "domestic", True), (), 2),
        (visits("vietnamese", "international", True), (), 3),
        (visits("foreign", "international", False), (), 3),
        (visits("foreign", "international", True), (), 4),
    ],
    "4.đ": [
        ({"tour_leaflet": False, "tour_media": True, "tour_media_foreign": True}, (), None),
        ({"tour_leaflet": True, "tour_media": False}, (), 1),
        ({"tour_leaflet": True, "tour_media": True, "tour_media_foreign": False}, (), 2),
        ({"tour_leaflet": True, "tour_media": True, "tour_media_foreign": True}, (), 3),
    ],
    "5.a": [
        ({"tour_handbook": "none"}, (), None),
        ({"tour_handbook": "vietnamese"}, (), 2),
        ({"tour_handbook": "foreign"}, (), 3),
    ],
    "5.b": [
        ({"tour_story_shown": "none"}, (), None),
        ({"tour_story_shown": "point"}, (), 1),
        ({"tour_story_shown": "wide"}, (), 2),
    ],
    "5.c": [({"new_countryside": False}, (), 1), ({"new_countryside": True}, (), 2)],
    "7": [({"bright_green_clean": False}, (), 2), ({"bright_green_clean": True}, (), 3)],
    "8": [
        (community(100, tour_businesses_licensed=49), (), 1),
        (community(100, tour_businesses_licensed=50), (), 2),
        (community(100, tour_businesses_licensed=74), (), 2),
        (community(100, tour_businesses_licensed=75), (), 2),  # the decision leaves 75 % itself out
        (community(100, tour_businesses_licensed=76), (), 3),
        ({**SINGLE, "tour_licensed": False}, ("business_registration",), 4),
        ({**SINGLE, "tour_licensed": True}, ("business_registration",), 5),
        ({**SINGLE, "tour_licensed": True}, ("business_registration", "tourism_licence"), 6),
        ({**SINGLE, "tour_licensed": True}, (), None),
    ],
    "9": [
        (community(100, tour_businesses_safe=74), (), None),
        (community(100, tour_businesses_safe=75), (), 1),
        (community(100, tour_businesses_safe=99), (), 1),
        (community(100, tour_businesses_safe=100), (), 2),
        ({**SINGLE, "tour_safe": False, "tour_training": True}, (), None),
        ({**SINGLE, "tour_safe": True, "tour_training": False}, (), 3),
        ({**SINGLE, "tour_safe": True, "tour_training": True}, (), 4),
    ],
    "10": [
        ({"tour_shop": "none"}, (), None),
        ({"tour_shop": "traditional"}, (), 1),
        ({"tour_shop": "ocop"}, (), 2),
        ({"tour_shop": "full"}, (), 3),
    ],
    "11": [
        ({"tour_experience": "none"}, (), None),
        ({"tour_experience": "activity"}, (), 1),
        ({"tour_experience": "model"}, (), 2),
    ],
    "12": [
        ({"workers": 100, "staff_trained": 0, "staff_foreign_language": 1}, (), None),
        ({"workers": 100, "staff_trained": 1, "staff_foreign_language": 1}, (), 1),
        ({"workers": 100, "staff_trained": 49, "staff_foreign_language": 1}, (), 1),
        ({"workers": 100, "staff_trained": 50, "staff_foreign_language": 1}, (), 2),
        ({"workers": 100, "staff_trained": 75, "staff_foreign_language": 1}, (), 2),
        ({"workers": 100, "staff_trained": 76, "staff_foreign_language": 0}, (), 2),
        ({"workers": 100, "staff_trained": 76, "staff_foreign_language": 1}, (), 3),
    ],
    "13": [({"tour_reviews": False}, (), 2), ({"tour_reviews": True}, (), 4)],
    "14": [({"tour_reviews": False}, (), 2), ({"tour_reviews": True}, (), 3)],
    "15": [
        (comfort("community", utilities=False), (), None),
        (comfort("community", roads=False), (), None),
        (comfort("community"), (), 1),
        (comfort("community", standard=True), (), 2),
        (comfort("single", roads=False), (), 3),
        (comfort("single", reviews=True), (), 4),
    ],
    "16": [
        ({"tour_festivals": 0}, (), None),
        ({"tour_festivals": 1}, (), 1),
        ({"tour_festivals": 2}, (), 3),
    ],
    "17": [
        ({"tour_goods_clear": False, "tour_goods_ocop": True}, (), None),
        ({"tour_goods_clear": True, "tour_goods_ocop": False}, (), 1),
        ({"tour_goods_clear": True, "tour_goods_ocop": True}, (), 2),
    ],
}
