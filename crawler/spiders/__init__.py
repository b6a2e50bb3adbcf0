"""The spiders of the Scrapy project: all sources, or one kind of them."""
