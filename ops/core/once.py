"""What a page asks again and again is asked once: answers are remembered for the length of a block that only reads."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_held: ContextVar[dict[Hashable, Any] | None] = ContextVar("held", default=None)


@contextmanager
def once() -> Iterator[dict[Hashable, Any]]:
    """Until the block ends every `remembered` answer is kept; nothing may be written in it. Blocks may be nested."""
    outer = _held.get()
    if outer is not None:
        yield outer
        return
    answers: dict[Hashable, Any] = {}
    token = _held.set(answers)
    try:
        yield answers
    finally:
        _held.reset(token)


def remembered(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer under the key; asked, and kept where a block is open."""
    answers = _held.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    found: Answer = answers[key]
    return found


def held(key: Hashable) -> Any:
    """What the block knows already; None where it does not, or where there is none."""
    answers = _held.get()
    return None if answers is None else answers.get(key)
