"""Migrations, one file a step; `migrate` carries them out in the order of their revisions."""
