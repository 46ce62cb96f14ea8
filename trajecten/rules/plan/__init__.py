"""The rules of two voices: who answers, what both agreed to, and what changed since."""
