"""Why spending rose: exact accounting, designs side by side, their placebos, and what cannot be told apart.

Modules are imported by name: there is nothing to import from here.
"""
