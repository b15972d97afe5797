"""Reads and profiles raw datasets: every table as text, every collection of media, every problem told."""
