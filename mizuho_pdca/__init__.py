"""Carry a municipal plan through Plan, Do, Check and Act."""

__version__ = "1.0.0"
