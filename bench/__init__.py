"""Figures of quality and speed, each with what it was measured on."""
