"""A second reader: a language model behind any endpoint that speaks OpenAI's protocol."""
