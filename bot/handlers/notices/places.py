"""Where the sender may announce: areas and groups, by name and on buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.announcing import Speaker, may_name, speakers_for
from bot.domain.areas import Area, slug_of
from bot.domain.groups import Group, GroupId
from bot.domain.notice_drafts import NoticeDraft
from bot.errors import NotPermitted
from bot.ports.features import Context
from bot.whereabouts import area_meant, own_areas

MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that is no area's and no group's, for this sender."""

    name: str


async def with_places(
    draft: NoticeDraft, names: Sequence[str], ctx: Context, feature: str
) -> NoticeDraft | Unknown:
    """Add the areas and groups of these names; one that is unknown is returned instead.

    Raises:
        NotPermitted: The sender may not announce there.
    """
    for name in names:
        group = await group_called(name, ctx)
        area = None if group else await area_meant(name, ctx, feature)
        if group is not None:
            draft = _with_group(draft, group)
        elif area is not None:
            draft = with_area(draft, area, ctx)
        else:
            return Unknown(name)
    return draft


def with_area(draft: NoticeDraft, area: Area, ctx: Context) -> NoticeDraft:
    """Add an area.

    Raises:
        NotPermitted: The sender may not announce there.
    """
    if not speakers_for(ctx.sender, [ctx.chain(area.id)], ctx.now):
        raise NotPermitted("notice-outside", area=area.name)
    return replace(draft, areas=tuple(dict.fromkeys((*draft.areas, area.id))))


def _with_group(draft: NoticeDraft, group: Group) -> NoticeDraft:
    return replace(draft, groups=tuple(dict.fromkeys((*draft.groups, group.id))))


async def exactly(name: str, ctx: Context) -> bool:
    """Whether a name is surely that of an area or of a group, letter by letter."""
    return ctx.areas.get(slug_of(name)) is not None or await group_called(name, ctx) is not None


async def group_called(name: str, ctx: Context) -> Group | None:
    """Return a group by name or slug; None also for one whose name the sender may not use."""
    takes_part_in = await ctx.uow.groups.written_in_by(ctx.sender.id)
    for own in takes_part_in:
        if name.casefold() in {own.id, own.name.casefold()}:
            return own if await may_send_to(own, ctx) else None
    group = await ctx.uow.groups.get(GroupId(slug_of(name)))
    return group if group is not None and await may_send_to(group, ctx) else None


async def may_send_to(group: Group, ctx: Context, by: Speaker | None = None) -> bool:
    """Whether the sender may send to a group by name; as any speaker if none is given."""
    takes_part = group.id in {g.id for g in await ctx.uow.groups.written_in_by(ctx.sender.id)}
    speakers = speakers_for(ctx.sender, [ctx.chain(group.area)], ctx.now)
    return any(
        may_name(group, speaker, takes_part=takes_part)
        for speaker in speakers
        if by is None or speaker == by
    )


async def speakers_of(draft: NoticeDraft, ctx: Context) -> Sequence[Speaker]:
    """Return in whose name the sender may send a draft to all that it names."""
    groups = [await ctx.uow.groups.get(group) for group in draft.groups]
    chains = [ctx.chain(area) for area in draft.areas]
    chains += [ctx.chain(group.area) for group in groups if group]
    found = speakers_for(ctx.sender, chains, ctx.now)
    return [
        speaker
        for speaker in found
        if all([await may_send_to(group, ctx, speaker) for group in groups if group])
    ]


async def still_there(draft: NoticeDraft, ctx: Context) -> NoticeDraft:
    """Return a draft without the areas and groups that are no more."""
    areas = tuple(area for area in draft.areas if ctx.areas.get(area) is not None)
    groups = tuple([g for g in draft.groups if await ctx.uow.groups.get(g) is not None])
    return replace(draft, areas=areas, groups=groups)


async def offered_areas(ctx: Context) -> Sequence[Area]:
    """Return areas to choose from: what the sender's organisations look after, then the own."""
    covered = [area for grant in ctx.sender.grants for area in sorted(grant.areas)]
    known = [found for slug in [*covered, *await own_areas(ctx)] if (found := ctx.areas.get(slug))]
    return [
        area
        for area in dict.fromkeys(known)
        if speakers_for(ctx.sender, [ctx.chain(area.id)], ctx.now)
    ][:MOST_OFFERED]


async def offered_groups(ctx: Context) -> Sequence[Group]:
    """Return groups to choose from: the sender's own, and those of the areas that are offered."""
    near = [area.id for area in await offered_areas(ctx)]
    own = await ctx.uow.groups.written_in_by(ctx.sender.id)
    around = await ctx.uow.groups.looking_after(near)
    found = {group.id: group for group in (*own, *around)}.values()
    return [group for group in found if await may_send_to(group, ctx)][:MOST_OFFERED]


def require_some_speaker(ctx: Context) -> None:
    """Let pass whoever may announce somewhere.

    Raises:
        NotPermitted: The sender may nowhere.
    """
    if not speakers_for(ctx.sender, [], ctx.now):
        raise NotPermitted("report-may-not-announce")


def chosen(draft: NoticeDraft, speakers: Sequence[Speaker]) -> Speaker:
    """Return who speaks: whom the draft names, or else the first who may.

    Raises:
        NotPermitted: Nobody of the sender's may announce in all of its places.
    """
    for speaker in speakers:
        if draft.speaker in {None, speaker.key}:
            return speaker
    raise NotPermitted("notice-no-speaker")
