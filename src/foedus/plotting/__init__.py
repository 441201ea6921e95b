"""Charts: one look, finished charts, panels and rows; the only home of Altair."""
