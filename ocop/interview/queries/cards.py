"""The interview as one product sees it: which cards, how far each has come, what each serves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ocop.interview.queries.answers import answers_of, catalogue
from ocop.interview.queries.personal import live_personal
from ocop.interview.rules import Card, CardView, Scene, Stored, as_known, name_of, view_of
from ocop.planning.models import Programme
from ocop.planning.queries import latest_programme
from ocop.regime.forms import layouts_of, names_in
from ocop.regime.queries import as_rules
from ocop.regime.rules import Form, Regime
from ocop.registration.models import Product, Registration
from ocop.registration.queries import registrations
from ocop.rubric.queries import fact_catalogue, measures_of
from ocop.rubric.rules import Measure, Measures

ANSWER = "answer."  # how the forms name the interview's answers
# A registered product is asked what its dossier's forms show; one that is only planned, what its plan's forms show.
DOSSIER, IDEA = "dossier", "idea"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A product interviewed for a programme's year, under the law and criteria it registered for.

    `registration` is None while the product is only planned: nothing is measured then, and the plan's forms ask.
    """

    product: Product
    programme: Programme
    registration: Registration | None
    regime: Regime
    measures: Measures
    scene: Scene

    @property
    def year(self) -> int:
        """The programme's year: facts are asked for the years before it."""
        return self.programme.year

    @property
    def occasion(self) -> str:
        """What the product is interviewed for."""
        return str(self.programme if self.registration is None else self.registration.batch)


@dataclass(frozen=True, slots=True)
class Feeds:
    """What a card serves: printed forms, and criteria by code."""

    forms: tuple[Form, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that is still asked for, and the card where it is asked."""

    code: str
    about: str
    ask: str
    card: str


def sitting_of(product: Product, year: int | None = None) -> Sitting | None:
    """The product's registration for the year, else its newest one; without any, the newest programme of its place.

    None where there is no programme either.
    """
    found = list(registrations().filter(product=product).order_by("-batch__programme__year", "-pk")[:20])
    if not found:
        return _planned(product)
    chosen = next((each for each in found if each.batch.programme.year == year), found[0])
    regime = as_rules(chosen.batch.programme.regime_version)
    measures = measures_of(chosen.set_version)
    assessed = [
        (code, step.form or "") for step in regime.intake for content in step.contents for code in content.questions
    ]
    scene = Scene(
        forms=_by_key(*_names_on_forms(regime.code, DOSSIER), *assessed),
        facts=_facts_needed(measures),
        subject_kind=product.subject.kind,
        goods=chosen.set_version.set_no not in regime.samples.except_sets,
    )
    return Sitting(product, chosen.batch.programme, chosen, regime, measures, scene)


def _planned(product: Product) -> Sitting | None:
    programme = latest_programme(product.subject.unit)
    if programme is None:
        return None
    regime = as_rules(programme.regime_version)
    forms = _by_key(*_names_on_forms(regime.code, IDEA))
    scene = Scene(forms=forms, facts=frozenset(), subject_kind=product.subject.kind)
    return Sitting(product, programme, None, regime, Measures({}), scene)


def _by_key(*shown_on: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    """Which forms show an answer, by its key."""
    shown: dict[str, tuple[str, ...]] = {}
    for key, form in shown_on:
        shown[key] = tuple(dict.fromkeys([*shown.get(key, ()), form]))
    return shown


@lru_cache(maxsize=16)
def _names_on_forms(regime_code: str, part: str) -> tuple[tuple[str, str], ...]:
    """Answers by key, each with a form of that part that shows it; the layouts ship with the program."""
    own = {form: layout for form, layout in layouts_of(regime_code).items() if part in layout.part_of}
    names = ((name, form) for form, layout in own.items() for name in sorted(names_in(layout)))
    return tuple((name.removeprefix(ANSWER), form) for name, form in names if name.startswith(ANSWER))


def _facts_needed(measures: Measures) -> frozenset[str]:
    """The keys of the facts that the criteria are measured by, with those that decide whether they are asked and those
    that name their units."""
    kinds, needed = fact_catalogue(), set()
    wanted = [code for measure in measures.criteria.values() if isinstance(measure, Measure) for code in measure.codes]
    while wanted:
        code = wanted.pop()
        if code not in needed:
            needed.add(code)
            kind = kinds[code.partition(".")[0]]
            wanted += [*kind.only_when, *([kind.counted_in] if kind.counted_in else [])]
    return frozenset(needed)


def cards_of(sitting: Sitting, answers: Mapping[str, Stored] | None = None) -> list[CardView]:
    """The cards that ask this product anything, in their order, with what is answered and what is still open."""
    subject = sitting.product.subject
    if answers is None:
        answers = answers_of(subject, sitting.product, sitting.year)
    personal = {row.question for row in live_personal(subject) if row.value is not None}
    book = catalogue()
    facts = as_known(book.questions, answers)
    views = (view_of(card, book, sitting.scene, facts, {*answers, *personal}) for card in book.cards)
    return [view for view in views if view.asked]


def missing_of(product: Product, year: int, forms: Collection[str]) -> list[Missing]:
    """What these forms still lack, in the order in which it is asked."""
    sitting = sitting_of(product, year)
    if sitting is None:
        return []
    found = []
    for view in cards_of(sitting):
        for question, keys in view.asked:
            found += [
                Missing(key, name_of(question, key, sitting.year), question.ask, question.card)
                for key in keys
                if key in view.open and not set(forms).isdisjoint(sitting.scene.forms.get(key, ()))
            ]
    return found


def feeds_of(sitting: Sitting, card: Card) -> Feeds:
    """The forms and criteria that the card's answers go into."""
    own = {question.code for question in card.questions}
    keys = {key for question in card.questions for key in sitting.scene.keys(question)}
    forms = {form for key in keys for form in sitting.scene.forms.get(key, ())}
    return Feeds(
        forms=tuple(form for form in sitting.regime.forms if form.code in forms),
        criteria=tuple(
            code
            for code, measure in sitting.measures.criteria.items()
            if isinstance(measure, Measure) and any(fact.partition(".")[0] in own for fact in measure.codes)
        ),
    )
