"""Answers at the edges, as the tables need them; the day is in the programme of 2024."""

from datetime import date

DAY = date(2024, 9, 16)
YEAR_AGO, NOT_A_YEAR = date(2023, 9, 16), date(2023, 9, 17)
HALF_A_YEAR, NOT_HALF = date(2024, 3, 16), date(2024, 3, 17)
THREE_YEARS, NOT_THREE = date(2021, 9, 16), date(2021, 9, 17)


def labour(here: int) -> dict:
    return {"workers": 10_000, "workers_district": here}


def grown(here: int) -> dict:
    return {"source_total": 10_000, "source_commune": here}


def materials(here: int) -> dict:
    return {"source_total": 10_000, "source_province": here}


def sold(by_contract: int, since: date = date(2024, 9, 1)) -> dict:
    return {"sales_total": 10_000, "sales_contracted": by_contract, "contract_since": since}


def bought(by_contract: int, since: date = date(2024, 9, 1)) -> dict:
    return {"source_total": 10_000, "source_contracted": by_contract, "contract_since": since}


def company(form: str, **more) -> dict:
    return {"legal_form": form, **more}


def profits(last: int, before: int, earlier: int, form: str = "household") -> dict:
    return {"legal_form": form, "profit.last": last, "profit.before": before, "profit.earlier": earlier}


def rank(word: str) -> dict:
    return {"legal_form": "cooperative", "cooperative_rank": word}


def market(reach: str, outlets: int = 0, *, abroad: bool = False, since: date | None = None) -> dict:
    facts = {"market_reach": reach, "outlets_district": outlets, "export_agreed": abroad}
    return {**facts, "modern_channel_contract": since is not None, **({"modern_channel_since": since} if since else {})}


def promoted(times: int, web: str, fairs: str) -> dict:
    return {"promotions": times, "web_presence": web, "fairs_reach": fairs}


def told(story: str, *, leaflet=False, label=False, online=False, clip=False, product_leaflet=False) -> dict:
    facts = {"story": story, "product_leaflet": product_leaflet, "label_story": label}
    return {**facts, "story_leaflet": leaflet, "story_online": online, "story_web": clip}


def label(complete: bool, story: bool, traced: bool) -> dict:
    return {"label_complete": complete, "label_story": story, "traceability": traced}


def brand(origin: bool, protected: bool, used: bool = False) -> dict:
    return {"origin_sign": origin, "protected_local": protected, **({"protected_sign": used} if origin else {})}


def quality(traced: bool = False, export: bool = False) -> dict:
    return {"traceability": traced, "export_papers": export}
