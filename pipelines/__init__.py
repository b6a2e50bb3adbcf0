"""From a page to quotes, matches, clusters and stories: values in, values out."""
