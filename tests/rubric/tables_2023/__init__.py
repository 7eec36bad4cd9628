"""QĐ 148 of 2023: rows (facts, papers, supported option) by set and criterion, written from the decision's wording."""

from tests.rubric.tables_2023.other_sets import OTHER_SETS
from tests.rubric.tables_2023.tourism import TOURISM
from tests.rubric.tables_2023.two_sets import CEREALS, FRESH

FULL = {1: FRESH, 6: CEREALS}
FURTHER = OTHER_SETS | {26: TOURISM}
