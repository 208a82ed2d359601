"""The HTTP face: the web page, the JSON interface, and the one that speaks as OpenAI's does."""
