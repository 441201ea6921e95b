"""The model: a written chain of components, each a pure function of this year, last year and shocks."""
