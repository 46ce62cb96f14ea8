"""Measurements on large invented data sets: `make bench`, or one with BENCH_ARGS=signalen."""
