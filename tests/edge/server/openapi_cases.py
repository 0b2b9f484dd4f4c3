"""Requests that fit a description and such that do not: systematic ones, each a little different; then drawn ones."""

import random
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, TypeAlias

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core import NotSet
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.coverage._operation import iter_coverage_cases

AnyCase: TypeAlias = schemathesis.Case[Any]
AnyOperation: TypeAlias = schemathesis.APIOperation[Any, Any, Any, Any]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
TRACE, KEY = "madoguchi-trace", "madoguchi-key"
_NOT_OURS = frozenset({"Content-Type"})
"""A request's own statement of its type is not looked at: what it holds is."""


def systematic(operation: AnyOperation) -> list[AnyCase]:
    """Every boundary, type, missing and unknown field of the description, in the library's own fixed order."""
    config = operation.schema.config.generation_for(operation=operation, phase="coverage")
    found = iter_coverage_cases(
        operation=operation,
        generation_modes=MODES,
        generate_duplicate_query_parameters=False,
        unexpected_methods=set(),
        generation_config=config,
    )
    return [case for case in found if not _NOT_OURS & set(case.headers or ())]


def chosen(cases: Sequence[AnyCase], wanted: int) -> list[AnyCase]:
    """``wanted`` of them, spread over all; where there are fewer, each body goes with each header that fits besides."""
    if len(cases) >= wanted:
        return [cases[at * len(cases) // wanted] for at in range(wanted)]
    fitting = [case for case in cases if _fits(case, ParameterLocation.HEADER)]
    headers = {(case.headers[TRACE], case.headers[KEY]): case.headers for case in fitting}
    more = list(product(cases, list(headers.values())[1:]))
    random.Random(cases[0].path).shuffle(more)
    return [*cases, *(_with(case, given) for case, given in more if _fits(case, ParameterLocation.HEADER))][:wanted]


_AUTHORIZATION = "Authorization"
"""Without it, where it is asked for, the library takes a case that fits for one that does not."""


def drawn(operation: AnyOperation, wanted: int) -> Iterator[AnyCase]:
    """Drawn at random, the same in every run; half or fewer do not fit, and of those the body does not."""
    strategy = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in MODES))
    found: list[AnyCase] = []

    @settings(
        max_examples=wanted,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(strategy)
    def draw(case: AnyCase) -> None:
        found.append(case)

    draw()
    for case in found:
        is_meant = case.meta.generation.mode is GenerationMode.POSITIVE or not _fits(case, ParameterLocation.BODY)
        if is_meant and not isinstance(case.body, NotSet):
            ours = {TRACE: "trace-of-tests", KEY: "0"}
            yield _with(case, {name: value for name, value in case.headers.items() if name == _AUTHORIZATION} | ours)


def changes(case: AnyCase, header: str) -> bool:
    """Whether it is this header that the case is about."""
    return getattr(case.meta.phase.data, "parameter", None) == header


def _fits(case: AnyCase, location: ParameterLocation) -> bool:
    part = case.meta.components.get(location)
    return part is None or part.mode is GenerationMode.POSITIVE


def _with(case: AnyCase, headers: Any) -> AnyCase:
    return type(case)(
        case.operation,
        case.method,
        case.path,
        headers=headers,
        body=case.body,
        media_type=case.media_type,
        meta=case.meta,
    )
