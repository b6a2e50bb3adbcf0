"""One Scrapy spider for each kind of source."""
