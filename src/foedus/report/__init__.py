"""Figures for print and screen, from results that others computed."""
