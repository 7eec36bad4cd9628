"""The assessment of a submission: what the subject states on each content, what the officers noted so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from ocop.accounts.models import User
from ocop.consent.models import Consent
from ocop.core.search import fold
from ocop.dossiers.models import Dossier, Submission
from ocop.dossiers.queries import criteria_of
from ocop.intake.models import FieldNote, FieldPhoto, LocalPapers
from ocop.intake.rules import speaks_of
from ocop.interview.queries import printed_values
from ocop.regime.forms import known_values
from ocop.regime.rules import IntakeStep
from ocop.rubric.queries import fact_catalogue


class Claim(NamedTuple):
    """What the subject claims for a criterion, without points: the option's words, its explanation, the cited files."""

    code: str
    name: str
    option: str
    explanation: str
    evidence: tuple[str, ...]


class Statement(NamedTuple):
    """The subject's statement on one content, as it was handed in."""

    content: str
    answers: tuple[tuple[str, str], ...]
    claims: tuple[Claim, ...]

    @property
    def evidence(self) -> list[str]:
        """The titles of the evidence cited for its claims, each once."""
        return list(dict.fromkeys(title for claim in self.claims for title in claim.evidence))

    @property
    def words(self) -> str:
        """The statement in sentences, as the report quotes it: what was said in the same words is said once."""
        said = [_labelled(label, text) for label, text in self.answers]
        told = {text.rstrip(".") for _, text in self.answers}
        for claim in self.claims:
            said += [f"{claim.name}: {claim.option}"] if claim.option else []
            explained = claim.explanation.rstrip(".")
            if explained and explained not in told:
                said.append(explained if claim.option else f"{claim.name}: {explained}")
            told.add(explained)
        return " ".join(dict.fromkeys(f"{text.rstrip('.')}." for text in said))


def statements_of(dossier: Dossier, submission: Submission, step: IntakeStep) -> dict[str, Statement]:
    """For each content of the step, what the frozen submission says of it; points and stars are left out."""
    frozen: Mapping[str, Any] = submission.content
    criteria = criteria_of(dossier).criteria.values()
    told = printed_values(frozen.get("answers", {}), None)
    found = {}
    for content in step.contents:
        claims = []
        for criterion in criteria:
            if not speaks_of(content, criterion):
                continue
            place = frozen["choices"].get(criterion.code)
            claims.append(
                Claim(
                    code=criterion.code,
                    name=criterion.name,
                    option=criterion.options[place - 1].label if place else "",
                    explanation=frozen["explanations"].get(criterion.code, ""),
                    evidence=tuple(item["title"] for item in frozen["evidence"] if criterion.code in item["cites"]),
                )
            )
        answers = [(known_values()[f"answer.{code}"].words, f"answer.{code}") for code in content.questions]
        answers += [(_capital(fact_catalogue()[code].about), f"answer.{code}") for code in content.facts]
        found[content.code] = Statement(
            content.code,
            tuple((label, str(told[name])) for label, name in answers if told.get(name)),
            tuple(claims),
        )
    return found


def _labelled(label: str, text: str) -> str:
    """The answer after its label, unless it begins with the label's words itself."""
    return _capital(text) if fold(text).startswith(fold(label)) else f"{label}: {text}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def notes_of(submission: Submission) -> dict[str, FieldNote]:
    """The newest note on each content."""
    newer = FieldNote.objects.filter(
        submission=OuterRef("submission"), content=OuterRef("content"), revision__gt=OuterRef("revision")
    )
    rows = submission.field_notes.filter(~Exists(newer)).select_related("by")
    return {note.content: note for note in rows}


def last_note(submission: Submission, content: str) -> FieldNote | None:
    """The newest note on one content, or None."""
    return submission.field_notes.filter(content=content).select_related("by").order_by("-revision").first()


def shown_photos(submission: Submission) -> QuerySet[FieldPhoto]:
    """The photos that were not taken out again, with their files."""
    return submission.field_photos.filter(removed_at__isnull=True).select_related("file", "by")


def photos_of(submission: Submission) -> dict[str, list[FieldPhoto]]:
    """The photos of each content, oldest first."""
    found: dict[str, list[FieldPhoto]] = {}
    for photo in shown_photos(submission):
        found.setdefault(photo.content, []).append(photo)
    return found


def local_papers_of(dossier: Dossier) -> LocalPapers | None:
    """The newest numbers, day and signer of the commune's papers, or None."""
    return dossier.local_papers.order_by("-pk").first()


def helped_with(user: User, dossier: Dossier) -> bool:
    """Whether the person ever had the subject's consent to type for it: said openly where the same person assesses."""
    return Consent.objects.filter(helper=user, subject=dossier.registration.product.subject).exists()
