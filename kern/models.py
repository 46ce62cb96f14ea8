"""Bookkeeping of scheduled work."""

from django.db import models


class JobRun(models.Model):
    """One run of a scheduled job for one key (a bestuur, or the whole) on one day."""

    job = models.CharField(max_length=80)
    sleutel = models.CharField(max_length=80, default="", blank=True)
    dag = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    gezien = models.BigIntegerField(default=0)
    gewijzigd = models.BigIntegerField(default=0)
    error = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "sleutel", "dag"], name="jobrun_eenmaal_per_dag")
        ]
        indexes = [models.Index(fields=["job", "-started_at"], name="jobrun_laatste")]

    def __str__(self) -> str:
        return f"{self.job} {self.sleutel} {self.dag}"
