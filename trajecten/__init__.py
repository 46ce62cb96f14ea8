"""Instruments, rules of the law, trajecten with their clocks, next steps, log and signals."""
