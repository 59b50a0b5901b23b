"""Values and strategies that several tables want."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from bot.domain.areas import AreaId
from bot.domain.groups import Access, Group, GroupId, GroupKind, Reach
from bot.domain.kinds import Kind
from bot.domain.messages import MediaKind, Platform, RoomRef
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Grant, LanguageSource, Person, PersonId, Role
from bot.domain.reports import Byline, Priority, Report, ReportId
from bot.domain.richtext import (
    Bullets,
    CodeBlock,
    Link,
    Node,
    Quote,
    RichText,
    Style,
    Styled,
    Text,
    rich,
)
from bot.domain.richtext_json import Json

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ALBY, BOTKYRKA, GAMLA_STAN = AreaId("albyberget"), AreaId("botkyrka"), AreaId("gamla-stan")
CHAIN = (ALBY, BOTKYRKA, AreaId("stockholms-lan"))


def a_report(**changes: object) -> Report:
    """An open red report from Albyberget, filed now."""
    report = Report(
        id=ReportId("7K3"),
        area=ALBY,
        group=GroupId("alby-grannar"),
        reach=Reach.AREA,
        kind=Kind.FIRE,
        priority=Priority.RED,
        text=rich("rök ur ett fönster"),
        author=PersonId("anna"),
        byline=Byline(alias=1),
        created_at=NOW,
        touched_at=NOW,
    )
    return replace(report, **changes)  # type: ignore[arg-type]  # named fields of Report


def a_person(*grants: Grant, **changes: object) -> Person:
    """Somebody who writes Swedish and has agreed to nothing."""
    person = Person(
        id=PersonId("anna"),
        language="sv",
        language_source=LanguageSource.DEFAULT,
        grants=grants,
    )
    return replace(person, **changes)  # type: ignore[arg-type]  # named fields of Person


def a_group(slug: str, **changes: object) -> Group:
    """An open group of Albyberget with one Telegram room of its own."""
    group = Group(
        id=GroupId(slug),
        name=slug,
        kind=GroupKind.NEIGHBOURHOOD,
        area=ALBY,
        access=Access.OPEN,
        reports_reach=Reach.AREA,
        purpose="Vi håller ögonen öppna",
        controller="Alby grannförening",
        languages=("sv",),
        rooms=(RoomRef(Platform.TELEGRAM, slug),),
    )
    return replace(group, **changes)  # type: ignore[arg-type]  # named fields of Group


def an_organisation(slug: str, **changes: object) -> Organisation:
    """A police force that looks after everything, with one desk room."""
    organisation = Organisation(
        id=OrganisationId(slug),
        name=slug,
        role=Role.POLICE,
        areas=frozenset(),
        mail_domains=(),
        desk_rooms=(RoomRef(Platform.MATRIX, f"!{slug}:hem.se"),),
    )
    return replace(organisation, **changes)  # type: ignore[arg-type]  # named fields


texts = st.text(st.characters(codec="utf-8"), max_size=12)
mostly_words = st.one_of(texts, st.sampled_from(["", " ", "\n", "/red", "rök ", " ur", "🔴"]))


def _branches(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(children, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Styled, st.sampled_from(Style), several),
        st.builds(Link, st.just("https://alby.se"), several),
        st.builds(Quote, several),
        st.builds(Bullets, st.lists(several, max_size=3).map(tuple), st.booleans()),
    )


leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Text, mostly_words), st.builds(CodeBlock, mostly_words, st.sampled_from(["", "py"]))
)
nodes: st.SearchStrategy[Node] = st.recursive(leaves, _branches, max_leaves=8)
trees = st.lists(nodes, max_size=4).map(lambda found: RichText(tuple(found)))

json_leaves: st.SearchStrategy[Json] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)
)
json_values: st.SearchStrategy[Json] = st.recursive(
    json_leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def json_objects(*keys: str) -> st.SearchStrategy[Json]:
    """Objects that look almost right: the keys that count, with anything under them."""
    inner = st.one_of(json_leaves, st.lists(json_leaves, max_size=2))
    return st.dictionaries(st.sampled_from(keys), inner, max_size=len(keys)).map(dict)


media_kinds = st.sampled_from(MediaKind)
