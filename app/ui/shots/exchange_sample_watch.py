"""The sample office's system management and its files: state, statistics, runs, keys, bulk, conversion."""

from datetime import timedelta

from app.ui.shots.exchange_sample import Sample
from app.wire import relay_bulk, relay_office
from app.wire.relay_bulk import LossMark


class WatchingSample(Sample):
    """Answers of who watches, and of files."""

    def _say_operating(self) -> relay_office.OperatingState:
        stop = relay_office.StopRow(
            stop_id="s",
            version=1,
            side="network",
            since=self.at + timedelta(days=1, hours=8),
            until=self.at + timedelta(days=1, hours=12),
            reason="maintenance",
            by=self._person("head"),
        )
        sides = (
            relay_office.SideState(side="network", why="", opens_at=None),
            relay_office.SideState(side="city", why="stop", opens_at=self.at + timedelta(hours=1)),
        )
        waiting = 0 if self.is_empty else 17
        oldest = None if self.is_empty else self.at - timedelta(minutes=38)
        return relay_office.OperatingState(
            sides=sides, stops=self._rows(stop), waiting=waiting, oldest=oldest, given_up=2, bulk=1
        )

    def _say_statistics(self) -> relay_office.Statistics:
        numbers = {"2026-09": (142, 3, 9), "2026-10": (201, 5, 14), "2026-11": (118, 21, 6)}
        rows = tuple(
            relay_office.StatisticsRow(month=month, procedure=self.said("task"), state=state, count=count)
            for month, counts in numbers.items()
            for state, count in zip(("answered", "waiting", "refused"), counts, strict=True)
        )
        return relay_office.Statistics(rows=self._rows(*rows))

    def _say_not_used(self) -> relay_office.NotUsed:
        row = relay_office.NotUsedRow(
            procedure=self.said("task"),
            enquiry="local_tax_claimant",
            paper="tax_certificate",
            taken=48,
            asked=11,
            is_permitted=True,
        )
        return relay_office.NotUsed(rows=self._rows(row))

    def _say_runs(self) -> relay_office.Runs:
        def run(name: str, kind: str, state: str, cause: str = "") -> relay_office.RunRow:
            ended = None if state == "running" else self.at
            return relay_office.RunRow(
                run_id=name,
                kind=kind,
                state=state,
                began_at=self.at - timedelta(hours=1),
                ended_at=ended,
                rows=1_204,
                done=880 if ended is None else 1_204,
                faults=3,
                cause=cause,
            )

        rows = (
            run("20261120-1", "bulk", "running"),
            run("2026-11-19", "expiry", "failed", "store.disk_full"),
            run("20261118-1", "bulk", "done"),
        )
        return relay_office.Runs(rows=self._rows(*rows))

    def _say_keys(self) -> relay_office.KeyStates:
        def key(sender: str, version: int, state: str, days: int | None) -> relay_office.KeyRow:
            until = None if days is None else self.at + timedelta(days=days)
            since = self.at + timedelta(days=3) if state == "planned" else None
            return relay_office.KeyRow(
                sender=sender, version=version, state=state, since=since, until=until, days_left=days
            )

        rows = (
            key("intermediary", 1, "signing", 512),
            key("relay", 2, "planned", 733),
            key("relay", 1, "signing", 5),
            key("master", 41, "signing", 24),
        )
        return relay_office.KeyStates(rows=self._rows(*rows))

    def _say_hand_in(self) -> relay_bulk.BulkTaken:
        losses = self._rows(*self._losses())
        return relay_bulk.BulkTaken(
            batch_id="20261120-1", rows=1_204, rejected=3, lossy=len(losses), losses=losses, proof=""
        )

    def _losses(self) -> tuple[LossMark, ...]:
        return (
            LossMark(row=12, field="name", kind="variation_lost", what="U+9089 U+E0103", became="U+9089"),
            LossMark(row=40, field="birth", kind="unknown_date", what=self.said("unknown_day"), became="1935"),
        )

    def _say_state(self) -> relay_bulk.BulkState:
        return relay_bulk.BulkState(
            batch_id="20261120-1",
            procedure=self.said("task"),
            state="running",
            parts=1,
            rows=1_204,
            counts={"waiting": 310, "asked": 14, "done": 877, "rejected": 3},
            laid_at=self.at - timedelta(hours=1),
            changed_at=self.at,
        )

    def _say_convert(self) -> relay_bulk.Converted:
        return relay_bulk.Converted(
            body=b"x", rows=1_203, faults=self._rows("7:wrong_cells"), lossy=2, losses=self._rows(*self._losses())
        )
