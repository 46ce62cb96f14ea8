"""Wijk-werken: enrolment, activities and municipal decisions, tasks, hours and cheques."""
