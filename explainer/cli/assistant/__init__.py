"""The engine as tools for a person's own assistant. Only `server` knows the protocol; nothing is logged, nothing is kept."""
