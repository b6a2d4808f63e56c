"""The rankers that are compared, each from a text to home codes, best first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.search_evaluation.pipeline import Reader
from bot.search_evaluation.scores import DEPTH
from knowledge.catalogue.fusion import Fusion
from knowledge.catalogue.index import CatalogueIndex
from knowledge.catalogue.query import CourseQuery
from knowledge.catalogue.search import search
from knowledge.catalogue.titles import meant, suggestions

WORDS = Fusion(meaning=0.0, coverage=0.0, mends=False)
MEANING = Fusion(meaning=1.0, near=-1.0, share=-1.0, mends=False)
System = Callable[[str], list[str]]


def systems(index: CatalogueIndex, reader: Reader) -> dict[str, System]:
    """Fused as served; BM25 and embeddings alone, behind the same filters and on the raw text."""
    return {
        "fused": lambda text: fused(index, reader, text),
        "bm25": lambda text: alone(index, reader, text, WORDS),
        "embeddings": lambda text: alone(index, reader, text, MEANING),
        "bm25, raw text": lambda text: raw(index, text, WORDS),
        "embeddings, raw text": lambda text: raw(index, text, MEANING),
    }


def fused(index: CatalogueIndex, reader: Reader, text: str, fusion: Fusion = Fusion()) -> list[str]:  # noqa: B008 - frozen
    """What is served: the first attempt that finds something; codes by themselves."""
    snapshot = index.current()
    if named := reader.codes(text):
        known = [snapshot.by_code[code] for code in named if code in snapshot.by_code]
        near = known or [course for code in named for course in suggestions(snapshot, code)]
        return [str(course.code) for course in near]
    return _first(index, reader, text, fusion)


def alone(index: CatalogueIndex, reader: Reader, text: str, fusion: Fusion) -> list[str]:
    """One ranker behind the filters; whatever it has any sign of may be found."""
    snapshot = index.current()
    known = [code for code in reader.codes(text) if code in snapshot.by_code]
    if known:
        return [str(snapshot.by_code[code].code) for code in known]
    return _first(index, reader, text, fusion, words_needed=0.0)


def raw(index: CatalogueIndex, text: str, fusion: Fusion) -> list[str]:
    """One ranker on the text as it is, without any filter."""
    query = CourseQuery(text=text, words_needed=0.0, limit=DEPTH)
    return _codes(index, query, fusion)


def _first(
    index: CatalogueIndex,
    reader: Reader,
    text: str,
    fusion: Fusion,
    words_needed: float | None = None,
) -> list[str]:
    for query in reader.queries(text, DEPTH):
        asked = query if words_needed is None else replace(query, words_needed=words_needed)
        if fusion.mends:
            asked = meant(index.current(), asked)
        if found := _codes(index, asked, fusion):
            return found
    return []


def _codes(index: CatalogueIndex, query: CourseQuery, fusion: Fusion) -> list[str]:
    return [str(hit.course.code) for hit in search(index, query, fusion).hits]
