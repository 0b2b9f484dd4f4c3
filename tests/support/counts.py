"""What each visit cost, as a table at the end of the run: its keys, and how long the program let the clerk wait."""

import pytest

KEYS, TOLD, WAITED = "keys", "told", "waited_s"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each test that counted keys, whichever process ran it."""
    lines = []
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            told = dict(report.user_properties)
            if KEYS in told and getattr(report, "when", "") == "call":
                name = str(report.nodeid).rpartition("::")[2].encode().decode("unicode_escape")
                waited = f"{told[WAITED]:6.1f} s" if WAITED in told else " " * 8
                more = f" + {told[TOLD]:3}" if told.get(TOLD) else " " * 6
                lines.append(f"{told[KEYS]:5}{more} {waited}  {name}")
    if lines:
        terminalreporter.section(
            "keys of each visit (+ what only the resident knows), how long the program was waited for"
        )
        for line in sorted(lines, key=lambda one: one[20:]):
            terminalreporter.write_line(line)
