"""What becomes of areas when the map is made anew."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from bot.domain.areas import Area, AreaId, AreaKind, AreaMap
from bot.domain.known_areas import changes_since, instead_of, known

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SLUGS = tuple("abcdef")


def an_area(slug: str, column: int, code: str | None, parent: str | None = None) -> Area:
    """A square in its own column."""
    return Area(
        id=AreaId(slug),
        name=slug.title(),
        kind=AreaKind.NEIGHBOURHOOD,
        parent=AreaId(parent) if parent else None,
        border=box(column, 0, column + 0.9, 1),
        code=code,
    )


@st.composite
def maps(draw: st.DrawFn) -> AreaMap:
    """Up to six areas; where they lie, and which code they have, is dealt anew each time."""
    number = draw(st.integers(1, len(SLUGS)))
    slugs = draw(st.permutations(SLUGS))[:number]
    columns = draw(st.permutations(range(len(SLUGS))))
    codes = draw(st.permutations(range(len(SLUGS))))
    coded = draw(st.lists(st.booleans(), min_size=number, max_size=number))
    return AreaMap(
        an_area(slug, column, str(code) if has_code else None)
        for slug, column, code, has_code in zip(slugs, columns, codes, coded, strict=False)
    )


@given(maps(), maps())
def test_each_area_is_found_again_or_gone_and_none_becomes_two(before: AreaMap, after: AreaMap):
    """What is gone takes nobody's slug, and what has a code follows it."""
    remembered = [known(area) for area in before]
    changes = changes_since(remembered, after, NOW)
    gone = {one.identity: one for one in changes.gone}
    identities = {area.identity: area for area in after}

    assert all(after.get(one.id) is None for one in changes.gone)
    assert len({one.id for one in changes.gone}) == len(changes.gone)
    for one in remembered:
        slug = changes.renamed.get(one.id, one.id)
        if one.identity in identities:
            assert slug == identities[one.identity].id
            assert one.identity not in gone
        elif one.identity in gone:
            assert slug == gone[one.identity].id
        else:
            assert after.get(slug) is not None
            assert slug == one.id


@given(maps())
def test_same_map_changes_nothing(areas: AreaMap):
    """At every start but the one after an import."""
    changes = changes_since([known(area) for area in areas], areas, NOW)

    assert changes.renamed == {}
    assert changes.gone == ()


@given(maps(), maps())
def test_map_of_before_brings_everything_back(before: AreaMap, after: AreaMap):
    """An import that is undone leaves nobody behind."""
    remembered = [known(area) for area in before]
    changes = changes_since(remembered, after, NOW)
    kept = {one.identity: one for one in changes.gone}
    again = changes_since([*kept.values()], before, NOW)

    assert again.gone == ()
    assert {again.renamed.get(one.id, one.id) for one in kept.values()} == {
        before_area.id for before_area in before if before_area.identity in kept
    }


def test_what_lay_around_is_offered_first():
    """Then what is there now, then what is near; each once."""
    around = an_area("stad", 0, "1")
    gone = known(an_area("kvarter", 0, "2", parent="stad"))
    beside = replace(an_area("grannen", 1, "3"), border=box(0.5, 0, 1, 1))

    assert instead_of(gone, AreaMap([beside, around])) == [around, beside]
