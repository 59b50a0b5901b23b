"""What `make test` demands of the core is demanded in fact."""

from tests.branches import CORE, Measured, gaps_in, unseen

WHOLE: Measured = {"missing_lines": [], "missing_branches": []}


def test_core_that_is_taken_whole_has_no_gaps():
    """Nothing to say is nothing said."""
    files = {f"{package}/rules.py": WHOLE for package in CORE}

    assert [*gaps_in(files), *unseen(files)] == []


def test_line_and_branch_that_no_test_takes_are_named():
    """With file and line; a branch into a line that is missed anyway is not told twice."""
    gaps = gaps_in(
        {
            "bot/domain/b.py": {"missing_lines": [], "missing_branches": [[3, 5], [7, -1]]},
            "bot/domain/a.py": {"missing_lines": [12, 9], "missing_branches": [[8, 9], [12, 14]]},
        }
    )

    assert list(gaps) == [
        "bot/domain/a.py:9",
        "bot/domain/a.py:12",
        "bot/domain/b.py:3 (to line 5)",
        "bot/domain/b.py:7 (to the end)",
    ]


def test_package_of_which_nothing_was_measured_is_named():
    """Else a rename would switch the demand off."""
    assert list(unseen({"bot/domain/a.py": WHOLE, "bot/outbox/b.py": WHOLE})) == [
        "bot/dispatch: no file of it was measured"
    ]
