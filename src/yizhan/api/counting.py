"""Calls of the API by path and errcode, of which there are never too many to keep."""

from yizhan.api.platform import platform
from yizhan.api.reports import CallReport, OnCall
from yizhan.metrics import series
from yizhan.metrics.meter import OTHER, Meter


def counted(meter: Meter, on_call: OnCall | None, report: CallReport) -> None:
    """Count a call, and tell of it whoever wants to know.

    Paths that are not described are taken together; a call without an answer has the name of
    its error in place of an errcode.
    """
    path = report.path if report.path in platform().endpoints else OTHER
    said = report.errcode == 0 and report.error
    meter.count(series.CALLS, path, report.error.lower() if said else str(report.errcode))
    if on_call is not None:
        on_call(report)
