"""madoguchi: the counter; frozen it is also the backend of its own training, and can check itself."""

import argparse
import sys

from app.domain.clock import SystemClock, SystemRandom


def main(words: list[str] | None = None) -> int:
    """Run the program. Each way to run imports its own part only: a counter's start must not wait for the backend."""
    parser = argparse.ArgumentParser(prog="madoguchi", description="Madoguchi: the counter of a ward office")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--self-check", action="store_true", help="paint the sign-in screen, tell as JSON, leave")
    way.add_argument("--backend", action="store_true", help="be the backend; further words are madoguchi-server's")
    asked, rest = parser.parse_known_args(words)
    if asked.backend:
        from app.server.__main__ import main as serve  # noqa: PLC0415

        return serve(rest)
    if rest:
        parser.error(f"not understood: {' '.join(rest)}")
    from app.client.self_check import self_check  # noqa: PLC0415

    return self_check(SystemClock(), SystemRandom())


if __name__ == "__main__":
    sys.exit(main())
