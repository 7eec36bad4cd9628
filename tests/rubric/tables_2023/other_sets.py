"""What the other sets of goods ask besides, so that every measure of the folder has a table."""

from tests.rubric.tables_2023.answers import HALF_A_YEAR, NOT_HALF, label, market, quality

SITE, INSPECTED = {"inspected_after": False, "modern_line": False}, {"inspected_after": True, "modern_line": False}

OTHER_SETS = {
    16: {
        "8.a": [
            ({"label_complete": True, "records_complete": True}, (), 1),
            ({"label_complete": False, "records_complete": True}, ("product_declaration",), 1),
            ({"label_complete": True, "records_complete": False}, ("product_declaration",), 2),
            ({"label_complete": True, "records_complete": True}, ("product_declaration",), 3),
        ],
        "8.b": [
            ({}, (), None),
            ({}, ("test_report",), 1),
            ({}, ("periodic_test_report",), 1),
            ({}, ("test_report", "periodic_test_report"), 2),
        ],
        "9": [
            ({"inspected_after": True, "modern_line": True}, (), None),
            (SITE, ("food_safety_certificate",), 1),
            (INSPECTED, ("food_safety_certificate",), 2),
            ({"inspected_after": True, "modern_line": True}, ("production_licence",), 3),
        ],
    },
    18: {
        "6": [
            (SITE, (), None),
            (SITE, ("gmp_certificate",), 1),
            (INSPECTED, ("gmp_certificate",), 2),
            ({"inspected_after": True, "modern_line": True}, ("gmp_certificate",), 3),
        ],
        "7": [
            ({"label_complete": True, "records_complete": True}, (), None),
            ({"label_complete": False, "records_complete": True}, ("product_declaration",), None),
            ({"label_complete": True, "records_complete": False}, ("product_declaration",), 1),
            ({"label_complete": True, "records_complete": True}, ("product_declaration",), 2),
        ],
    },
    19: {
        "6": [
            ({}, (), 1),
            ({}, ("product_standard",), 2),
            ({}, ("material_standard", "packaging_standard", "test_report"), 1),
            ({}, ("product_standard", "packaging_standard"), 3),
            ({}, ("product_standard", "material_standard"), 3),
            ({}, ("product_standard", "material_standard", "packaging_standard"), 3),
            ({}, ("product_declaration", "material_standard", "packaging_standard", "test_report"), 4),
        ],
    },
    20: {
        "6": [
            ({}, (), None),
            ({}, ("product_declaration",), 1),
            ({}, ("product_standard", "test_report"), 1),
            ({}, ("product_standard", "material_standard"), 2),
            ({}, ("product_standard", "material_standard", "test_report"), 3),
        ],
    },
    21: {
        "2.b": [
            (label(False, False, False), (), 1),
            (label(True, False, True), (), 2),
            (label(True, True, False), (), 3),
            (label(True, True, True), (), 4),
        ],
        "6.đ": [({}, (), 2), ({}, ("sustainable_material_certificate",), 3)],
        "7": [
            ({"tests_obligatory": True, "periodic_tests": "none"}, (), None),
            ({"tests_obligatory": True, "periodic_tests": "failed"}, (), 1),
            ({"tests_obligatory": True, "periodic_tests": "partial"}, (), 2),
            ({"tests_obligatory": True, "periodic_tests": "full"}, (), 3),
            ({"tests_obligatory": False, "periodic_tests": "none"}, (), 3),  # not bound to test: the most points
        ],
        "8": [
            (quality(), (), 1),
            (quality(), ("quality_control_plan",), 2),
            (quality(traced=True), ("quality_control_plan",), 3),
            (quality(), ("quality_system",), 4),
            (quality(export=True), (), 5),
        ],
    },
    22: {
        "7": [
            ({"usage_guide": "none"}, (), None),
            ({"usage_guide": "simple"}, (), 1),
            ({"usage_guide": "detailed"}, (), 3),  # "at most": what it says of culture is for the council
        ],
    },
    23: {
        "4.a": [
            ({"market_reach": "district", "outlets_district": 9, "export_agreed": False, "online_sales": False}, (), 1),
            ({"market_reach": "province", "outlets_district": 4, "export_agreed": False, "online_sales": False}, (), 2),
            ({"market_reach": "province", "outlets_district": 5, "export_agreed": False, "online_sales": False}, (), 3),
            (market("district", 0) | {"online_sales": True, "online_since": NOT_HALF}, (), 1),
            (market("district", 0) | {"online_sales": True, "online_since": HALF_A_YEAR}, (), 4),
            (market("district", 0, abroad=True) | {"online_sales": False}, (), 4),
        ],
        "8": [
            (quality(), (), 1),
            (quality(), ("quality_control_plan",), 2),
            (quality(traced=True), ("quality_control_plan",), 3),
            (quality(export=True), ("area_certificate",), 4),
            (quality(export=True), ("area_certificate_international",), 5),
        ],
    },
    24: {
        "2.b": [
            (label(False, True, True), (), 1),
            (label(True, False, True), (), 2),
            (label(True, True, False), (), 3),
            (label(True, True, True), (), 4),
        ],
        "4.a": [
            ({"market_reach": "district", "export_agreed": False}, (), 1),
            ({"market_reach": "province", "export_agreed": False}, (), 2),
            ({"market_reach": "country", "export_agreed": False}, (), 3),
            ({"market_reach": "abroad", "export_agreed": False}, (), 3),
            ({"market_reach": "country", "export_agreed": True}, (), 4),
        ],
    },
}
