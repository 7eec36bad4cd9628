"""Who may see which secret: the one table. Names of people and of products are those of `tests.factories.scene`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.factories.scene import Scene
from tests.secrecy.addresses import Address

SUBJECT = frozenset({"subject"})
COMMUNE = frozenset({"commune officer"})
OFFICE = frozenset({"lead officer"})
LEADER = frozenset({"leader"})
TEAM = frozenset({"helper assigned", "helper of the team", "helper lead"})
HELPERS = TEAM | {"helper outside the team", "helper with consent"}
LET_IN = frozenset({"chair", "vice-chair", "member let in", "member who wrote", "member handed in"})
SECRETARY = frozenset({"secretary"})
KEEPERS = OFFICE | HELPERS | SECRETARY | {"tasting secretary"}  # a secretary of the unit keeps samples of every session
# Whoever reads a dossier by office: its own people, the commune, the lead office, its leaders and its helpers.
DESKS = SUBJECT | COMMUNE | OFFICE | LEADER | HELPERS
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """A secret: how it looks, who may see it, where it counts, and one who must (or the secret would be dead)."""

    kind: str
    may: frozenset[str]
    looks: Callable[[str], bool]
    counts: Callable[[Address], bool] = lambda address: True


# Secret planted in the scene → who may see it, anywhere.
MAY_SEE: dict[str, frozenset[str]] = {
    # A sheet is its writer's until the discussion or the closing (regulations §2.7; bylaws: numbers after closing).
    "note scoring": frozenset({"member who wrote"}),
    "note apart": frozenset({"member who wrote"}),
    # In an open discussion: who may read the product and, voting, has handed in. Not “member let in”: a draft only.
    "note discussed": (LET_IN - {"member let in"}) | SECRETARY | OFFICE,
    # After closing: who was let in, the secretary, the office. Never the subject, the leader, who had a conflict.
    "note pending": LET_IN | SECRETARY | OFFICE,
    "note written": frozenset({"ballot in"}),
    **dict.fromkeys(
        (f"unfinished {state}" for state in ("scoring", "apart", "discussed")), frozenset({"member let in"})
    ),
    **{
        f"reason {state}": frozenset({"member conflicted"}) | (LET_IN & {"chair"}) | SECRETARY | OFFICE
        for state in ("scoring", "apart", "discussed", "pending")
    },
    **{
        f"late reason {state}": frozenset({"member conflicted late", "chair"}) | SECRETARY | OFFICE
        for state in ("scoring", "apart", "discussed", "pending")
    },
    # Single sheets of a published product: its own council and its office; the subject never.
    **{
        f"note {state}": frozenset({"other council's member", "other council's writer"}) | OFFICE
        for state in (
            "recognised",
            "recognised 2",
            "to recognise",
            "to forward",
            "none",
            "appealed",
            "granted",
        )
    },
    # Blind tasting: a cup's note is its taster's.
    "tasting note": frozenset({"taster who wrote"}),
    # What is in a dossier: its desks, and of the council whom the door let in for that product.
    **{f"evidence {state}": DESKS for state in ("draft", "none", "appealed", "granted", "to recognise")},
    "evidence new": DESKS | SECRETARY,
    "evidence to forward": DESKS | {"liaison"} | {"other council's member", "other council's writer"},
    **{f"evidence {state}": DESKS | LET_IN | SECRETARY for state in ("scoring", "apart", "discussed", "pending")},
    **{
        f"evidence {state}": DESKS - SUBJECT | {"other council's member", "other council's writer"}
        for state in ("recognised", "recognised 2")
    },
    "evidence cup one": DESKS | {"taster", "taster who wrote", "tasting secretary"},
    "evidence cup two": DESKS | {"taster", "taster who wrote", "tasting secretary"},
    # The desks' own work until it is done.
    "field note": COMMUNE,
    "check mark": OFFICE,
    "message returned": DESKS,
    "message scoring": DESKS,
    # Samples and tests.
    # The note stands on the receipt that whoever opens the dossier may have.
    "sample note": KEEPERS | LEADER | SUBJECT | COMMUNE,
    "test result": KEEPERS | LEADER | LET_IN,
    # The advisory team: unfinished work stays its author's and the team's; the report reaches whom the door let in.
    "advice unfinished": TEAM,
    "survey question": TEAM | OFFICE | LEADER,
    "advice review": TEAM | OFFICE | LEADER,
    "advice report": TEAM | OFFICE | LEADER | SECRETARY | LET_IN,
    # Appeals: the text is its author's and theirs who answer; opinions are theirs alone.
    **{f"appeal {state}": SUBJECT | OFFICE | LEADER for state in ("appealed", "granted")},
    **{f"opinion {state}": OFFICE | LEADER for state in ("appealed", "granted")},
    # What a subject keeps for itself.
    "wallet": SUBJECT | COMMUNE | OFFICE | HELPERS,
    "ethnicity": SUBJECT | COMMUNE,
    "home address": SUBJECT | COMMUNE,
    "upload": SUBJECT,
    "idea draft": SUBJECT | {"helper with consent"},
    "spoken code": NOBODY,
}
# A council's past products also reach the members who heard them.
for _state in ("none", "appealed", "granted", "to recognise"):
    MAY_SEE[f"evidence {_state}"] |= {"other council's member", "other council's writer"}

# Points as they are printed: secret → how it looks, who may see it. Each number stands for one product alone.
POINTS: dict[str, tuple[str, frozenset[str]]] = {
    "sheet total scoring": (r"(?<![\d,.])67[,.]00?(?!\d)", frozenset({"member who wrote"})),
    "sheet total apart": (r"(?<![\d,.])74[,.]00(?!\d)", frozenset({"member who wrote"})),
    "sheet total discussed": (r"(?<![\d,.])79[,.]00(?!\d)", frozenset({"member who wrote"})),
    "sheet total pending": (r"(?<![\d,.])69[,.]00(?!\d)", LET_IN | SECRETARY | OFFICE),
    # Who lets the results out reads them first.
    "mean pending": (r"(?<![\d,.])66[,.]4[23]\d*(?!\d)|465/7", LET_IN | SECRETARY | OFFICE | LEADER),
    "sheet total written": (r"(?<![\d,.])77[,.]00(?!\d)", frozenset({"ballot in"})),
    "mean appealed": (
        r"(?<![\d,.])42[,.]00(?!\d)",
        DESKS | {"other council's member", "other council's writer"},
    ),
}


def rules(scene: Scene) -> list[Rule]:
    """Every secret of the scene with its rule; one without a row fails the walk."""
    planted = {kind: text for kind, text in scene.secrets.items() if kind != "cup code"}
    found = [Rule(kind, MAY_SEE[kind], _holds(text)) for kind, text in planted.items()]
    found += [Rule(kind, may, _matches(pattern)) for kind, (pattern, may) in POINTS.items()]
    code, product = scene.secrets["cup code"], scene.hearings["cup one"].dossier.registration.product.name
    cups = {f"cup {hearing.pk}" for hearing in scene.hearings.values()}
    # Which cup is which product, before the sheets are in: only who pours reads both side by side.
    return [
        *found,
        Rule(
            "cup code at its product",
            frozenset({"tasting secretary", "lead officer"}),
            _matches(rf"(?<![\w.=\"/-]){code}(?![\w.%\"/-])"),
            lambda address: address.state == "cup one" and address.name.startswith("council:"),
        ),
        Rule("product at its cup", NOBODY, _holds(product), lambda address: address.state in cups),
        # A calibration's dossiers have no names.
        Rule(
            "name in a calibration",
            NOBODY,
            _holds("zqpast"),
            lambda address: address.name.startswith("council:calibration-case"),
        ),
        # A subject, and a stranger, read of a result that is not out one and the same word.
        Rule(
            "outcome pending",
            LET_IN | KEEPERS | SECRETARY | DESKS - SUBJECT | {"liaison"},
            _matches(r"Chờ quyết định công nhận|Đề nghị công nhận|to_recognise"),
            # The page of a search answers with the filters' own words as well.
            lambda address: address.state == "pending" and not address.name.endswith(":list"),
        ),
    ]


def _holds(text: str) -> Callable[[str], bool]:
    return lambda told: text in told


def _matches(pattern: str) -> Callable[[str], bool]:
    known = re.compile(pattern)
    return lambda told: known.search(told) is not None
