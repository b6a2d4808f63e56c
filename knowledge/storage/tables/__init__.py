"""The tables, by what they hold; `knowledge.storage.orm` gathers them."""
