"""An office that exists for pictures only: it answers the exchange's rooms with invented values, or with one error."""

from app.ui.shots.exchange_sample_ask import AskingSample
from app.ui.shots.exchange_sample_provide import ProvidingSample
from app.ui.shots.exchange_sample_records import RecordsSample
from app.ui.shots.exchange_sample_watch import WatchingSample


class SampleOffice(ProvidingSample, RecordsSample, AskingSample, WatchingSample):
    """Every port at once."""
