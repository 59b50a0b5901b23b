"""Selecting a report and all whose links lead to it, over however many others."""

from sqlalchemy import String, bindparam, select

from bot.storage.reports_tables import REPORTS

_ROOT = select(bindparam("report", type_=String).label("id")).cte(recursive=True)
# UNION, not UNION ALL: it ends even if links ever went in a ring.
FAMILY = _ROOT.union(select(REPORTS.c.id).where(REPORTS.c.duplicate_of == _ROOT.c.id))
LINKED = select(FAMILY.c.id).where(FAMILY.c.id != bindparam("report"))
