"""Imported by program.py, through `imports`."""
