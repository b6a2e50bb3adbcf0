"""What to fetch, politely: spiders, schedule, robots.txt, feeds and sitemaps."""
