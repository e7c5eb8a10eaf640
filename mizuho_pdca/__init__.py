"""Carry a municipal plan through Plan, Do, Check and Act."""

__version__ = "0.1.0"
