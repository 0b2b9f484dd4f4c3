"""madoguchi: the counter; it is also its own training, the backend of that training, and can check itself."""

import argparse
import os
import sys
from pathlib import Path

from app.domain.clock import SystemClock, SystemRandom
from app.errors import AppError


def main(words: list[str] | None = None) -> int:
    """Run the program. Each way to run imports its own part only: a counter's start must not wait for the backend."""
    parser = argparse.ArgumentParser(prog="madoguchi", description="Madoguchi: the counter of a ward office")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--settings", type=Path, metavar="FILE", help="open this counter, as enrolled")
    way.add_argument("--training", action="store_true", help="training mode; further words are its own")
    way.add_argument("--self-check", action="store_true", help="paint the sign-in screen, tell as JSON, leave")
    way.add_argument("--backend", action="store_true", help="be the backend; further words are madoguchi-server's")
    parser.add_argument("--no-terminal", action="store_true", help="started from a menu: failures show in a window")
    known = sys.argv[1:] if words is None else words
    if known[:1] == ["--backend"]:
        from app.server.__main__ import main as serve  # noqa: PLC0415

        return serve(known[1:])
    if known[:1] == ["--training"]:
        from app.training.__main__ import main as train  # noqa: PLC0415

        return train(known[1:])
    asked = parser.parse_args(known)
    if asked.self_check:
        from app.client.self_check import self_check  # noqa: PLC0415

        return self_check(SystemClock(), SystemRandom())
    return _open(asked.settings, has_terminal=not asked.no_terminal)


def _open(settings: Path, *, has_terminal: bool) -> int:
    """The counter on this PC's readers; 3 with one sentence when a part is missing."""
    from app.desktop.process import keep_private  # noqa: PLC0415

    keep_private(os.environ)
    from app.client.program import run  # noqa: PLC0415
    from app.ui.messages import load_messages  # noqa: PLC0415

    os.umask(0o077)
    try:
        return run(settings, SystemClock(), SystemRandom())
    except AppError as error:
        if not has_terminal:
            from app.client.refusal import show_refusal  # noqa: PLC0415

            show_refusal(error, SystemClock())
        message = load_messages().of(error)
        print(f"{message.title} {message.why} {message.next} ({message.code})", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
