"""Every address of the program and what to ask it for; an address that nobody bound here fails the walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, get_resolver, reverse

from ocop.paperwork.models import IssuedPaper
from tests.factories.scene import Scene

Args = dict[str, Any]
Bound = list[tuple[str, Args]]


@dataclass(frozen=True)
class Address:
    """One address asked for one thing: `state` says which product, session or thing of the scene it is."""

    name: str
    state: str
    url: str

    def __str__(self) -> str:
        return f"{self.name} [{self.state}] {self.url}"


def names() -> list[str]:
    """The name of every address under the root, `namespace:name`, the API's among them."""
    return sorted({name for name, _ in _patterns(get_resolver().url_patterns)})


def _patterns(patterns: list[Any], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern
        else:
            yield from _patterns(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))


def addresses(scene: Scene) -> list[Address]:
    """Every address with every thing of the scene that it can be asked for."""
    bound = _bindings()
    found = [Address(name, state, reverse(name, kwargs=args)) for name in names() for state, args in bound[name](scene)]
    return [*found, *(Address(name, state, f"{reverse(name)}?{asked}") for name, state, asked in _searches(scene))]


def _searches(scene: Scene) -> Iterator[tuple[str, str, str]]:
    """Lists and searches asked for one product: by its name, and by the states that its subject may not know yet."""
    for state in ("scoring", "pending"):
        named = urlencode({"q": scene.dossiers[state].registration.product.name})
        for name in ("desk:search", "dossiers:list", "registration:subjects", "certificates:register", "samples:list"):
            yield name, state, named
    for hidden in ("to_recognise", "to_forward", "to_notify"):
        yield "dossiers:list", hidden, urlencode({"state": hidden})


def unbound() -> list[str]:
    """The addresses without a row in the table below, and rows whose address is gone."""
    return sorted(set(names()) ^ set(_bindings()))


def plain(scene: Scene) -> Bound:
    """The address speaks of no one thing."""
    return [("", {})]


def of(things: str, /, **more: Any) -> Callable[[Scene], Bound]:
    """The address has the key of every thing of that kind, and fixed parts."""
    return lambda scene: [(state, {"pk": each.pk} | more) for state, each in getattr(scene, things).items()]


def one(thing: str, /, **more: Any) -> Callable[[Scene], Bound]:
    """The address has the key of one thing of the scene."""
    return lambda scene: [(thing, {"pk": scene.things[thing].pk} | more)]


def each(*rows: tuple[str, Callable[[Scene], Args]]) -> Callable[[Scene], Bound]:
    """Each row made by hand: what it is about, and its parts."""
    return lambda scene: [(state, make(scene)) for state, make in rows]


def both(things: str, /, **more: Any) -> Callable[[Scene], Bound]:
    """Every thing of that kind, as PDF and as Word file."""
    return lambda scene: [row for ending in ("pdf", "docx") for row in of(things, ending=ending, **more)(scene)]


def _user(who: str) -> Callable[[Scene], Bound]:
    return lambda scene: [(who, {"pk": _person(scene, who)})]


def _person(scene: Scene, who: str) -> int:
    user = scene.people[who]
    assert user is not None
    return user.pk


def _evidence(name: str) -> Callable[[Scene], Bound]:
    def rows(scene: Scene) -> Bound:
        kept = {key.removeprefix("evidence "): row for key, row in scene.things.items() if key.startswith("evidence ")}
        about = scene.hearings if name == "hearing" else scene.dossiers
        return [(state, {"pk": about[state].pk, "key": row.file.key}) for state, row in kept.items()]

    return rows


def _papers(about: str) -> Callable[[Scene], Bound]:
    """The issued papers that hang on a session, under every session and result: a wrong pair must not open."""

    def rows(scene: Scene) -> Bound:
        papers = list(IssuedPaper.objects.order_by("pk"))
        return [
            (state, {"pk": each.pk, "paper": paper.pk, "ending": ending})
            for state, each in getattr(scene, about).items()
            for paper in papers
            for ending in ("pdf", "docx")
            if about != "results" or paper.thing.endswith(f":{each.pk}")
        ]

    return rows


def _office(**more: Any) -> Callable[[Scene], Bound]:
    return lambda scene: [("", {"unit": scene.world.unit.pk, "kind": "minutes"} | more)]


KEY = "00000000-0000-4000-8000-000000000000"  # of no file


def _bindings() -> dict[str, Callable[[Scene], Bound]]:
    dossiers, hearings, sessions, results = of("dossiers"), of("hearings"), of("sessions"), of("results")
    own_subject = one("own")
    rooms: dict[str, dict[str, Callable[[Scene], Bound]]] = {
        "api-1": {
            "openapi-json": plain,
            "api-root": plain,
            "certificate": each(("certificate", lambda scene: {"code": scene.things["certificate"].code})),
        },
        "ui": {"guide": plain},
        "accounts": dict.fromkeys(("sign-in", "demo-sign-in", "sign-out", "me"), plain),
        "audit": {
            **dict.fromkeys(("ledger", "verification", "people", "person-new", "change-password"), plain),
            **dict.fromkeys(
                ("person", "role-new", "account-close", "account-reopen", "password-replace"),
                lambda scene: _user("subject")(scene) + _user("secretary")(scene) + _user("admin")(scene),
            ),
            "role-end": each(("secretary", lambda scene: {"pk": scene.people["secretary"].grants.get().pk})),
            "invitation": each(("", lambda scene: {"who": "abc", "token": "abc-def"})),
        },
        "files": {
            **dict.fromkeys(("uploads", "waiting"), plain),
            **dict.fromkeys(
                ("upload", "upload-preview"), each(("upload", lambda scene: {"key": scene.things["upload"].key}))
            ),
        },
        "paperwork": {
            **dict.fromkeys(("check", "templates", "register"), plain),
            **dict.fromkeys(
                ("check-code", "sign"),
                lambda scene: [(paper.kind, {"code": paper.code}) for paper in IssuedPaper.objects.order_by("pk")],
            ),
            **dict.fromkeys(("kind", "starter", "retire"), _office()),
            **dict.fromkeys(("candidate", "candidate-filled"), _office(key=KEY)),
            **dict.fromkeys(("template", "filled"), _office(version=1)),
        },
        "regime": {
            "working-days": plain,
            "regime": each(("", lambda scene: {"code": "qd26-2026"})),
        },
        "rubric": {"book": plain, "set": each(("", lambda scene: {"regime_code": "qd26-2026", "set_no": 6}))},
        "planning": {
            **dict.fromkeys(("programmes", "programme-new"), plain),
            **dict.fromkeys(
                ("programme", "batch-new"), each(("", lambda scene: {"pk": scene.world.batch.programme_id}))
            ),
            "batch-close": each(("", lambda scene: {"pk": scene.world.batch.pk})),
        },
        "registration": {
            **dict.fromkeys(("subjects", "subject-new"), plain),
            **dict.fromkeys(("subject", "subject-correct", "person-new", "product-new"), own_subject),
            "person-password": each(
                (
                    "own",
                    lambda scene: {
                        "pk": scene.things["own"].pk,
                        "person_pk": _person(scene, "subject"),
                    },
                )
            ),
            "recognition": one("product"),
            "recognition-scan": each(
                (
                    "product",
                    lambda scene: {
                        "pk": scene.things["product"].pk,
                        "key": scene.things["recognition"].scan.key,
                    },
                )
            ),
            "registration": lambda scene: [
                ("registration", {"pk": scene.things["registration"].pk}),
                *((state, {"pk": dossier.registration_id}) for state, dossier in scene.dossiers.items()),
            ],
        },
        "consent": {
            **dict.fromkeys(("consent", "code", "panel"), own_subject),
            **dict.fromkeys(
                ("end", "statement"),
                each(
                    (
                        "own",
                        lambda scene: {
                            "pk": scene.things["own"].pk,
                            "consent_pk": scene.things["consent"].pk,
                        },
                    )
                ),
            ),
        },
        "wallet": {
            **dict.fromkeys(("own", "kind-hint"), plain),
            **dict.fromkeys(("wallet", "panel", "add", "add-many"), own_subject),
            **dict.fromkeys(
                ("paper", "paper-file", "paper-preview", "correct", "renew", "withdraw"),
                each(
                    (
                        "own",
                        lambda scene: {
                            "pk": scene.things["own"].pk,
                            "paper_pk": scene.things["paper"].pk,
                        },
                    )
                ),
            ),
        },
        "interview": {
            **dict.fromkeys(("cards", "ready", "panel"), one("product")),
            **dict.fromkeys(("card", "card-save", "history", "personal"), one("product", code="subject")),
        },
        "ideas": {
            **dict.fromkeys(("list", "new"), plain),
            **dict.fromkeys(
                ("idea", "edit", "send", "link", "step-new", "plan-send", "plan-finish"),
                lambda scene: one("idea")(scene) + one("plan idea")(scene),
            ),
            "paper": one("idea", code="idea", ending="pdf"),
            **dict.fromkeys(
                ("step", "step-remove", "report"),
                each(
                    (
                        "plan idea",
                        lambda scene: {
                            "pk": scene.things["plan idea"].pk,
                            "step_pk": scene.things["plan step"].pk,
                        },
                    )
                ),
            ),
            "photo": one("plan idea", report_pk=1),
        },
        "dossiers": {
            **dict.fromkeys(("boards", "list"), plain),
            "board": each(("", lambda scene: {"pk": scene.world.batch.pk})),
            **dict.fromkeys(("open", "interview-note"), one("registration")),
            "registration-panel": lambda scene: [
                (state, {"pk": dossier.registration_id}) for state, dossier in scene.dossiers.items()
            ],
            **dict.fromkeys(
                (
                    "dossier",
                    "self-assessment",
                    "self-assessment-save",
                    "submit",
                    "evidence",
                    "evidence-from-wallet",
                    "forms",
                    "changes",
                    "changes-save",
                    "asked",
                    "asked-save",
                    "versions",
                    "thread",
                    "read-back",
                    "word-panel",
                    "forecast-panel",
                ),
                dossiers,
            ),
            **dict.fromkeys(
                ("evidence-file", "evidence-cite", "evidence-renew", "evidence-remove"), _evidence("dossier")
            ),
            "form": lambda scene: [
                row for code in ("mau-01", "mau-02", "mau-03", "sheet") for row in both("dossiers", code=code)(scene)
            ],
            **dict.fromkeys(("version", "receipt", "receipt-paper"), of("dossiers", number=1)),
            "side-by-side": of("dossiers", one=1, other=2),
            "thread-file": of("dossiers", key=KEY),
            "read-back-statement": of("dossiers", read=1),
            "paper-uses": one("paper"),
        },
        "coaching": {
            **dict.fromkeys(("way", "dossier-panel"), dossiers),
            **dict.fromkeys(("plans", "steps", "step-new"), plain),
            **dict.fromkeys(("plan", "end"), one("plan")),
            "task": each(
                (
                    "plan",
                    lambda scene: {
                        "pk": scene.things["plan"].pk,
                        "task_pk": scene.things["plan"].tasks.first().pk,
                    },
                )
            ),
            "paper": lambda scene: one("plan", ending="pdf")(scene) + one("plan", ending="docx")(scene),
            **dict.fromkeys(
                ("step", "step-withdraw"), each(("", lambda scene: {"code": scene.things["office step"].code}))
            ),
        },
        "intake": {
            **dict.fromkeys(("worker", "session"), plain),
            **dict.fromkeys(
                ("step", "receive", "dossier-panel", "check", "check-save", "assess", "assess-save", "numbers"),
                dossiers,
            ),
            "slip": both("dossiers", code="local_assessment"),
            "stamped": both("dossiers", form="mau-01"),
            **dict.fromkeys(("photo", "photo-remove"), of("dossiers", key=KEY)),
            "report": both("dossiers", form="mau-03"),
        },
        "samples": {
            **dict.fromkeys(("list", "lacking", "scan"), plain),
            "sample": lambda scene: [
                (state, {"code": sample.code})
                for state in ("scoring", "accepted")
                for sample in scene.dossiers[state].samples.all()[:2]
            ],
            **dict.fromkeys(("dossier", "labels", "dossier-panel", "tests"), dossiers),
            "receipt": one("reception"),
            "receipt-paper": lambda scene: (
                one("reception", ending="pdf")(scene) + one("reception", ending="docx")(scene)
            ),
            **dict.fromkeys(("test", "test-paper"), one("test")),
        },
        "advisory": {
            **dict.fromkeys(("teams", "team-new"), plain),
            **dict.fromkeys(("team", "seat-add", "work"), one("team")),
            "seat-end": each(("team", lambda scene: {"pk": scene.things["team"].seats.first().pk})),
            **dict.fromkeys(
                (
                    "dossier",
                    "dossier-panel",
                    "give",
                    "test",
                    "review",
                    "review-save",
                    "review-again",
                    "survey-plan",
                    "report",
                ),
                dossiers,
            ),
            "take-back": each(
                *(
                    (
                        state,
                        lambda scene, state=state: {
                            "pk": scene.dossiers[state].pk,
                            "key": scene.things[f"assignment {state}"].pk,
                        },
                    )
                    for state in ("scoring", "accepted")
                )
            ),
            **dict.fromkeys(("survey", "survey-save"), of("dossiers", number=1)),
            **dict.fromkeys(("survey-photo", "survey-photo-remove"), of("dossiers", number=1, key=KEY)),
            "paper": both("dossiers", version=1),
        },
        "council": {
            **dict.fromkeys(("councils", "council-new", "results"), plain),
            **dict.fromkeys(
                ("council", "amend", "bylaws-new", "session-new", "calibrations"),
                lambda scene: [(state, {"pk": session.council_id}) for state, session in scene.sessions.items()],
            ),
            **dict.fromkeys(
                (
                    "session",
                    "doors",
                    "readers",
                    "invitations",
                    "attendance",
                    "sign-in",
                    "put-before",
                    "minutes",
                    "pack",
                    "pack-list",
                    "screen",
                    "on-table",
                    "pulse",
                    "ballots",
                    "tasting",
                    "fairness",
                    "papers",
                    "publish",
                ),
                sessions,
            ),
            "pack-page": lambda scene: [row for page in (1, 2, 3) for row in of("sessions", page=page)(scene)],
            **dict.fromkeys(
                ("invitation-draft",),
                lambda scene: [
                    (state, {"pk": session.pk, "seat": seat.pk})
                    for state, session in scene.sessions.items()
                    for seat in session.council.seats.order_by("pk")[2:4]
                ],
            ),
            "invitation-paper": lambda scene: [
                (state, {"pk": session.pk, "seat": seat.pk, "ending": ending})
                for state, session in scene.sessions.items()
                for seat in session.council.seats.order_by("pk")[2:4]
                for ending in ("pdf", "docx")
            ],
            **dict.fromkeys(
                (
                    "reader-change",
                    "hearing",
                    "door",
                    "sheet",
                    "sheet-save",
                    "sheet-submit",
                    "reopen",
                    "finding",
                    "close",
                    "discussion",
                    "begin-discussion",
                    "revise",
                    "end-discussion",
                    "escalate",
                    "sheets-paper",
                ),
                hearings,
            ),
            "evidence-file": _evidence("hearing with file"),
            **dict.fromkeys(("letter", "letter-paper", "forward", "forward-paper", "package", "answer"), results),
            "result-paper": _papers("results"),
            "dossier-panel": dossiers,
            **dict.fromkeys(("tasting-off", "tasting-pour", "tasting-labels"), one("tasting")),
            **dict.fromkeys(
                ("tasting-cup", "tasting-cup-save", "tasting-cup-submit"),
                lambda scene: [
                    (f"cup {cup.hearing_id}", {"pk": cup.pk}) for cup in scene.things["tasting"].cups.order_by("pk")
                ],
            ),
            "paper-issue": lambda scene: [row for kind in KINDS for row in of("sessions", kind=kind)(scene)],
            "paper-draft": lambda scene: [row for kind in KINDS for row in both("sessions", kind=kind)(scene)],
            "paper-file": _papers("sessions"),
            "paper-sign": lambda scene: [
                (state, {"pk": session.pk, "paper": paper.pk})
                for state, session in scene.sessions.items()
                for paper in IssuedPaper.objects.order_by("pk")[:1]
            ],
            **dict.fromkeys(("calibration", "calibration-end"), one("calibration")),
            **dict.fromkeys(("calibration-case", "calibration-case-save", "calibration-case-submit"), one("case")),
        },
        "certificates": {
            **dict.fromkeys(("register", "decisions"), plain),
            "prepare": each(("", lambda scene: {"batch_pk": scene.world.batch.pk})),
            "enter-higher": lambda scene: [(state, {"result_pk": row.pk}) for state, row in scene.results.items()],
            **dict.fromkeys(
                ("decision", "decision-paper", "decision-word", "issue-draft", "sign", "discard"),
                lambda scene: one("decision")(scene) + one("draft decision")(scene),
            ),
            "draft-issued": one("draft decision", paper=1, ending="pdf"),
            **dict.fromkeys(("certificate", "certificate-paper"), one("certificate")),
            "dossier-panel": lambda scene: [
                (state, {"dossier_pk": dossier.pk}) for state, dossier in scene.dossiers.items()
            ],
        },
        "appeals": {
            "list": plain,
            **dict.fromkeys(
                ("appeal", "advise"), lambda scene: one("appeal appealed")(scene) + one("appeal granted")(scene)
            ),
            "file": each(
                (
                    "appealed",
                    lambda scene: {
                        "pk": scene.things["appeal appealed"].pk,
                        "key": scene.things["appeal appealed"].files.get().file.key,
                    },
                )
            ),
            "answer-paper": lambda scene: (
                one("appeal granted", ending="pdf")(scene) + one("appeal granted", ending="docx")(scene)
            ),
            **dict.fromkeys(("dossier", "dossier-panel"), dossiers),
        },
        "catalogue": {
            **dict.fromkeys(("home", "check", "track"), plain),
            "check-certificate": each(("certificate", lambda scene: {"code": scene.things["certificate"].code})),
            "track-dossier": lambda scene: [
                (state, {"code": dossier.tracking_code})
                for state, dossier in scene.dossiers.items()
                if dossier.tracking_code
            ],
        },
        "desk": {"today": plain, "search": plain},
    }
    return {f"{room}:{name}": bind for room, bound in rooms.items() for name, bind in bound.items()}


# The papers of a session that its office drafts and issues.
KINDS = ("minutes", "attendance", "council_report", "submission_letter", "draft_decision", "score_sheet", "handover")
