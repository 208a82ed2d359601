"""The pages of a filing as people look at them: picture, lines to select, places to paint, words to find."""
