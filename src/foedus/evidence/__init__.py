"""Evidence: figures by edition, their source cards, and the Alliance's institutions."""

from foedus.evidence.ledger import Figures, Ledger

__all__ = ["Figures", "Ledger"]
