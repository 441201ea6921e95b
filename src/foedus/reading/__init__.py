"""Reading the news: who said what, and is it so, as of the day of the text."""
