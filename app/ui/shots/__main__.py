"""Writes the pictures: ``python -m app.ui.shots OUTDIR [NAME…]``; needs no screen."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.clock import SystemClock
from app.ui.kit import open_kit
from app.ui.shots.every import every_shot
from app.ui.shots.resident import translated
from app.ui.shots.stage import Shot, open_stage, put_away, settle


def main(arguments: Sequence[str]) -> int:
    """0 when every picture is written, 2 for wrong use."""
    if len(arguments) < 2:  # noqa: PLR2004
        sys.stderr.write("usage: python -m app.ui.shots OUTDIR [NAME...]\n")
        return 2
    application = QApplication(["shots", "-platform", "offscreen"])
    stage = open_stage(open_kit(application, SystemClock()), application)
    folder = Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = arguments[2:]
    for shot in (*every_shot(stage), *translated(stage)):
        if not wanted or any(shot.name.startswith(name) for name in wanted):
            take(application, shot, folder / f"{shot.name}.png")
    return 0


def take(application: QApplication, shot: Shot, file: Path) -> None:
    """Build, show, picture, and put away."""
    widget = shot.build()
    settle(application, widget)
    if not widget.grab().save(str(file)):
        raise OSError(f"can't write {file.name}")
    put_away(application, widget)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
