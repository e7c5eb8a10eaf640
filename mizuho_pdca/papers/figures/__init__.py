"""Figures of indicators in several papers: how they are judged, their charts, money."""
