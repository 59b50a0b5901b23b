"""What stands inside the sealed fields of tips and their lines."""

from typing import Any

from sqlalchemy import Row

from bot.domain.areas import AreaId
from bot.domain.media_json import media_from_json, media_to_json
from bot.domain.notes import NoteId
from bot.domain.organisations import OrganisationId
from bot.domain.people import PersonId
from bot.domain.refs_json import ref_from_json, ref_to_json
from bot.domain.reports import ReportId
from bot.domain.richtext_json import Json
from bot.domain.tips import Tip, TipLine, TipLineId, TipNumber, TipState
from bot.storage.sealing import text_from_json, text_to_json

TIP_KEY = "tip:"


def tip_to_json(tip: Tip) -> Json:
    """Write what of a tip is for its two sides alone."""
    return {
        "tipster": tip.tipster,
        "name": tip.name,
        "text": text_to_json(tip.text),
        "media": media_to_json(tip.media),
        "area": tip.area,
        "about": tip.about,
        "turn": tip.turn,
        "offered_to": tip.offered_to,
        "receipt": tip.receipt,
        "shown": tip.is_shown,
        "read": tip.is_read,
    }


def tip_from_json(row: Row[Any], content: Json) -> Tip | None:
    """Read a tip; None if its key was destroyed."""
    match content:
        case {
            "tipster": str(tipster), "text": text, "media": media, "turn": int(turn), **more,
        }:  # fmt: skip
            name, area, about = more.get("name"), more.get("area"), more.get("about")
            offered, receipt = more.get("offered_to"), more.get("receipt")
            return Tip(
                number=TipNumber(row.number),
                organisation=OrganisationId(row.organisation),
                tipster=PersonId(tipster),
                name=name if isinstance(name, str) else None,
                text=text_from_json(text),
                media=media_from_json(media),
                area=AreaId(area) if isinstance(area, str) else None,
                about=ReportId(about) if isinstance(about, str) else None,
                state=TipState(row.state),
                sent_at=row.sent_at,
                touched_at=row.touched_at,
                arrived_at=row.arrived_at,
                closed_at=row.closed_at,
                turn=turn,
                offered_to=OrganisationId(offered) if isinstance(offered, str) else None,
                receipt=NoteId(receipt) if isinstance(receipt, str) else None,
                is_shown=more.get("shown") is not False,
                is_read=more.get("read") is True,
                key=row.key_owner.removeprefix(TIP_KEY),
            )
        case _:
            return None


def line_to_json(line: TipLine) -> Json:
    """Write what of a line is for the two sides alone."""
    return {
        "writer": line.writer,
        "origin": ref_to_json(line.origin),
        "text": text_to_json(line.text),
        "media": media_to_json(line.media),
        "note": line.note,
    }


def line_from_json(row: Row[Any], content: Json) -> TipLine | None:
    """Read a line; None if its tip's key was destroyed."""
    match content:
        case {"writer": str(writer), "origin": origin, "text": text, "media": media, **more}:
            note = more.get("note")
            return TipLine(
                id=TipLineId(row.id),
                tip=TipNumber(row.tip),
                is_desks=row.is_desks,
                writer=PersonId(writer),
                origin=ref_from_json(origin),
                text=text_from_json(text),
                media=media_from_json(media),
                note=NoteId(note) if isinstance(note, str) else None,
                at=row.at,
            )
        case _:
            return None
