"""Spending: GDP and budgets year by year, who meets the guideline, what is revised, who bears how much."""
