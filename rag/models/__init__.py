"""The doors to embedding models and chat models."""
