"""From a filing, a section or a question to the sentences worth saying, each with its evidence."""
