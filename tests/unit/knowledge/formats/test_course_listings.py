"""Cross-listings: one course of many listings, its home, its sections, its discussions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from written import course, read, section

from knowledge.formats.listings import lectures, merge_listings, split_title
from knowledge.formats.records import CourseRecord
from knowledge.model.codes import CourseCode


def _listing(subject: str, offer: int, organization: str, *sections: str) -> str:
    said = {"offerNumber": str(offer), "academicOrganization": organization}
    return course(said, subject=subject, sections="".join(sections))


def test_listings_of_a_course_become_one_with_all_codes() -> None:
    listings = read(
        _listing("MATH", 2, "ALG", section()),
        _listing("ALG", 1, "ALG", section()),
        _listing("CS", 3, "ALG", section(classId="4712", subject="CS")),
    )
    (merged,) = merge_listings(listings)
    assert [str(code) for code in merged.codes] == ["ALG210B", "MATH210B", "CS210B"]
    assert [s.class_id for s in merged.sections] == [4711, 4712]
    assert merged.code == CourseCode("ALG", 210, "B")


def test_the_lowest_offer_is_at_home_when_no_subject_is_the_owner() -> None:
    listings = read(_listing("MATH", 2, "ALGEBRA"), _listing("LOGIC", 1, "ALGEBRA"))
    (merged,) = merge_listings(listings)
    assert merged.code.subject == "LOGIC"


def test_the_same_course_of_two_years_stays_two() -> None:
    assert len(merge_listings(read(course(), course(year="2020-2021")))) == 2


def test_listings_that_say_different_things_are_odd() -> None:
    (merged,) = merge_listings(read(course(), course(subject="CS", title="Rings")))
    assert "listings-differ" in merged.oddities


@given(st.permutations(range(4)))
def test_the_order_of_the_listings_does_not_matter(order: list[int]) -> None:
    found: list[CourseRecord] = read(
        _listing("ALG", 1, "ALG", section()),
        _listing("MATH", 2, "ALG", section(classId="4712")),
        _listing("CS", 3, "ALG"),
        _listing("EE", 4, "ALG", section()),
    )
    (merged,) = merge_listings(found[i] for i in order)
    (usual,) = merge_listings(found)
    assert merged.codes == usual.codes
    assert {s.key for s in merged.sections} == {s.key for s in usual.sections}


def test_titles_lose_their_listings_and_keep_other_parentheses() -> None:
    codes = (CourseCode("LINGUIST", 284), CourseCode("MS&E", 231, "N"))
    assert split_title("Speech (LINGUIST 284, MS&E 231N)") == ("Speech", codes)
    for title in ("Speech (accelerated)", "(CS 100)", "War (1914-18)", "Algebra II"):
        assert split_title(title) == (title, ())


def test_a_discussion_belongs_to_the_only_lecture_of_its_term() -> None:
    discussion = section(classId="4800", component="DIS")
    (one,) = read(course(sections=section() + discussion))
    assert lectures(one) == {(1204, 4800): 4711}
    (two,) = read(course(sections=section() + section(classId="4712") + discussion))
    assert lectures(two) == {}
    (other,) = read(course(sections=section(term="2019-2020 Spring", termId="1206") + discussion))
    assert lectures(other) == {}
