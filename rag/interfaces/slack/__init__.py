"""The Slack bot: listens, asks the assistant, replies in the thread."""
