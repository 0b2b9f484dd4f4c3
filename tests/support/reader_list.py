"""Tells what the counter's monitor sees, a line of JSON at each change: ``python -m tests.support.reader_list``."""

import json
import sys
from contextlib import closing

from app.card.readers import PcscReaders
from app.domain.clock import SystemClock
from app.services.card_port import ReadersSeen


def main() -> None:
    """Until standard input ends."""

    def say(seen: ReadersSeen) -> None:
        readers = {each.name: each.insertion.epoch if each.insertion else None for each in seen.readers}
        sys.stdout.write(json.dumps({"runs": seen.service_runs, "readers": readers}) + "\n")
        sys.stdout.flush()

    with closing(PcscReaders(SystemClock())) as readers:
        readers.watch(say)
        readers.settle(5)
        say(readers.seen())
        sys.stdin.read()


if __name__ == "__main__":
    main()
